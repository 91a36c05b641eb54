/** Journey 8: a link to the model, and what becomes of links that broke on the way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { curvesOf } from '../../src/analysis/metrics/curves';
import { writeModelFile } from '../../src/model/model-file';
import { wordSettings } from '../../src/model/word-settings';
import { encodeLink } from '../../src/testing/first-link';
import { sampleModel } from '../../src/testing/sample-model';
import { TestBrowser } from './harness';
import {
  bandsOfWords,
  currentEq,
  downloadModel,
  openDrawer,
  openSample,
  openTrained,
  setSetting,
  train,
  widenModel,
} from './person';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.open();
});
afterAll(async () => {
  await browser.close();
});

describe('a share link', () => {
  it('brings the words to a stranger, who trains nothing and loses nothing by it', async () => {
    const visit = await openTrained(browser);
    const shared = await downloadModel(visit);
    await openDrawer(visit, 'model');
    await visit.click('aria/Copy a link to this model[role="button"]');
    await visit.sees('Link copied');
    await visit.sees('No curve of its');
    await visit.screenshot('link-copied');
    const { hash } = new URL(await visit.clipboard());
    expect(hash.length).toBeLessThan(120_000);
    await visit.end();

    const stranger = await browser.visit({}, hash);
    await stranger.sees('came by a link; what is kept here stays as it is');
    const name = shared.document.run?.name ?? '';
    await expect.poll(() => stranger.page.title()).toBe(`${name}, in Warmbright`);
    await stranger.sees('of made-up people it has not seen');
    await stranger.sees('Measured before its weights were rounded for the link.');
    // A link brings no points to draw around.
    await stranger.find('wb-app >>> wb-map-tools >>> input[type="search"]');
    expect(await stranger.texts('wb-app >>> wb-map-tools >>> [data-tool]')).toEqual([]);
    await stranger.screenshot('link-opened');
    const received = await downloadModel(stranger);
    expect(received.map?.labels).toHaveLength(0);
    const own = wordSettings(shared);
    const brought = wordSettings(received);
    expect(brought.map((word) => word.name)).toEqual(own.map((word) => word.name));
    const [before, after] = [own, brought].map((words) =>
      curvesOf(words.map(({ setting }) => setting)),
    );
    before?.forEach((db, i) => {
      expect(Math.abs(db - (after?.[i] ?? NaN))).toBeLessThan(0.1);
    });

    await openDrawer(stranger, 'model');
    await stranger.click('aria/Keep it among my runs[role="button"]');
    await stranger.sees('The model is kept now');
    // Of two that are kept, each stays what it was.
    await stranger.click('aria/Keep it and compare it with my newest run[role="button"]');
    await stranger.sees('2 runs side by side');
    await openDrawer(stranger, 'model');
    await stranger.click('aria/Train by its recipe[role="button"]');
    await stranger.find('wb-app >>> main[data-view="train"]');
    await stranger.end();
  });

  it('of the first format still brings words, settings and map', async () => {
    const visit = await openTrained(browser);
    const shared = await downloadModel(visit);
    const bands = await bandsOfWords(visit);
    await visit.end();
    const hash = `#${await encodeLink(writeModelFile(shared))}`;

    const stranger = await browser.visit({}, hash);
    await openDrawer(stranger, 'model');
    await stranger.sees('20 epochs on');
    const received = await downloadModel(stranger);
    expect(received).toEqual(shared);
    expect(received.map?.points.length).toBeGreaterThan(1000);
    expect(await bandsOfWords(stranger)).toEqual(bands);
    await stranger.end();
  });

  it('to an EQ is short, and brings it to a stranger with the ready-made model behind it', async () => {
    const visit = await openTrained(browser);
    const sent = await currentEq(visit);
    await openDrawer(visit, 'presets');
    await visit.click('aria/Copy a link to this EQ[role="button"]');
    await visit.sees('characters that hold this EQ');
    const link = await visit.clipboard();
    expect(link.length).toBeLessThan(200);
    await visit.end();

    const stranger = await browser.visit({}, new URL(link).hash);
    await stranger.sees('Ready-made model');
    const received = await currentEq(stranger);
    expect(received.name).toBe(sent.name);
    received.setting.forEach((value, i) => {
      const before = sent.setting[i] ?? NaN;
      expect(Math.abs(value - before)).toBeLessThan(0.002 + 0.01 * Math.abs(before));
    });
    await stranger.click('aria/Play[role="button"]');
    await stranger.sees('Pause');
    await stranger.end();
  });

  it('says so when it broke on the way', async () => {
    const hash = `#${await encodeLink(writeModelFile(sampleModel()))}`;
    const middle = Math.floor(hash.length / 2);
    const changed = hash[middle] === 'A' ? 'B' : 'A';
    for (const [broken, sentence] of [
      [hash.slice(0, -100), 'This link was cut short on the way'],
      [hash.slice(0, middle) + changed + hash.slice(middle + 1), 'This link is damaged'],
      [hash.replace('#warmbright1.', '#warmbright9.'), 'a later version of Warmbright'],
      ['#something-else', 'This is not a Warmbright link.'],
    ] as const) {
      const unlucky = await browser.visit({ width: 390, height: 844 }, broken);
      await unlucky.sees(sentence);
      await unlucky.find('wb-app >>> [data-figure="current"]');
      await unlucky.end();
    }
  });

  it('is refused with a sentence when the model is too large for one', async () => {
    const visit = await openSample(browser);
    await widenModel(visit, '256, 512');
    await setSetting(visit, 'Epochs', '1');
    await train(visit);
    await openDrawer(visit, 'model');
    await visit.click('aria/Copy a link to this model[role="button"]');
    await visit.sees('This model is too large for a link');
    await visit.end();
  });

  it('can be copied by hand where the clipboard is closed', async () => {
    const visit = await openTrained(browser);
    await visit.page.evaluate(() => {
      navigator.clipboard.write = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await openDrawer(visit, 'model');
    await visit.click('aria/Copy a link to this model[role="button"]');
    await visit.sees('The browser did not let the page use the clipboard');
    await expect
      .poll(() => visit.page.$eval('wb-app >>> wb-link-dialog >>> textarea', (area) => area.value))
      .toMatch(/^http:.*#warmbright2\./);
    await visit.screenshot('link-by-hand');
    await visit.end();
  });
});
