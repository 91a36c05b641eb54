/** Writing what is heard into a file, from the page. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqFilter } from '../src/audio/biquad';
import { blobBytes, openWav } from '../src/audio/wav-reader';
import { WavEncoder, wavHeader } from '../src/audio/wav-writer';
import { TestBrowser, type View, type Visit } from './harness';
import { violations } from './person';

const RATE_HZ = 44_100;
const BENCH = 'wb-app >>> wb-bench';
const PANEL = `${BENCH} >>> wb-audition`;
const RENDER = `${PANEL} >>> wb-render`;
const WARM = [6, 150, 0, 560, 0.71, 3, 900, 0.71, 0, 3300, 0.71, -6, 8200];

const folder = mkdtempSync(join(tmpdir(), 'warmbright-render-'));

/** Two tones in stereo, of 16 bits. */
function tones(name: string, seconds: number): string {
  const channels = [220, 3300].map((hz) =>
    Float32Array.from(
      { length: seconds * RATE_HZ },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * hz * i) / RATE_HZ),
    ),
  );
  const shape = { format: '16', sampleRateHz: RATE_HZ, channels: 2 } as const;
  const path = join(folder, name);
  const bytes = new WavEncoder(shape).encode(channels);
  writeFileSync(path, Buffer.concat([wavHeader(shape, seconds * RATE_HZ), bytes]));
  return path;
}

async function read(path: string): Promise<Float32Array[]> {
  const sound = await openWav(blobBytes(new Blob([readFileSync(path)])));
  expect([sound.sampleRateHz, sound.channels]).toEqual([RATE_HZ, 2]);
  const channels = [0, 1].map(() => new Float32Array(sound.frames));
  let at = 0;
  for await (const piece of sound.pieces()) {
    piece.forEach((part, channel) => channels[channel]?.set(part, at));
    at += piece[0]?.length ?? 0;
  }
  return channels;
}

let browser: TestBrowser;
beforeAll(async () => {
  browser = await TestBrowser.launch();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

async function visitWith(file: string, view: Partial<View> = {}): Promise<Visit> {
  const visit = await browser.visit(view);
  await visit.page.waitForSelector(PANEL);
  await visit.page.$eval(
    BENCH,
    (bench, setting) => {
      bench.hand = { name: 'warm', setting, latent: null };
    },
    WARM,
  );
  await visit.drop(PANEL, file);
  await visit.page.waitForSelector(RENDER, { visible: true });
  return visit;
}

describe('the render panel', () => {
  it('writes the file through the setting in hand, at its own level where that is chosen', async () => {
    const song = tones('My song.wav', 3);
    const visit = await visitWith(song);
    await visit.click(`${RENDER} >>> input[type="checkbox"]`);
    const path = await visit.download(`${RENDER} >>> wa-button`);
    expect(basename(path)).toBe('My-song-warm.wav');
    const wanted = await read(song);
    new EqFilter(WARM, RATE_HZ, 2).process(wanted);
    (await read(path)).forEach((samples, channel) => {
      const off = samples.map((value, i) => Math.abs(value - (wanted[channel]?.[i] ?? NaN)));
      expect(off.reduce((most, value) => Math.max(most, value))).toBeLessThan(0.6 / 2 ** 23);
    });
    await visit.sees('My-song-warm.wav, 794 kB, written in');
    await visit.end();
  });

  it('shows how far it is, and stops when asked', async () => {
    const visit = await visitWith(tones('long.wav', 300));
    await visit.click(`${RENDER} >>> wa-button`);
    await visit.page.waitForSelector(`${RENDER} >>> wa-progress-bar`);
    await visit.click(`${RENDER} >>> wa-button`);
    await visit.page.waitForSelector(`${RENDER} >>> wa-progress-bar`, { hidden: true });
    const said = await visit.page.$eval(`${RENDER} >>> [role="status"]`, (at) => at.textContent);
    expect(said.trim()).toBe('');
    await visit.end();
  });

  it.each([
    [1440, 900, 'light'],
    [390, 844, 'dark'],
  ] as const)('has no faults of access at %i × %i, %s', async (width, height, colours) => {
    const visit = await visitWith(tones('short.wav', 1), { width, height, colours });
    await visit.download(`${RENDER} >>> wa-button`);
    await visit.sees('short-warm.wav');
    expect(await violations(visit)).toEqual([]);
    expect(await visit.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await visit.screenshot(`render-${String(width)}-${colours}`);
    await visit.end();
  });
});
