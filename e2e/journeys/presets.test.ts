/** A setting taken along as every kind of preset, and presets brought, good and bad. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { impulseResponse } from '../../src/audio/impulse-response';
import { blobBytes, openWav } from '../../src/audio/wav-reader';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { writeModelFile } from '../../src/model/model-file';
import { PRESET_FORMATS } from '../../src/presets/formats';
import { importPreset } from '../../src/presets/import-preset';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type View, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { currentEq, openDrawer, openModel, PAGE, shownEq } from './person';
import { sharedVisit } from './shared-visit';

const { write: file } = temporaryFolder();
const model = file('model.safetensors', writeModelFile(sampleModel()));

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

const FREQUENCIES = logFrequencies(60);
const EXPORT = 'wb-app >>> wb-preset-export';
const IMPORT = 'wb-app >>> wb-preset-import';

/** A visit with the setting of a word as the current EQ. */
async function withWord(view: Partial<View> = {}): Promise<Visit> {
  const visit = await openModel(browser, model, view);
  await openDrawer(visit, 'presets');
  await visit.find(`${EXPORT} >>> textarea`);
  return visit;
}

/** The same, for those whom another setting than the word’s serves as well. */
const sharedWithWord = sharedVisit(() => withWord());

function shownText(visit: Visit): Promise<string> {
  return visit.page.$eval(`${EXPORT} >>> textarea`, ({ value }) => value);
}

/** A figure of the panel, as text. */
function figure(visit: Visit, name: string): Promise<string> {
  return visit.text(`wb-app >>> [data-figure="${name}"]`);
}

describe('taking a setting along', () => {
  it('shows, copies and saves it in every format, and says how near it comes', async () => {
    const visit = await withWord();
    const { setting } = await currentEq(visit);
    for (const { key, title } of PRESET_FORMATS) {
      await visit.click('aria/Format[role="combobox"]');
      await visit.click(`${EXPORT} >>> wa-select wa-option[value="${key}"]`);
      await expect.poll(async () => importPreset(await shownText(visit)).format.key).toBe(key);
      const text = await shownText(visit);
      // The preset's bells are in the order of their frequencies, the model's need not be.
      const back = responseDb(importPreset(text).setting, FREQUENCIES);
      responseDb(setting, FREQUENCIES).forEach((db, i) => {
        expect(Math.abs(db - (back[i] ?? Number.NaN)), title).toBeLessThan(0.05);
      });
      expect(Number(await figure(visit, 'deviation'))).toBeLessThanOrEqual(0.05);
      await visit.click(`${EXPORT} >>> wa-button[data-action="copy-preset"]`);
      await visit.sees('Copied.');
      await expect.poll(() => visit.clipboard()).toBe(text);
      const saved = await visit.download(`${EXPORT} >>> wa-button[data-action="download-preset"]`);
      expect(readFileSync(saved, 'utf8')).toBe(text);
      expect(basename(saved)).toMatch(/\.(txt|json|yml)$/);
    }
    await visit.end();
  });

  it('is an impulse response of the same curve, too', async () => {
    const visit = await sharedWithWord();
    const { setting } = await currentEq(visit);
    const select = await visit.find('wb-app >>> wb-impulse-response >>> select');
    await select.select('44100');
    const path = await visit.download(
      'wb-app >>> wb-impulse-response >>> [data-action="impulse-response"]',
    );
    expect(basename(path)).toMatch(/-impulse-44100\.wav$/);
    const wav = await openWav(blobBytes(new Blob([readFileSync(path)])));
    expect([wav.sampleRateHz, wav.channels]).toEqual([44_100, 1]);
    const samples: number[] = [];
    for await (const [piece = []] of wav.pieces()) samples.push(...piece);
    const expected = impulseResponse(setting, 44_100);
    expect(samples).toHaveLength(expected.length);
    // The preset's text, of which the setting was read, is rounded.
    samples.forEach((sample, i) => {
      expect(Math.abs(sample - (expected[i] ?? NaN))).toBeLessThan(1e-3);
    });
    await visit.end();
  });

  it('lowers the level against clipping, unless that is not wanted', async () => {
    const visit = await withWord();
    expect(await shownText(visit)).toMatch(/^Preamp: (-\d|0\.0)/m);
    await visit.drop(
      'wb-app >>> wb-presets',
      file('loud.txt', 'Filter: ON PK Fc 1000 Hz Gain 7 dB Q 1'),
    );
    await expect.poll(() => shownText(visit)).toContain('Preamp: -7.0 dB');
    await visit.click('aria/Lower the level so that nothing clips');
    await expect.poll(() => shownText(visit)).toContain('Preamp: 0.0 dB');
    await visit.end();
  });

  it('selects the text where the clipboard is closed', async () => {
    const visit = await withWord();
    await visit.page.evaluate(() => {
      navigator.clipboard.write = () => Promise.reject(new Error('closed'));
    });
    await visit.click(`${EXPORT} >>> wa-button[data-action="copy-preset"]`);
    await visit.sees('The text is selected: copy it.');
    const selected = await visit.page.$eval(`${EXPORT} >>> textarea`, (area) =>
      area.value.slice(area.selectionStart, area.selectionEnd),
    );
    expect(selected).toBe(await shownText(visit));
    await visit.end();
  });
});

describe('bringing a preset', () => {
  it('takes what five bands hold from a file', async () => {
    const visit = await browser.visit({}, '#explore');
    await visit.sees('Ready-made model');
    await openDrawer(visit, 'presets');
    await visit.drop(
      'wb-app >>> wb-presets',
      file('Club.txt', 'Preamp: -3 dB\nFilter: ON PK Fc 300 Hz Gain 3 dB Q 1.5\nFilter: OFF None'),
    );
    await visit.sees('five bands hold it as it is');
    await visit.sees('Its preamp of −3 dB is left aside.');
    expect(await figure(visit, 'residual-max')).toBe('0.000');
    const club = await currentEq(visit);
    expect(club.name).toBe('Club');
    expect(club.setting.slice(2, 5)).toEqual([3, 300, 1.5]);
    await visit.end();
  });

  it('takes one that is dropped anywhere on the page', async () => {
    const visit = await browser.visit();
    await visit.drop(PAGE, file('Bass.txt', 'Filter: ON PK Fc 300 Hz Gain 4 dB Q 1'));
    await visit.sees('five bands hold it as it is');
    expect((await currentEq(visit)).name).toBe('Bass');
    await visit.end();
  });

  it('fits what they cannot hold, pasted or chosen, and shows how far off it is', async () => {
    const visit = await sharedWithWord();
    await visit.click(`${IMPORT} >>> summary`);
    const steep = 'Filter: ON LSC Fc 100 Hz Gain 6 dB Q 0.4';
    await visit.page.evaluate((text) => navigator.clipboard.writeText(text), steep);
    await visit.page.focus(`${IMPORT} >>> textarea`);
    await visit.page.keyboard.down('Control');
    await visit.page.keyboard.press('KeyV');
    await visit.page.keyboard.up('Control');
    await visit.sees('fitted with five bands');
    expect(Number(await figure(visit, 'residual-max'))).toBeGreaterThan(0);
    expect(Number(await figure(visit, 'residual-max'))).toBeLessThan(0.5);
    await expect.poll(async () => (await shownEq(visit))?.name).toBe('Pasted preset');
    const yaml =
      'title: Peak\nfilters:\n  a: {type: Biquad, parameters: {type: Peaking, freq: 900, gain: 2, q: 3}}\n';
    await visit.choose(
      `${IMPORT} >>> wa-button[data-action="choose-preset"]`,
      file('peak.yml', yaml),
    );
    await expect.poll(async () => (await shownEq(visit))?.name).toBe('Peak');
    await visit.end();
  });

  it('says with one sentence, and the line, what it cannot read', async () => {
    const visit = await sharedWithWord();
    const before = await shownEq(visit);
    await visit.drop(
      'wb-app >>> wb-presets',
      file('bad.txt', 'Preamp: -3 dB\nFilter: ON PK Gain 3 dB Q 1.5'),
    );
    await visit.sees('bad: Line 2: the filter has no frequency, as in "Fc 1000 Hz".');
    expect(await shownEq(visit)).toEqual(before);
    await visit.drop('wb-app >>> wb-presets', file('notes.txt', 'Buy milk'));
    await visit.sees('notes: Line 1: this begins as none of the presets');
    await visit.end();
  });
});

describe('the panel', () => {
  it('has nothing axe objects to, and fits a phone', async () => {
    const visit = await withWord();
    await visit.click(`${IMPORT} >>> summary`);
    await visit.drop('wb-app >>> wb-presets', file('bad.txt', 'nothing'));
    await visit.sees('this begins as none of the presets');
    await expectGoodLooks(visit, 'presets-bad');
    await visit.drop(
      'wb-app >>> wb-presets',
      file('wide.txt', 'Include: a.txt\nFilter: ON LSC Fc 100 Hz Gain 6 dB Q 0.4'),
    );
    await visit.sees('fitted with five bands');
    await expectGoodLooks(visit, 'presets');
    await visit.end();
  });
});
