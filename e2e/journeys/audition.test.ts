/** Hearing it: material of one's own and built-in, loop, slots, matched loudness, clipping. */
import { statSync, truncateSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { wavHeader } from '../../src/audio/wav-writer';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { openDrawer, openTrained } from './person';
import { sharedVisit } from './shared-visit';

const RATE_HZ = 44_100;
const SECONDS = 4;

const folder = temporaryFolder();
/** Two tones, as loud at their peaks as is said, 1 being full scale. */
function toneFile(name: string, peak: number, sampleRateHz = RATE_HZ): string {
  const frames = SECONDS * sampleRateHz;
  const samples = Float32Array.from({ length: 2 * frames }, (_, i) => {
    const t = Math.floor(i / 2) / sampleRateHz;
    return (peak / 2) * (Math.sin(2 * Math.PI * 220 * t) + Math.sin(2 * Math.PI * 3300 * t));
  });
  const header = wavHeader({ sampleRateHz, channels: 2, format: '32-float' }, frames);
  return folder.write(name, Buffer.concat([header, new Uint8Array(samples.buffer)]));
}

let browser: TestBrowser;
let song: string;
let hot: string;
let coarse: string;
let broken: string;
let endless: string;
beforeAll(async () => {
  browser = await TestBrowser.open();
  song = toneFile('song.wav', 0.4);
  hot = toneFile('hot.wav', 1.4);
  coarse = toneFile('coarse.wav', 0.4, 32_000);
  const hours = { format: '16', sampleRateHz: RATE_HZ, channels: 2 } as const;
  endless = folder.write('endless.wav', wavHeader(hours, 4 * 3600 * RATE_HZ));
  // A hole in the file: it takes no room on the disk.
  truncateSync(endless, 44 + 4 * 4 * 3600 * RATE_HZ);
  broken = folder.write('broken.wav', 'no sound at all');
});
afterAll(() => browser.close());

const BENCH = 'wb-app >>> wb-bench';
const PANEL = `${BENCH} >>> wb-audition`;
const SOUND = `${BENCH} >>> wb-sound`;
const LU = /^[−+]\d+\.\d LU$/;
const SLOTS = `${PANEL} >>> wb-slots >>> [role="radio"]`;

async function useLoop(visit: Visit): Promise<void> {
  await openDrawer(visit, 'sound');
  await visit.click('aria/Drums, bass and chords[role="button"]');
  await visit.sees('9.6 s');
}

/** Waits until the file can be played: its name is shown while it is being read, too. */
async function ready(visit: Visit, name: string): Promise<void> {
  await expect.poll(() => visit.text(`${SOUND} >>> wb-source >>> .name`)).toBe(name);
}

/** Whether it plays, as the button says. */
async function playing(visit: Visit): Promise<boolean> {
  return (await visit.text(`${PANEL} >>> .transport .primary`)) === 'Pause';
}

/** What is heard, as the drawing of its spectrum says. */
async function heard(visit: Visit): Promise<string | undefined> {
  const label = await visit.attribute(
    `${BENCH} >>> wb-equaliser >>> wb-live-spectrum >>> canvas`,
    'aria-label',
  );
  return /a line after (.*)$/.exec(label)?.[1];
}

/** The peak of what is heard in dB of full scale, as the meter says. */
async function peakDb(visit: Visit): Promise<number> {
  const text = await visit.text(`${PANEL} >>> wb-peak-meter >>> p span`);
  return text === 'Peak: none'
    ? -Infinity
    : Number(/\S+(?= dBFS)/.exec(text)?.[0].replace('−', '-'));
}

/** Where the line is that moves over the waveform, as a share of its width. */
function positionShown(visit: Visit): Promise<number> {
  return visit.page.$eval(`${SOUND} >>> wb-waveform >>> canvas`, (canvas) => {
    // Nothing but the line reaches to the top.
    const top = canvas.getContext('2d')?.getImageData(0, 1, canvas.width, 1).data ?? [];
    const columns = Array.from({ length: canvas.width }, (_, x) => top[4 * x + 3] ?? 0);
    return (columns.indexOf(Math.max(...columns)) + 0.5) / canvas.width;
  });
}

/** Where a marker of the loop is, in seconds. */
async function markerS(visit: Visit, label: string): Promise<number> {
  const marker = `${SOUND} >>> wb-waveform >>> [aria-label="${label}"]`;
  return Number(await visit.attribute(marker, 'aria-valuenow'));
}

function gains(visit: Visit): Promise<string[]> {
  return visit.page.$$eval(`${SLOTS} .gain`, (all) => all.map((gain) => gain.textContent));
}

async function pressIn(visit: Visit, key: string): Promise<void> {
  await visit.page.focus(`${PANEL} >>> .player`);
  await visit.page.keyboard.press(key as 'a');
}

const sharedTrained = sharedVisit(() => openTrained(browser));

describe('the audition', () => {
  it('says that there is no sound output, until there is one', async () => {
    const visit = await openTrained(browser);
    // As Firefox waits where the computer has none.
    await visit.page.evaluate(() => {
      globalThis.AudioContext = class extends AudioContext {
        override async resume(): Promise<void> {
          await new Promise((come) => {
            addEventListener('output-comes', come, { once: true });
          });
          await super.resume();
        }
      };
    });
    await pressIn(visit, 'Space');
    await visit.sees('The browser gives the page no sound output');
    expect(await playing(visit)).toBe(true);
    await visit.page.evaluate(() => dispatchEvent(new Event('output-comes')));
    await visit.gone(`${PANEL} >>> [role="alert"]`);
    await expect.poll(() => peakDb(visit)).toBeGreaterThan(-26);
    await visit.end();
  });

  it('plays the built-in loop, and pauses, by the space bar', async () => {
    const visit = await sharedTrained();
    await useLoop(visit);
    await pressIn(visit, 'Space');
    await expect.poll(() => peakDb(visit)).toBeGreaterThan(-26);
    expect(await playing(visit)).toBe(true);
    const position = await positionShown(visit);
    await expect.poll(() => positionShown(visit)).not.toBe(position);
    await pressIn(visit, 'Space');
    await expect.poll(() => playing(visit)).toBe(false);
    await visit.end();
  });

  it('takes a file from the picker, and one that is dropped, at their own rate', async () => {
    const visit = await browser.visit({}, '#explore');
    await openDrawer(visit, 'sound');
    await visit.choose('aria/Choose audio[role="button"]', song);
    await visit.sees('44.1 kHz · stereo');
    await ready(visit, 'song.wav');
    await visit.drop(PANEL, hot);
    await ready(visit, 'hot.wav');
    // What was there stays when a file cannot be used.
    await visit.drop(PANEL, broken);
    await visit.sees('broken.wav holds no audio that this browser can decode.');
    await ready(visit, 'hot.wav');
    await visit.drop(PANEL, endless);
    await visit.sees('endless.wav lasts 4 h 0 min, which is more than the page can hold');
    await ready(visit, 'hot.wav');
    // At 32 kHz there would be no room for the highest band.
    await visit.drop(PANEL, coarse);
    await visit.sees('4.0 s · 48 kHz · stereo, resampled from 32 kHz');
    await visit.end();
  });

  it('sends nothing anywhere, whatever is listened to', async () => {
    const visit = await openTrained(browser);
    const sent: string[] = [];
    visit.page.on('request', (request) => {
      if (request.method() !== 'GET' || request.hasPostData()) sent.push(request.url());
      if (!request.url().startsWith(inject('siteUrl'))) sent.push(request.url());
    });
    await openDrawer(visit, 'sound');
    await visit.choose('aria/Choose audio[role="button"]', song);
    await ready(visit, 'song.wav');
    await visit.click('aria/Play[role="button"]');
    await expect.poll(async () => (await gains(visit))[1]).toMatch(LU);
    await openDrawer(visit, 'presets');
    const file = await visit.download(`${BENCH} >>> wb-render >>> wa-button`);
    // The header, and 24 bits of both channels.
    expect(statSync(file).size).toBeGreaterThanOrEqual(44 + 6 * SECONDS * RATE_HZ);
    expect(sent).toEqual([]);
    await visit.end();
  });

  it('switches between bypass, A, B and C by keys, each at the loudness of the bypass', async () => {
    const visit = await sharedTrained();
    await useLoop(visit);
    const shown = async (): Promise<number> =>
      (await gains(visit)).filter((gain) => LU.test(gain)).length;
    await expect.poll(shown).toBe(3);
    expect((await gains(visit))[0]).toBe('0.0 LU');
    const names = await visit.page.$$eval(`${SLOTS} .name`, (all) =>
      all.map((name) => name.textContent.trim()),
    );
    expect(names.slice(0, 2)).toEqual(['Bypass', 'warm']);
    for (const [key, slot] of [
      ['b', 2],
      ['0', 0],
      ['c', 3],
      ['1', 1],
      ['3', 3],
    ] as const) {
      await pressIn(visit, key);
      await expect.poll(() => heard(visit)).toBe(slot === 0 ? 'the bypass' : names[slot]);
      await visit.find(`${SLOTS}[aria-checked="true"]`);
    }
    // Given the word that is the current EQ, a slot is as loud as it.
    const source = await visit.find(`${PANEL} >>> wb-slots >>> select[aria-label="What C plays"]`);
    await source.select('word warm');
    await expect.poll(() => heard(visit)).toBe('warm');
    await expect.poll(async () => (await gains(visit))[3]).toBe((await gains(visit))[1]);
    await visit.click('aria/Match loudness');
    await expect.poll(() => gains(visit)).toEqual(['', '', '', '']);
    await visit.end();
  });

  it('warns in words of what passes full scale', async () => {
    const visit = await browser.visit({}, '#explore');
    await openDrawer(visit, 'sound');
    await visit.choose('aria/Choose audio[role="button"]', hot);
    await ready(visit, 'hot.wav');
    await visit.sees('dB lower together so that none clips');
    await pressIn(visit, '0');
    await visit.click('aria/Play[role="button"]');
    await expect.poll(() => peakDb(visit)).toBeGreaterThan(-6);
    expect(await peakDb(visit)).toBeLessThanOrEqual(0);
    await visit.click('aria/Match loudness');
    await visit.sees('Clipping: 2.9 dB over full scale');
    await visit.end();
  });

  it('loops between markers that keys move', async () => {
    const visit = await browser.visit({}, '#explore');
    await openDrawer(visit, 'sound');
    await visit.choose('aria/Choose audio[role="button"]', song);
    await ready(visit, 'song.wav');
    const marker = async (label: string, keys: readonly ('PageUp' | 'ArrowLeft' | 'Home')[]) => {
      const handle = await visit.find(`aria/${label}[role="slider"]`);
      await handle.focus();
      for (const key of keys) await visit.page.keyboard.press(key);
      await visit.drawn();
    };
    await marker('Loop start', ['PageUp', 'PageUp']);
    await marker('Loop end', ['Home', 'PageUp', 'ArrowLeft']);
    const startS = await markerS(visit, 'Loop start');
    const endS = await markerS(visit, 'Loop end');
    expect(startS).toBeCloseTo(0.4, 6);
    // The end goes no nearer than a tenth of a second.
    expect(endS).toBeCloseTo(0.5 + 0.2 - 0.02, 6);
    await visit.click('aria/Play[role="button"]');
    const shares: number[] = [];
    const rounds = async (): Promise<number> => {
      shares.push(await positionShown(visit));
      return shares.filter((share, i) => share < (shares[i - 1] ?? 0)).length;
    };
    await expect.poll(rounds).toBe(2);
    // The line is drawn to the pixel, of which there are some hundreds.
    expect(Math.min(...shares)).toBeGreaterThan(startS / SECONDS - 0.01);
    expect(Math.max(...shares)).toBeLessThan(endS / SECONDS + 0.01);
    await visit.click('aria/Loop the whole[role="button"]');
    await expect.poll(() => markerS(visit, 'Loop end')).toBeCloseTo(SECONDS, 6);
    await visit.end();
  });

  it('can be used by everybody and fits a phone', async () => {
    const visit = await openTrained(browser);
    await expectGoodLooks(visit, 'audition-silent');
    await useLoop(visit);
    await visit.click('aria/Play[role="button"]');
    await expect.poll(async () => (await gains(visit))[3]).toMatch(/LU/);
    await expect.poll(() => peakDb(visit)).toBeGreaterThan(-26);
    await expectGoodLooks(visit, 'audition');
    await visit.end();
  });
});
