/** The audio worker in a real Chromium, from a production build and under its policy. */
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cookbookBiquad } from '../../src/audio/biquad';
import { bandsOf, FLAT_SETTING, type EqSetting } from '../../src/eq/parameters';
import type {} from './render.page';
import { Lab } from './lab';

const SETTING: EqSetting = [6, 120, -3, 420, 1.2, 5, 1500, 0.8, -2, 4200, 2, 4, 9000];
const RATE = 44_100;
const MINUTES = 6;

let lab: Lab;
let page: Page;
beforeAll(async () => {
  lab = await Lab.open('render');
  page = await lab.openPage(await lab.newContext());
});
afterAll(() => lab.close());

/** The cookbook's difference equations as they are printed, in float64. */
function filtered(samples: Float64Array, setting: EqSetting, rate: number): Float64Array {
  return bandsOf(setting).reduce((x, band) => {
    const { b0, b1, b2, a1, a2 } = cookbookBiquad(band, rate);
    const y = new Float64Array(x.length);
    const at = (values: Float64Array, i: number): number => values[i] ?? 0;
    for (let i = 0; i < x.length; i++) {
      const forward = b0 * at(x, i) + b1 * at(x, i - 1) + b2 * at(x, i - 2);
      y[i] = forward - a1 * at(y, i - 1) - a2 * at(y, i - 2);
    }
    return y;
  }, samples);
}

/** Bytes that the worker holds, watched until stopped. */
async function watchMemory(): Promise<() => number> {
  const [worker] = page.workers();
  if (worker === undefined) throw new Error('There is no worker.');
  await worker.client.send('Runtime.enable');
  let most = 0;
  const timer = setInterval(() => {
    void worker.client.send('Runtime.getHeapUsage').then((usage) => {
      most = Math.max(most, usage.usedSize + usage.backingStorageSize);
    });
  }, 100);
  return () => {
    clearInterval(timer);
    return most;
  };
}

describe('rendering', () => {
  it(`puts ${String(MINUTES)} minutes in stereo through the equaliser, a piece at a time`, async () => {
    await page.evaluate(
      (setting, rate) => renderLab.render(renderLab.noiseArrays(1, rate, 1), setting, '16', false),
      SETTING,
      RATE,
    );
    const memory = await watchMemory();
    const event = await page.evaluate(
      async (setting, rate, seconds) => {
        const file = renderLab.noiseFile(seconds, rate);
        const shares = await renderLab.render({ file }, setting, '24', true);
        const { blob, gainDb, note } = renderLab.result ?? {};
        return { shares, size: blob?.size ?? 0, type: blob?.type, gainDb, note };
      },
      SETTING,
      RATE,
      MINUTES * 60,
    );
    const most = memory();
    const frames = MINUTES * 60 * RATE;
    expect(event.type).toBe('audio/wav');
    expect(event.size).toBe(56 + frames * 6);
    expect(event.note).toBeNull();
    // The file decoded would take 127 MB, and what is made of it 95 MB more.
    expect(most).toBeGreaterThan(2 ** 20);
    expect(most).toBeLessThan(100 * 2 ** 20);
    expect(event.shares).toEqual(event.shares.toSorted((a, b) => a - b));
    expect(event.shares.length).toBeGreaterThan(10);
    expect(event.shares.at(-1)).toBeGreaterThan(0.9);
    expect(event.shares.at(-1)).toBeLessThanOrEqual(1);

    const header = new DataView(
      Uint8Array.from(await page.evaluate(() => renderLab.bytes(0, 56))).buffer,
    );
    expect([header.getUint16(22, true), header.getUint32(24, true)]).toEqual([2, RATE]);
    expect(header.getUint32(52, true)).toBe(frames * 6);

    // A tenth of a second in the midst and at the end, against float64 from two seconds before.
    const gain = 10 ** ((event.gainDb ?? Number.NaN) / 20);
    for (const end of [frames / 2, frames]) {
      const read = await page.evaluate(
        async (inFrom, inTo, outFrom, outTo) => ({
          before: await renderLab.bytes(inFrom, inTo, renderLab.file),
          after: await renderLab.bytes(outFrom, outTo),
        }),
        ...[56 + (end - 2 * RATE) * 4, 56 + end * 4, 56 + (end - RATE / 10) * 6, 56 + end * 6],
      );
      const before = new DataView(Uint8Array.from(read.before).buffer);
      const after = new DataView(Uint8Array.from(read.after).buffer);
      for (const channel of [0, 1]) {
        const heard = Float64Array.from(
          { length: 2 * RATE },
          (_, i) => before.getInt16((2 * i + channel) * 2, true) / 2 ** 15,
        );
        const wanted = filtered(heard, SETTING, RATE).slice(-RATE / 10);
        const off = wanted.map((value, i) => {
          const at = (2 * i + channel) * 3;
          const got = (after.getInt8(at + 2) * 65_536 + after.getUint16(at, true)) / 2 ** 23;
          return Math.abs(got - value * gain);
        });
        expect(Math.max(...off)).toBeLessThan(1.5 / 2 ** 23);
      }
    }
  });

  it.each([
    ['16', 2, 2 / 2 ** 15],
    ['24', 1, 0.6 / 2 ** 23],
    ['32-float', 6, 1e-9],
  ] as const)(
    'writes %s bits as the browser itself reads them',
    async (format, channels, within) => {
      const decoded = await page.evaluate(
        async (given, count, rate) => {
          await renderLab.render(renderLab.noiseArrays(1, rate, count), null, given, false);
          const { channels: source } = renderLab.noiseArrays(1, rate, count);
          return { ...(await renderLab.decode(rate)), source: source.map((of) => [...of]) };
        },
        format,
        channels,
        48_000,
      );
      expect(decoded.rate).toBe(48_000);
      expect(decoded.channels.length).toBe(channels);
      decoded.channels.forEach((samples, channel) => {
        const source = decoded.source[channel] ?? [];
        expect(samples.length).toBe(source.length);
        const off = samples.map((value, i) => Math.abs(value - (source[i] ?? Number.NaN)));
        expect(Math.max(...off)).toBeLessThan(within);
      });
    },
  );

  it('reads what is compressed at its own rate, and matches its loudness', async () => {
    const { frames, plain, matched } = await page.evaluate(async (setting) => {
      const file = await renderLab.opusFile(3);
      const [before] = await renderLab.measure({ file }, [null]);
      await renderLab.render({ file }, setting, '24', true);
      const size = renderLab.blob.size;
      const made = new File([renderLab.blob], 'made.wav');
      const [after] = await renderLab.measure({ file: made }, [null]);
      const header = await renderLab.bytes(22, 28);
      return { frames: (size - 56) / 6, plain: before, matched: after, header };
    }, SETTING);
    expect(Math.abs(frames - 3 * 48_000)).toBeLessThan(2000);
    expect(plain?.integratedLufs).toBeGreaterThan(-60);
    expect(
      Math.abs((matched?.integratedLufs ?? NaN) - (plain?.integratedLufs ?? NaN)),
    ).toBeLessThan(0.02);
  });

  it('ends when it is given up, and does the next', async () => {
    const { said, end } = await page.evaluate(async (rate) => {
      const file = renderLab.noiseFile(600, rate);
      try {
        await renderLab.render({ file }, null, '16', false, 0.05);
        return { said: 'nothing', end: null };
      } catch (error) {
        return { said: String(error), end: await renderLab.nextEnd() };
      }
    }, RATE);
    expect(said).toBe('Error: given up');
    // Where nothing stops them, ten minutes go on to their end.
    expect(end).toMatchObject({ type: 'failed', reason: 'The job was given up.' });
    const shares = await page.evaluate(
      (flat, rate) => renderLab.render(renderLab.noiseArrays(1, rate, 2), flat, '16', false),
      FLAT_SETTING,
      RATE,
    );
    expect(shares.length).toBeGreaterThan(0);
  });

  it.each([
    ['text', 'this is no audio', 'The file is no audio that can be read piece by piece here.'],
    ['nothing', '', 'The file is no audio that can be read piece by piece here.'],
    ['a broken WAV file', 'RIFF\0\0\0\0WAVE', 'The file does not say what kind of sound'],
    ['a broken Ogg file', 'OggS\0\u0002', 'The file'],
    ['a broken FLAC file', 'fLaC\0\0\0\u0022', 'The file'],
  ])('says of %s in a sentence what it is', async (_name, text, sentence) => {
    const said = await page.evaluate(async (written) => {
      try {
        await renderLab.render({ file: new File([written], 'x') }, null, '16', false);
        return 'nothing';
      } catch (error) {
        return String(error);
      }
    }, text);
    expect(said).toContain(`InputError: ${sentence}`);
  });
});

describe('measuring', () => {
  it('gives the loudness through each setting, and −∞ of silence', async () => {
    const louder = FLAT_SETTING.with(0, 12).with(1, 1000);
    const [plain, flat, more] = await page.evaluate(
      (settings) => renderLab.measure(renderLab.noiseArrays(2, 48_000, 2), settings),
      [null, FLAT_SETTING, louder],
    );
    expect(flat).toEqual(plain);
    // Uniform noise of a tenth of full scale: −24.8 dB in each channel, and 3 dB more of K-weighting.
    expect(plain?.integratedLufs).toBeGreaterThan(-22);
    expect(plain?.integratedLufs).toBeLessThan(-17);
    expect(more?.integratedLufs).toBeGreaterThan((plain?.integratedLufs ?? NaN) + 0.5);
    const silent = await page.evaluate(() =>
      renderLab
        .measure({ channels: [new Float32Array(48_000)], sampleRateHz: 48_000 }, [null])
        .then(([first]) => first?.integratedLufs === -Infinity && first.truePeakDb === -Infinity),
    );
    expect(silent).toBe(true);
  });
});
