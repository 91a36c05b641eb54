/** What is heard is what is drawn: the player's graph, rendered by a real Chromium. */
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, type EqSetting } from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { randomUniform, Stream } from '../../src/math/threefry';
import { Lab } from './lab';
import type {} from './audio-graph.page';

const TOLERANCE_DB = 0.05;
const DRAWN = 60;
/** As many frequencies, 20 Hz to 20 kHz. */
const FREQUENCIES = 400;
/** Settings that sound in one rendering. */
const TOGETHER = 20;

let lab: Lab;
let page: Page;
beforeAll(async () => {
  lab = await Lab.open('audio-graph');
  page = await lab.openPage(await lab.newContext());
});
afterAll(() => lab.close());

/** The setting whose every parameter lies at a share of the way from its lower to its upper bound. */
function setting(share: (index: number) => number): EqSetting {
  return EQ_PARAMETERS.map(({ kind, min, max }, i) =>
    kind === 'gain' ? min + share(i) * (max - min) : min * (max / min) ** share(i),
  );
}

const isGain = (i: number): boolean => EQ_PARAMETERS[i]?.kind === 'gain';
const isQ = (i: number): boolean => EQ_PARAMETERS[i]?.kind === 'q';

/** Every bound of gains, frequencies and Qs against every other, gains in turns too. */
const corners = [0, 1].flatMap((gain) =>
  [0, 1].flatMap((frequency) =>
    [0, 1].flatMap((q) => [
      setting((i) => (isGain(i) ? gain : isQ(i) ? q : frequency)),
      setting((i) => (isGain(i) ? (i + gain) % 2 : isQ(i) ? q : frequency)),
    ]),
  ),
);
/** Both shelves in the middle, where their differences from the plug-in's add up most. */
const shelves = [12, -12].flatMap((low) =>
  [12, -12].map((high) => [low, 1000, 0, 560, 1, 0, 1000, 1, 0, 3300, 1, high, 580]),
);
const drawn = Array.from({ length: DRAWN }, (_, row) =>
  setting((i) => randomUniform(5, Stream.sound, row, i)),
);

describe('the graph that is heard', () => {
  for (const rate of [44_100, 48_000, 96_000]) {
    it(`is the drawn curve within ${String(TOLERANCE_DB)} dB at ${String(rate)} Hz`, async () => {
      const wanted = [...logFrequencies(FREQUENCIES, 20.5, 19_999)];
      const settings = [...corners, ...shelves, ...drawn];
      const deviations: number[] = [];
      for (let from = 0; from < settings.length; from += TOGETHER) {
        const some = settings.slice(from, from + TOGETHER);
        const { frequenciesHz, db } = await page.evaluate(
          (numbers, hz, at) => window.audioLab.responses(numbers, at, hz),
          some.map((one) => [...one]),
          wanted,
          rate,
        );
        expect(db).toHaveLength(some.length);
        for (const [i, one] of some.entries()) {
          const curve = responseDb(one, frequenciesHz, rate);
          const heard = db[i] ?? [];
          expect(heard).toHaveLength(FREQUENCIES);
          deviations.push(Math.max(...heard.map((is, k) => Math.abs(is - (curve[k] ?? 0)))));
        }
      }
      expect(Math.max(...deviations)).toBeLessThan(TOLERANCE_DB);
    });
  }

  it('changes its setting without a click', async () => {
    const change = async (
      [from, to]: readonly [EqSetting | null, EqSetting | null],
      how: 'glide' | 'cut',
    ): ReturnType<typeof window.audioLab.change> =>
      page.evaluate(
        (before, after, manner) => window.audioLab.change(before, after, manner),
        from && [...from],
        to && [...to],
        how,
      );
    for (const pair of [
      [null, corners[0] ?? []],
      [corners[0] ?? [], null],
      [corners[2] ?? [], corners[5] ?? []],
      [corners[1] ?? [], corners[14] ?? []],
      [corners[15] ?? [], corners[6] ?? []],
      [drawn[0] ?? [], drawn[1] ?? []],
    ] as const) {
      const glided = await change(pair, 'glide');
      const cut = await change(pair, 'cut');
      expect(glided.besideDb).toBeLessThan(-60);
      expect(glided.besideDb).toBeLessThan(cut.besideDb - 25);
      expect(glided.largestBend).toBeLessThan(cut.largestBend / 5);
    }
  });

  it('stops, and goes on elsewhere, without a click', async () => {
    for (const what of ['stop', 'seek'] as const) {
      const interrupt = (how: 'player' | 'cut'): ReturnType<typeof window.audioLab.interrupt> =>
        page.evaluate((a, b) => window.audioLab.interrupt(a, b), what, how);
      const faded = await interrupt('player');
      const cut = await interrupt('cut');
      expect(faded.besideDb).toBeLessThan(cut.besideDb - 20);
      expect(faded.largestBend).toBeLessThan(cut.largestBend / 3);
    }
  });
});
