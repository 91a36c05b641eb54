import { describe, expect, it } from 'vitest';
import { InputError } from '../base/input-error';
import fc from '../testing/fast-check';
import { wordHeadModel } from '../testing/word-head-model';
import { sampleModel } from '../testing/sample-model';
import {
  drawnApart,
  latentDrawnAt,
  pullOf,
  SHARPNESS,
  wordPull,
  type WordPull,
} from './draw-apart';

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, d) => value - (b[d] ?? Number.NaN)));

function known(pull: WordPull | null): WordPull {
  if (pull === null) throw new Error('This head tells words apart.');
  return pull;
}

const HEAD = {
  weight: [
    [1, -0.5, 0.25],
    [-0.75, 0.5, 1],
    [0.2, 0.1, -0.6],
    [0, 0.8, -0.4],
  ],
  bias: [0.1, -0.2, 0.3, 0],
};
const PULL = known(pullOf(HEAD, 20, 1.5));

const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
const row = (size: number, most: number) =>
  fc.array(number(most), { minLength: size, maxLength: size });

/** A random head's pull and a latent of its size. */
const pulled = fc
  .record({
    latent: fc.integer({ min: 1, max: 12 }),
    words: fc.integer({ min: 2, max: 14 }),
    most: fc.constantFrom(0.05, 0.5, 2),
  })
  .chain(({ latent, words, most }) =>
    fc.record({
      weight: fc.array(row(latent, most), { minLength: words, maxLength: words }),
      bias: row(words, 3),
      amount: fc.double({ min: 0, max: 200, noNaN: true }),
      sharpness: fc.double({ min: 0.1, max: 8, noNaN: true }),
      latent: row(latent, 20),
    }),
  )
  .map(({ latent, amount, sharpness, ...head }) => ({
    latent,
    pull: pullOf(head, amount, sharpness),
  }))
  .filter(
    (given): given is { latent: number[]; pull: WordPull } =>
      given.pull !== null && given.pull.scale > 1e-6,
  );

describe('drawing words apart', () => {
  it('is z + A · Uᵀ softmax(β (M z + b))', () => {
    // Computed with NumPy 2 from the formula, float64, for M, b, A = 20 and β = 1.5 as above.
    expect(PULL.scale).toBeCloseTo(0.9726893078833084, 14);
    const golden = [
      [
        [0.5, -1, 2],
        [8.978933602037285, -10.186694073905866, 9.497893057950307],
      ],
      [
        [0, 0, 0],
        [1.91728194651402, -1.1940778398804166, -2.7094267779592665],
      ],
      [
        [-0.3, 0.2, 0.1],
        [-3.1443920707694906, 2.0959066206004744, 0.05530861464054607],
      ],
    ] as const;
    for (const [latent, place] of golden)
      expect(distance(drawnApart(latent, PULL), place)).toBeLessThan(1e-12);
  });

  it('is undone by Newton’s method', () => {
    // The root that scipy.optimize.fsolve finds of the same formula, and BFGS the same of the convex function.
    const golden = [0.9438614250721077, 0.7880777273728369, 0.9577438439544728];
    expect(distance(latentDrawnAt([5, -3, 4], PULL), golden)).toBeLessThan(1e-8);
  });

  it('is undone to within 1e-8, whatever the head, the amount and the sharpness', () => {
    fc.assert(
      fc.property(pulled, ({ latent, pull }) => {
        expect(distance(latentDrawnAt(drawnApart(latent, pull), pull), latent)).toBeLessThan(1e-8);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves no place of the map without a latent', () => {
    fc.assert(
      fc.property(pulled, ({ latent: place, pull }) => {
        expect(distance(drawnApart(latentDrawnAt(place, pull), pull), place)).toBeLessThan(1e-8);
      }),
      { numRuns: 500 },
    );
  });

  it('never brings two latents nearer to each other: it is the gradient of a convex function', () => {
    fc.assert(
      fc.property(pulled, fc.array(number(20), { minLength: 12, maxLength: 12 }), (given, far) => {
        const other = given.latent.map((_, d) => far[d] ?? 0);
        const apart = distance(drawnApart(given.latent, given.pull), drawnApart(other, given.pull));
        expect(apart).toBeGreaterThanOrEqual(distance(given.latent, other) * (1 - 1e-9) - 1e-9);
      }),
    );
    // ½ |z|² + A / (β s) · logsumexp(β (M z + b)) less the mean row of M, by central differences.
    const { weight, bias, amount, sharpness, scale } = PULL;
    const potential = (z: readonly number[]): number => {
      const logits = weight.map(
        (factors, word) =>
          sharpness *
          factors.reduce((sum, factor, d) => sum + factor * (z[d] ?? 0), bias[word] ?? 0),
      );
      const mean = z.reduce(
        (sum, value, d) =>
          sum + (value * weight.reduce((all, of) => all + (of[d] ?? 0), 0)) / weight.length,
        0,
      );
      const logSum = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0));
      const half = z.reduce((sum, value) => sum + (value * value) / 2, 0);
      return half + (amount / scale) * (logSum / sharpness - mean);
    };
    const at = [0.5, -1, 2];
    const slopes = at.map((_, d) => {
      const moved = (by: number): number[] => at.map((value, i) => (i === d ? value + by : value));
      return (potential(moved(1e-5)) - potential(moved(-1e-5))) / 2e-5;
    });
    expect(distance(slopes, drawnApart(at, PULL))).toBeLessThan(1e-6);
  });

  it('changes nothing at the amount 0', () => {
    const still = known(pullOf(HEAD, 0, 3));
    expect(drawnApart([0.5, -1, 2], still)).toEqual([0.5, -1, 2]);
    expect(latentDrawnAt([0.5, -1, 2], still)).toEqual([0.5, -1, 2]);
  });

  it('finds the latent of places as far away as a file may put them', () => {
    const place = [1e6, -1e6, 1e6];
    expect(distance(drawnApart(latentDrawnAt(place, PULL), PULL), place)).toBeLessThan(1e-6);
  });

  it('says so where it finds no latent', () => {
    expect(() => latentDrawnAt([Number.NaN, 0, 0], PULL)).toThrow(InputError);
  });
});

describe('what draws the words of a model apart', () => {
  it('is its word head', () => {
    const model = wordHeadModel();
    const { weight, bias, amount, sharpness } = known(wordPull(model, 50));
    expect([weight.length, weight[0]?.length, bias.length]).toEqual([2, 3, 2]);
    expect([amount, sharpness]).toEqual([50, SHARPNESS]);
  });

  it('is nothing without one, or where it tells no words apart', () => {
    expect(wordPull(sampleModel(), 50)).toBeNull();
    expect(
      pullOf(
        {
          weight: [
            [1, 2],
            [1, 2],
          ],
          bias: [0, 1],
        },
        50,
        3,
      ),
    ).toBeNull();
  });
});
