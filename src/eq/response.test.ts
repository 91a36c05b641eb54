import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { bandsOf, EQ_PARAMETERS, FLAT_SETTING, type EqBand, type EqSetting } from './parameters';
import { filtersOn, logFrequencies, responseDb, responseGrid } from './response';

const changed = (changes: Record<number, number>): EqSetting =>
  FLAT_SETTING.map((value, i) => changes[i] ?? value);

/** Any setting the plug-in can have. */
const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);
const rates = fc.constantFrom(44_100, 48_000, 96_000);

/** The cookbook's coefficients b₀ b₁ b₂ a₀ a₁ a₂, as printed there. */
function cookbook({ kind, gainDb, frequencyHz, q }: EqBand, rate: number): number[] {
  const a = Math.sqrt(10 ** (gainDb / 20));
  const w0 = (2 * Math.PI * frequencyHz) / rate;
  const c = Math.cos(w0);
  const alpha = Math.sin(w0) / (2 * q);
  if (kind === 'bell') {
    return [1 + alpha * a, -2 * c, 1 - alpha * a, 1 + alpha / a, -2 * c, 1 - alpha / a];
  }
  const beta = 2 * Math.sqrt(a) * alpha;
  const s = kind === 'low shelf' ? 1 : -1;
  return [
    a * (a + 1 - s * (a - 1) * c + beta),
    s * 2 * a * (a - 1 - s * (a + 1) * c),
    a * (a + 1 - s * (a - 1) * c - beta),
    a + 1 + s * (a - 1) * c + beta,
    s * -2 * (a - 1 + s * (a + 1) * c),
    a + 1 + s * (a - 1) * c - beta,
  ];
}

/** |b₀ + b₁z⁻¹ + b₂z⁻²|² at z = e^{jω}, from its real and imaginary parts. */
function squared(b0: number, b1: number, b2: number, w: number): number {
  const real = b0 + b1 * Math.cos(w) + b2 * Math.cos(2 * w);
  const imaginary = b1 * Math.sin(w) + b2 * Math.sin(2 * w);
  return real * real + imaginary * imaginary;
}

/** Response by complex evaluation of H(e^{jω}): another form than the one under test. */
function referenceDb(setting: EqSetting, frequency: number, rate: number): number {
  const w = (2 * Math.PI * frequency) / rate;
  let db = 0;
  for (const band of bandsOf(setting)) {
    const [b0 = 0, b1 = 0, b2 = 0, a0 = 0, a1 = 0, a2 = 0] = cookbook(band, rate);
    db += 10 * Math.log10(squared(b0, b1, b2, w) / squared(a0, a1, a2, w));
  }
  return db;
}

describe('responseDb', () => {
  const frequencies = logFrequencies(60);

  it('agrees with the complex evaluation of the cookbook coefficients', () => {
    fc.assert(
      fc.property(settings, rates, (setting, rate) => {
        const response = responseDb(setting, frequencies, rate);
        frequencies.forEach((frequency, i) => {
          const error = Math.abs((response[i] ?? NaN) - referenceDb(setting, frequency, rate));
          // The reference loses digits at low frequencies, even in float64.
          expect(error, `${String(frequency)} Hz`).toBeLessThan(2e-5);
        });
      }),
    );
  });

  it('is 0 dB everywhere for a flat setting, whatever its frequencies and Qs', () => {
    const silent = settings.map((setting) =>
      setting.map((value, i) => (EQ_PARAMETERS[i]?.kind === 'gain' ? 0 : value)),
    );
    fc.assert(
      fc.property(silent, (setting) => {
        expect(Math.max(...responseDb(setting, frequencies).map(Math.abs))).toBeLessThan(1e-12);
      }),
    );
  });

  it('turns upside down when all gains change sign', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const inverse = setting.map((value, i) =>
          EQ_PARAMETERS[i]?.kind === 'gain' ? -value : value,
        );
        const response = responseDb(setting, frequencies);
        responseDb(inverse, frequencies).forEach((value, i) => {
          expect(value + (response[i] ?? NaN)).toBeCloseTo(0, 9);
        });
      }),
    );
  });

  it('has the gains known in closed form at 0 Hz, centre, corner and half the sample rate', () => {
    const low = responseDb(changed({ 0: 7, 1: 200 }), [0, 200, 24_000]);
    expect(low[0]).toBeCloseTo(7, 10);
    expect(low[1]).toBeCloseTo(3.5, 10);
    expect(low[2]).toBeCloseTo(0, 10);
    const bell = responseDb(changed({ 5: -9, 6: 1234, 7: 3 }), [0, 1234, 24_000]);
    expect(bell[0]).toBeCloseTo(0, 10);
    expect(bell[1]).toBeCloseTo(-9, 10);
    expect(bell[2]).toBeCloseTo(0, 10);
    const high = responseDb(changed({ 11: -12, 12: 6000 }), [0, 6000, 24_000]);
    expect(high[0]).toBeCloseTo(0, 10);
    expect(high[1]).toBeCloseTo(-6, 10);
    expect(high[2]).toBeCloseTo(-12, 10);
  });

  it('adds the bands up in dB', () => {
    const gains: readonly [place: number, db: number][] = [
      [0, 5],
      [2, -4],
      [5, 3],
      [8, 6],
      [11, -8],
    ];
    const whole = responseDb(changed(Object.fromEntries(gains)), frequencies);
    const sum = gains
      .map(([place, db]) => responseDb(changed({ [place]: db }), frequencies))
      .reduce((a, b) => a.map((value, i) => value + (b[i] ?? NaN)));
    whole.forEach((value, i) => {
      expect(value).toBeCloseTo(sum[i] ?? NaN, 10);
    });
  });

  it('keeps its form in float32: every operation rounded, within 1e-4 dB from 20 Hz up', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        for (const frequency of frequencies) {
          const error = Math.abs(
            float32Db(setting, frequency) - referenceDb(setting, frequency, 48_000),
          );
          expect(error, `${String(frequency)} Hz`).toBeLessThan(1e-4);
        }
      }),
    );
  });
});

describe('filtersOn', () => {
  it.each([
    // The cookbook's b₀ b₁ b₂, from the cosine c and α.
    ['low pass', (c: number) => [(1 - c) / 2, 1 - c, (1 - c) / 2]],
    ['high pass', (c: number) => [(1 + c) / 2, -1 - c, (1 + c) / 2]],
    ['band pass', (_: number, alpha: number) => [alpha, 0, -alpha]],
    ['notch', (c: number) => [1, -2 * c, 1]],
  ] as const)('agrees with the cookbook on a %s', (kind, numerator) => {
    for (const [frequencyHz, q] of [
      [80, 0.7],
      [1000, 5],
      [15_000, 0.3],
    ] as const) {
      const frequencies = logFrequencies(50).map((hz) => hz * 1.001);
      const response = filtersOn(responseGrid(frequencies), [{ kind, frequencyHz, gainDb: 9, q }]);
      const w0 = (2 * Math.PI * frequencyHz) / 48_000;
      const alpha = Math.sin(w0) / (2 * q);
      const [b0 = 0, b1 = 0, b2 = 0] = numerator(Math.cos(w0), alpha);
      frequencies.forEach((frequency, i) => {
        const w = (2 * Math.PI * frequency) / 48_000;
        const wanted = squared(b0, b1, b2, w) / squared(1 + alpha, -2 * Math.cos(w0), 1 - alpha, w);
        const ratio = 10 ** ((response[i] ?? NaN) / 10) / wanted;
        expect(Math.abs(ratio - 1), `${String(frequency)} Hz`).toBeLessThan(1e-3);
      });
    }
  });
});

/** The formula of response.ts with every operation rounded to float32, as on a GPU. */
function float32Db(setting: EqSetting, frequency: number): number {
  const f = Math.fround;
  const mul = (...factors: number[]): number => factors.reduce((a, b) => f(f(a) * f(b)));
  const half = (hz: number): number => mul(f(Math.PI / 48_000), hz);
  const sin = (x: number): number => f(Math.sin(x));
  const cos = (x: number): number => f(Math.cos(x));
  let product = 1;
  for (const { kind, gainDb, frequencyHz, q } of bandsOf(setting)) {
    const a = f(10 ** f(gainDb / 40));
    const [s0, c0] = [sin(half(frequencyHz)), cos(half(frequencyHz))];
    const [s, c] = [sin(half(frequency)), cos(half(frequency))];
    const alpha = f(mul(s0, c0) / f(q));
    const p = mul(s0, s0, c, c);
    const r = mul(c0, c0, s, s);
    const width = mul(alpha, alpha, s, s, c, c);
    const [x, y] = kind === 'high shelf' ? [r, p] : [p, r];
    const square = (value: number): number => mul(value, value);
    const ratio =
      kind === 'bell'
        ? f(f(square(f(x - y)) + mul(a, a, width)) / f(square(f(x - y)) + f(width / mul(a, a))))
        : mul(
            a,
            a,
            f(
              f(square(f(mul(a, x) - y)) + mul(a, width)) /
                f(square(f(x - mul(a, y))) + mul(a, width)),
            ),
          );
    product = mul(product, ratio);
  }
  return f(10 * f(Math.log10(product)));
}

describe('logFrequencies', () => {
  it('runs from end to end in equal ratios', () => {
    const frequencies = logFrequencies(4);
    expect(frequencies.length).toBe(4);
    [20, 200, 2000, 20_000].forEach((hz, i) => {
      expect(frequencies[i]).toBeCloseTo(hz, 9);
    });
    expect(logFrequencies(3, 100, 400)[1]).toBeCloseTo(200, 9);
    expect(logFrequencies(1)).toEqual(Float64Array.of(20));
  });
});
