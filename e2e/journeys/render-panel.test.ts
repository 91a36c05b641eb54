/** Writing what is heard into a file, from the page. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EqFilter } from '../../src/audio/biquad';
import { blobBytes, openWav } from '../../src/audio/wav-reader';
import { WavEncoder, wavHeader } from '../../src/audio/wav-writer';
import { writeModelFile } from '../../src/model/model-file';
import { wordSettings } from '../../src/model/word-settings';
import { sampleModel } from '../../src/testing/sample-model';
import { temporaryFolder } from '../../src/testing/temporary-folder';
import { TestBrowser, type View, type Visit } from './harness';
import { expectGoodLooks } from './looks';
import { openDrawer, openModel } from './person';

const RATE_HZ = 44_100;
const BENCH = 'wb-app >>> wb-bench';
const PANEL = `${BENCH} >>> wb-audition`;
const RENDER = `${BENCH} >>> wb-render`;

const folder = temporaryFolder();
/** Its word with most rows is warm. */
const model = sampleModel(['warm', 'bright']);
const modelFile = folder.write('model.safetensors', writeModelFile(model));

/** Two tones in stereo, of 16 bits. */
function tones(name: string, seconds: number): string {
  const channels = [220, 3300].map((hz) =>
    Float32Array.from(
      { length: seconds * RATE_HZ },
      (_, i) => 0.3 * Math.sin((2 * Math.PI * hz * i) / RATE_HZ),
    ),
  );
  const shape = { format: '16', sampleRateHz: RATE_HZ, channels: 2 } as const;
  const bytes = new WavEncoder(shape).encode(channels);
  return folder.write(name, Buffer.concat([wavHeader(shape, seconds * RATE_HZ), bytes]));
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
  browser = await TestBrowser.open();
});
afterAll(() => browser.close());

async function visitWith(file: string, view: Partial<View> = {}): Promise<Visit> {
  const visit = await openModel(browser, modelFile, view);
  await visit.drop(PANEL, file);
  await openDrawer(visit, 'presets');
  await visit.find(`${RENDER} >>> wa-button:not([disabled])`);
  return visit;
}

describe('the render panel', () => {
  it('writes the file through the current EQ, at its own level where that is chosen', async () => {
    const song = tones('My song.wav', 3);
    const visit = await visitWith(song);
    await visit.click(`${RENDER} >>> input[type="checkbox"]`);
    const path = await visit.download(`${RENDER} >>> wa-button`);
    expect(basename(path)).toBe('My-song-warm.wav');
    const wanted = await read(song);
    const warm = wordSettings(model).find(({ name }) => name === 'warm')?.setting ?? [];
    new EqFilter(warm, RATE_HZ, 2).process(wanted);
    (await read(path)).forEach((samples, channel) => {
      const off = samples.map((value, i) => Math.abs(value - (wanted[channel]?.[i] ?? NaN)));
      expect(off.reduce((most, value) => Math.max(most, value))).toBeLessThan(0.6 / 2 ** 23);
    });
    await visit.sees('My-song-warm.wav, 794 kB, written in');
    await visit.end();
  });

  it('shows how far it is, and stops when asked', async () => {
    const visit = await visitWith(tones('long.wav', 60));
    // Stopped in the moment in which the bar appears: a moment later it may be done.
    await visit.page.$eval(`${RENDER} >>> wa-button`, (button) => {
      const root = button.getRootNode() as ShadowRoot;
      return new Promise<void>((done) => {
        const watcher = new MutationObserver(() => {
          if (root.querySelector('wa-progress-bar') === null) return;
          watcher.disconnect();
          const cancel = root.querySelector('wa-button');
          void cancel?.updateComplete.then(() => {
            cancel.click();
            done();
          });
        });
        watcher.observe(root, { childList: true, subtree: true });
        button.click();
      });
    });
    await visit.gone(`${RENDER} >>> wa-progress-bar`);
    expect(await visit.text(`${RENDER} >>> [role="status"]`)).toBe('');
    await visit.end();
  });

  it('has no faults of access, and fits a phone', async () => {
    const visit = await visitWith(tones('short.wav', 1));
    await visit.download(`${RENDER} >>> wa-button`);
    await visit.sees('short-warm.wav');
    await expectGoodLooks(visit, 'render');
    await visit.end();
  });
});
