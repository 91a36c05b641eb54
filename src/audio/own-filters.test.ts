import { describe, expect, it } from 'vitest';
import { curveDb, type CurvePoint } from '../eq/curve';
import { filtersOn, logFrequencies, responseGrid, type Filter } from '../eq/response';
import { Convolver } from './convolver';
import { minimumPhaseFilter } from './minimum-phase';
import { ownFilters } from './own-filters';

const points = (...pairs: [number, number][]): CurvePoint[] =>
  pairs.map(([frequencyHz, gainDb]) => ({ frequencyHz, gainDb }));

/** dB of a response to a single sample at a frequency, by the plain sum. */
function levelDb(impulse: ArrayLike<number>, hz: number, sampleRateHz: number): number {
  let real = 0;
  let imaginary = 0;
  for (let n = 0; n < impulse.length; n++) {
    const angle = (2 * Math.PI * hz * n) / sampleRateHz;
    real += (impulse[n] ?? 0) * Math.cos(angle);
    imaginary += (impulse[n] ?? 0) * Math.sin(angle);
  }
  return 20 * Math.log10(Math.hypot(real, imaginary));
}

describe('minimumPhaseFilter', () => {
  it.each([
    ['a gentle curve', points([20, 0], [1000, 6], [20_000, 0]), 44_100],
    [
      'ten bands',
      points(
        ...[31, 62, 125, 250, 500, 1000, 2000, 4000, 8000, 16_000].map(
          (hz, i) => [hz, i % 2 === 0 ? 12 : -12] as [number, number],
        ),
      ),
      48_000,
    ],
    ['steep bass', points([20, -18], [40, 6], [80, 0], [20_000, 0]), 48_000],
    ['a jump at 1 kHz', points([20, 0], [1000, 0], [1010, -40], [20_000, -40]), 96_000],
  ])('comes within 0.1 dB of %s', (_, curve, rate) => {
    const { taps, deviationDb } = minimumPhaseFilter(curve, rate);
    expect(deviationDb).toBeLessThan(0.1);
    const asked = logFrequencies(60);
    const wanted = curveDb(curve, asked);
    asked.forEach((hz, i) => {
      expect(Math.abs(levelDb(taps, hz, rate) - (wanted[i] ?? NaN))).toBeLessThan(0.1);
    });
  });

  it('answers at once, with nothing before its first sample', () => {
    const { taps } = minimumPhaseFilter(points([20, 0], [1000, 6], [20_000, 0]), 48_000);
    const energy = taps.reduce((sum, tap) => sum + tap * tap, 0);
    expect((taps[0] ?? 0) ** 2 / energy).toBeGreaterThan(0.8);
  });

  it('is one sample for a level curve', () => {
    const { taps } = minimumPhaseFilter(points([1000, -6]), 48_000);
    expect(taps[0]).toBeCloseTo(10 ** (-6 / 20), 12);
    expect(Math.max(...taps.slice(1).map(Math.abs))).toBeLessThan(1e-12);
  });
});

describe('Convolver', () => {
  it('is the plain sum, however the sound is cut', () => {
    const taps = Float64Array.from({ length: 37 }, (_, n) => Math.cos(n * n) / (n + 1));
    const sound = [1, 2, 3].map((seed) =>
      Float32Array.from({ length: 700 }, (_, n) => Math.sin(n * n * seed)),
    );
    const wanted = sound.map((samples) =>
      samples.map((_, n) => taps.reduce((sum, tap, k) => sum + tap * (samples[n - k] ?? 0), 0)),
    );
    const convolver = new Convolver(taps, sound.length);
    for (const [from, to] of [
      [0, 1],
      [1, 5],
      [5, 5],
      [5, 400],
      [400, 700],
    ] as const) {
      convolver.process(sound.map((samples) => samples.subarray(from, to)));
    }
    sound.forEach((samples, channel) => {
      samples.forEach((sample, n) => {
        expect(sample).toBeCloseTo(wanted[channel]?.[n] ?? NaN, 5);
      });
    });
  });
});

describe('ownFilters', () => {
  it('plays any number of filters of every kind as they are drawn', () => {
    const kinds: Filter['kind'][] = ['low pass', 'high pass', 'band pass', 'notch', 'bell'];
    for (const kind of [...kinds, 'low shelf', 'high shelf'] as const) {
      const filters = [{ kind, frequencyHz: 900, gainDb: 5, q: 1.3 }];
      const impulse = new Float32Array(16_384);
      impulse[0] = 1;
      ownFilters({ filters, curve: [] }, 48_000).make(1).process([impulse]);
      for (const hz of [100, 700, 3000, 15_000]) {
        const [drawn = NaN] = filtersOn(responseGrid([hz]), filters);
        expect(levelDb(impulse, hz, 48_000)).toBeCloseTo(drawn, 3);
      }
    }
  });

  it('lets through beyond half the rate what would be let through just below', () => {
    for (const kind of ['low pass', 'high pass', 'band pass', 'notch'] as const) {
      const impulse = Float32Array.of(1, 0);
      const filters = [{ kind, frequencyHz: 5000, gainDb: 0, q: 1 }];
      ownFilters({ filters, curve: [] }, 8000).make(1).process([impulse]);
      expect(impulse[0]).toBe(kind === 'low pass' || kind === 'notch' ? 1 : 0);
    }
  });

  it('plays filters and curve in series', () => {
    const filters = [{ kind: 'bell', frequencyHz: 900, gainDb: 5, q: 1.3 }] as const;
    const curve = points([20, 0], [1000, 6], [20_000, 0]);
    const made = ownFilters({ filters, curve }, 48_000);
    expect(made.curve?.deviationDb).toBeLessThan(0.1);
    const impulse = new Float32Array(made.curve?.taps ?? 0);
    impulse[0] = 1;
    made.make(1).process([impulse]);
    const [bell = NaN] = filtersOn(responseGrid([1000]), filters);
    expect(Math.abs(levelDb(impulse, 1000, 48_000) - bell - 6)).toBeLessThan(0.1);
  });
});
