/** Hearing it: material of one's own and built-in, loop, slots, matched loudness, clipping. */
import { statSync, truncateSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { wavHeader } from '../../src/audio/wav-writer';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type View, type Visit } from './harness';
import { looksWell } from './looks';
import { openSample, setSetting, train } from './person';

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
  browser = await TestBrowser.launch();
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
const LU = /^[−+]\d+\.\d LU$/;
const SLOTS = `${PANEL} >>> wb-slots >>> [role="radio"]`;

/** A visit with a model of the sample's words, the first of which is in hand. */
async function visitWithWords(view: Partial<View> = {}): Promise<Visit> {
  const visit = await openSample(browser, view);
  await setSetting(visit, 'Epochs', '3');
  await train(visit);
  return visit;
}

async function useLoop(visit: Visit): Promise<void> {
  await visit.click('aria/Drums and chords[role="button"]');
  await visit.sees('9.6 s');
}

interface Heard {
  readonly playing: boolean;
  readonly name: string | null;
  readonly positionS: number;
  readonly startS: number;
  readonly endS: number;
  readonly peak: number;
}

/** What the player plays, and the largest sample of the last tenth of a second or so. */
function heard(visit: Visit): Promise<Heard> {
  return visit.page.$eval(PANEL, ({ player }) => {
    if (player === null) throw new Error('There is no player.');
    const [left] = player.taps?.channels ?? [];
    const samples = new Float32Array(left?.fftSize ?? 0);
    left?.getFloatTimeDomainData(samples);
    return {
      playing: player.playing,
      name: player.choice?.name ?? null,
      positionS: player.positionS,
      ...player.region,
      peak: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
    };
  });
}

function gains(visit: Visit): Promise<string[]> {
  return visit.page.$$eval(`${SLOTS} .gain`, (all) => all.map((gain) => gain.textContent));
}

async function pressIn(visit: Visit, key: string): Promise<void> {
  await visit.page.$eval(PANEL, (panel) => {
    panel.focus();
  });
  await visit.page.keyboard.press(key as 'a');
}

describe('the audition', () => {
  it('plays the built-in loop, and pauses, by the space bar', async () => {
    const visit = await visitWithWords();
    await useLoop(visit);
    await pressIn(visit, 'Space');
    await expect
      .poll(async () => (await heard(visit)).peak, { timeout: 10_000 })
      .toBeGreaterThan(0.05);
    const { playing, positionS } = await heard(visit);
    expect(playing).toBe(true);
    await expect.poll(async () => (await heard(visit)).positionS).not.toBe(positionS);
    await pressIn(visit, 'Space');
    expect((await heard(visit)).playing).toBe(false);
    await visit.end();
  });

  it('takes a file from the picker, and one that is dropped, at their own rate', async () => {
    const visit = await browser.visit();
    await visit.choose('aria/Choose audio[role="button"]', song);
    await visit.sees('44.1 kHz · stereo');
    await visit.sees('song.wav');
    await visit.drop(PANEL, hot);
    await visit.sees('hot.wav');
    // What was there stays when a file cannot be used.
    await visit.drop(PANEL, broken);
    await visit.sees('broken.wav holds no audio that this browser can decode.');
    await visit.sees('hot.wav');
    await visit.drop(PANEL, endless);
    await visit.sees('endless.wav lasts 4 h 0 min, which is more than the page can hold');
    await visit.sees('hot.wav');
    // At 32 kHz there would be no room for the highest band.
    await visit.drop(PANEL, coarse);
    await visit.sees('4.0 s · 48 kHz · stereo, resampled from 32 kHz');
    await visit.end();
  });

  it('sends nothing anywhere, whatever is listened to', async () => {
    const visit = await visitWithWords();
    const sent: string[] = [];
    visit.page.on('request', (request) => {
      if (request.method() !== 'GET' || request.hasPostData()) sent.push(request.url());
      if (!request.url().startsWith(inject('siteUrl'))) sent.push(request.url());
    });
    await visit.choose('aria/Choose audio[role="button"]', song);
    await visit.sees('song.wav');
    await visit.click('aria/Play[role="button"]');
    await expect.poll(async () => (await gains(visit))[1], { timeout: 20_000 }).toMatch(LU);
    const file = await visit.download(`${PANEL} >>> wb-render >>> wa-button`);
    // The header, and 24 bits of both channels.
    expect(statSync(file).size).toBeGreaterThanOrEqual(44 + 6 * SECONDS * RATE_HZ);
    expect(sent).toEqual([]);
    await visit.end();
  });

  it('switches between bypass, A, B and C by keys, each at the loudness of the bypass', async () => {
    const visit = await visitWithWords();
    await useLoop(visit);
    const shown = async (): Promise<number> =>
      (await gains(visit)).filter((gain) => LU.test(gain)).length;
    await expect.poll(shown, { timeout: 20_000 }).toBe(3);
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
      await expect
        .poll(async () => (await heard(visit)).name)
        .toBe(slot === 0 ? null : names[slot]);
      await visit.page.waitForSelector(`${SLOTS}[aria-checked="true"]`);
    }
    // Given the word that is in hand, a slot is as loud as the hand.
    await visit.page.$eval(
      `${PANEL} >>> wb-slots >>> select[aria-label="What C plays"]`,
      (select) => {
        select.value = 'word warm';
        select.dispatchEvent(new Event('change'));
      },
    );
    await expect.poll(async () => (await heard(visit)).name).toBe('warm');
    await expect.poll(async () => (await gains(visit))[3]).toBe((await gains(visit))[1]);
    await visit.click('aria/Match loudness');
    await expect.poll(() => gains(visit)).toEqual(['', '', '', '']);
    await visit.end();
  });

  it('warns in words of what passes full scale', async () => {
    const visit = await browser.visit();
    await visit.choose('aria/Choose audio[role="button"]', hot);
    await visit.sees('hot.wav');
    await visit.sees('dB lower together so that none clips');
    await pressIn(visit, '0');
    await visit.click('aria/Play[role="button"]');
    await expect
      .poll(async () => (await heard(visit)).peak, { timeout: 10_000 })
      .toBeGreaterThan(0.5);
    expect((await heard(visit)).peak).toBeLessThanOrEqual(1);
    await visit.click('aria/Match loudness');
    await visit.sees('Clipping: 2.9 dB over full scale', 10_000);
    await visit.end();
  });

  it('loops between markers that keys move', async () => {
    const visit = await visitWithWords();
    await useLoop(visit);
    const marker = async (label: string, keys: readonly ('PageUp' | 'ArrowLeft' | 'Home')[]) => {
      const handle = await visit.page.waitForSelector(`aria/${label}[role="slider"]`);
      await handle?.focus();
      for (const key of keys) await visit.page.keyboard.press(key);
    };
    await marker('Loop start', ['PageUp', 'PageUp']);
    await marker('Loop end', ['Home', 'PageUp', 'ArrowLeft']);
    // The end goes no nearer than a tenth of a second.
    const { startS, endS } = await heard(visit);
    expect(startS).toBeCloseTo(0.96, 6);
    expect(endS).toBeCloseTo(1.06 + 0.48 - 0.048, 6);
    await visit.click('aria/Play[role="button"]');
    for (let look = 0; look < 20; look++) {
      const { positionS } = await heard(visit);
      expect(positionS).toBeGreaterThanOrEqual(startS);
      expect(positionS).toBeLessThanOrEqual(endS);
      await new Promise((done) => setTimeout(done, 50));
    }
    await visit.click('aria/Loop the whole[role="button"]');
    expect((await heard(visit)).endS).toBeCloseTo(9.6, 6);
    await visit.end();
  });

  it('can be used by everybody and fits a phone', async () => {
    const visit = await visitWithWords();
    await looksWell(visit, 'audition-silent');
    await useLoop(visit);
    await visit.click('aria/Play[role="button"]');
    await expect.poll(async () => (await gains(visit))[3], { timeout: 20_000 }).toMatch(/LU/);
    await expect.poll(async () => (await heard(visit)).peak).toBeGreaterThan(0.05);
    await looksWell(visit, 'audition');
    await visit.end();
  });
});
