import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bandsOf, EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import fc from '../testing/fast-check';
import { hasPythonModules } from '../testing/python';
import { cookbookBiquad, EqFilter } from './biquad';

const RATES = [44_100, 48_000, 96_000];
const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);
const drawn = fc.sample(settings, { numRuns: 12, seed: 5 });
/** Every gain at a bound, with wide and narrow bells at the lowest and highest frequencies. */
const EXTREMES: EqSetting[] = [
  EQ_PARAMETERS.map(({ max }) => max),
  EQ_PARAMETERS.map(({ kind, min, max }) => (kind === 'q' ? max : min)),
  EQ_PARAMETERS.map(({ kind, min, max }) => (kind === 'gain' ? max : min)),
];

const noise = (length: number, seed: number): Float32Array => {
  let state = seed;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
};

/** Gain in dB of an impulse response at one frequency, by its Fourier sum. */
function gainDb(impulse: Float64Array, hz: number, rate: number): number {
  const w = (2 * Math.PI * hz) / rate;
  const [cos, sin] = [Math.cos(w), Math.sin(w)];
  let real = 0;
  let imaginary = 0;
  // e^(-iwn), turned from sample to sample: to look up sines for each would take seconds.
  let [x, y] = [1, 0];
  for (const value of impulse) {
    real += value * x;
    imaginary += value * y;
    [x, y] = [x * cos + y * sin, y * cos - x * sin];
  }
  return 20 * Math.log10(Math.hypot(real, imaginary));
}

describe('EqFilter', () => {
  it.each(RATES)('sounds as it is drawn at %i Hz: within 0.001 dB, 20 Hz to 20 kHz', (rate) => {
    const frequencies = logFrequencies(40);
    for (const setting of [...drawn.slice(0, 5), ...EXTREMES]) {
      // Long enough for the slowest filter, Q 10 at 82 Hz, to fall below 1e-9.
      const impulse = new Float64Array(rate);
      impulse[0] = 1;
      new EqFilter(setting, rate, 1).process([impulse]);
      const wanted = responseDb(setting, frequencies, rate);
      frequencies.forEach((hz, i) => {
        const off = Math.abs(gainDb(impulse, hz, rate) - (wanted[i] ?? Number.NaN));
        expect(off, `${String(hz)} Hz of ${String(setting)}`).toBeLessThan(1e-3);
      });
    }
  });

  it('gives the same to the last bit whatever the pieces', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 });
    fc.assert(
      fc.property(settings, cuts, (setting, sizes) => {
        const whole = [noise(1000, 1), noise(1000, 2)];
        const pieces = whole.map((samples) => samples.slice());
        new EqFilter(setting, 48_000, 2).process(whole);
        const filter = new EqFilter(setting, 48_000, 2);
        let at = 0;
        for (const size of [...sizes, 1000]) {
          filter.process(pieces.map((samples) => samples.subarray(at, at + size)));
          at = Math.min(1000, at + size);
        }
        expect(pieces).toEqual(whole);
      }),
      { numRuns: 50 },
    );
  });

  it('falls silent after sound ends', () => {
    const samples = new Float64Array(96_000);
    samples[0] = 1;
    new EqFilter(FLAT_SETTING.with(0, 12), 48_000, 1).process([samples]);
    expect(samples[1000]).not.toBe(0);
    expect(samples[95_999]).toBe(0);
  });

  it('leaves bands alone that a low rate has no room for', () => {
    for (const setting of [...drawn, ...EXTREMES]) {
      const samples = noise(20_000, 3);
      new EqFilter(setting, 8000, 1).process([samples]);
      // Unstable filters grow without end: 60 dB is the most five bands can add.
      expect(samples.every((value) => Math.abs(value) < 1000 * 2)).toBe(true);
    }
    const samples = noise(100, 4);
    const kept = samples.slice();
    new EqFilter(FLAT_SETTING.with(11, 12).with(12, 4000), 8000, 1).process([samples]);
    expect(samples).toEqual(kept);
  });
});

/** The largest difference of two lists; NaN where one is longer, or has a NaN. */
function farthest(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Number.NaN;
  return Array.from(ours, (value, i) => Math.abs(value - (theirs[i] ?? Number.NaN))).reduce(
    (most, off) => Math.max(most, off),
    0,
  );
}

/** SciPy's filter with the cookbook written down once more, in Python. */
const PEER = `
import json, sys
import numpy as np
from scipy.signal import sosfilt

def row(band, rate):
    A = 10 ** (band["gainDb"] / 40)
    w = 2 * np.pi * band["frequencyHz"] / rate
    c, al = np.cos(w), np.sin(w) / 2 / band["q"]
    s = 2 * np.sqrt(A) * al
    if band["kind"] == "bell":
        b = [1 + al * A, -2 * c, 1 - al * A]
        a = [1 + al / A, -2 * c, 1 - al / A]
    elif band["kind"] == "low shelf":
        b = [A * ((A + 1) - (A - 1) * c + s), 2 * A * ((A - 1) - (A + 1) * c), A * ((A + 1) - (A - 1) * c - s)]
        a = [(A + 1) + (A - 1) * c + s, -2 * ((A - 1) + (A + 1) * c), (A + 1) + (A - 1) * c - s]
    else:
        b = [A * ((A + 1) + (A - 1) * c + s), -2 * A * ((A - 1) + (A + 1) * c), A * ((A + 1) + (A - 1) * c - s)]
        a = [(A + 1) - (A - 1) * c + s, 2 * ((A - 1) - (A + 1) * c), (A + 1) - (A - 1) * c - s]
    return [x / a[0] for x in b + a]

tasks, out = json.load(sys.stdin), []
for task in tasks:
    sos = np.array([row(band, task["rate"]) for band in task["bands"]])
    out.append({"sos": sos.tolist(), "y": sosfilt(sos, np.array(task["x"])).tolist()})
json.dump(out, sys.stdout)
`;

const SCIPY = hasPythonModules('python3', 'scipy');

describe.skipIf(!SCIPY)(`beside SciPy${SCIPY ? '' : ' (needs python3 with scipy)'}`, () => {
  const x = noise(2000, 5);
  const tasks = RATES.flatMap((rate) =>
    [...drawn, ...EXTREMES].map((setting) => ({ rate, setting, bands: bandsOf(setting) })),
  );
  const asked = tasks.map(({ rate, bands }) => ({ rate, bands, x: Array.from(x) }));

  it('has its coefficients and its output', () => {
    const answered = execFileSync('python3', ['-c', PEER], {
      input: JSON.stringify(asked),
      maxBuffer: 2 ** 28,
      encoding: 'utf8',
    });
    const answers = JSON.parse(answered) as { sos: number[][]; y: number[] }[];
    expect(answers.length).toBe(tasks.length);
    answers.forEach(({ sos, y }, at) => {
      const { rate, setting, bands } = tasks[at] ?? { rate: 0, setting: [], bands: [] };
      const coefficients = bands.map((band) => {
        const { b0, b1, b2, a1, a2 } = cookbookBiquad(band, rate);
        return [b0, b1, b2, 1, a1, a2];
      });
      expect(farthest(coefficients.flat(), sos.flat())).toBeLessThan(1e-12);
      const mine = Float64Array.from(x);
      new EqFilter(setting, rate, 1).process([mine]);
      const loudest = Math.max(...y.map(Math.abs));
      expect(farthest(mine, y) / loudest).toBeLessThan(1e-10);
    });
  });
});
