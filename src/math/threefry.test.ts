import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { randomBits, randomPermutation, randomUniform, Stream, threefry2x32 } from './threefry';

describe('threefry2x32', () => {
  // The known answers published with the authors' Random123 library for threefry2x32, 20 rounds.
  const published: { counter: [number, number]; key: [number, number]; answer: number[] }[] = [
    { counter: [0, 0], key: [0, 0], answer: [0x6b200159, 0x99ba4efe] },
    {
      counter: [0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      answer: [0x1cb996fc, 0xbb002be7],
    },
    {
      counter: [0x243f6a88, 0x85a308d3],
      key: [0x13198a2e, 0x03707344],
      answer: [0xc4923a9c, 0x483df7a0],
    },
  ];
  it.each(published)('gives the published answer for key $key', ({ counter, key, answer }) => {
    expect(threefry2x32(...key, ...counter)).toEqual(answer);
    expect(randomBits(...key, ...counter)).toBe(answer[0]);
  });
});

describe('randomUniform', () => {
  const draws = (count: number, stream: number, step = 0): number[] =>
    Array.from({ length: count }, (_, i) => randomUniform(7, stream, step, i));

  it('fills [0, 1) evenly: chi-squared over 64 bins', () => {
    const bins = new Array<number>(64).fill(0);
    const drawn = draws(64_000, Stream.weights);
    expect(drawn.filter((u) => !(u >= 0 && u < 1))).toEqual([]);
    for (const u of drawn) {
      bins[Math.floor(u * 64)] = (bins[Math.floor(u * 64)] ?? 0) + 1;
    }
    const chiSquared = bins.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    // 63 degrees of freedom: mean 63; 0.001 quantiles 32.3 and 103.4.
    expect(chiSquared).toBeGreaterThan(32.3);
    expect(chiSquared).toBeLessThan(103.4);
  });

  it('is exact in float32', () => {
    const drawn = draws(1000, Stream.dropout);
    expect(drawn.map(Math.fround)).toEqual(drawn);
  });

  it('gives unrelated numbers on different streams, seeds and steps', () => {
    const base = draws(20_000, Stream.weights);
    const others = [
      draws(20_000, Stream.shuffle),
      draws(20_000, Stream.weights, 1),
      Array.from({ length: 20_000 }, (_, i) => randomUniform(8, Stream.weights, 0, i)),
    ];
    for (const other of others) {
      const covariance =
        base.reduce((sum, u, i) => sum + (u - 0.5) * ((other[i] ?? 0) - 0.5), 0) / base.length;
      // The correlation's standard deviation is 1/√20000 = 0.0071; four of them.
      expect(Math.abs(covariance * 12)).toBeLessThan(0.0283);
    }
  });
});

describe('randomPermutation', () => {
  it('holds every index once, and the same ones again for the same key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(300), (seed, length) => {
        const order = randomPermutation(seed, Stream.split, 0, length);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length }, (_, i) => i));
        expect(randomPermutation(seed, Stream.split, 0, length)).toEqual(order);
      }),
    );
  });

  it('gives each of the 24 orders of four things about equally often', () => {
    const counts = new Map<string, number>();
    for (let step = 0; step < 24_000; step++) {
      const order = randomPermutation(3, Stream.shuffle, step, 4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    const chiSquared = [...counts.values()].reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0);
    // 23 degrees of freedom: 0.001 quantile 49.7.
    expect(chiSquared).toBeLessThan(49.7);
  });
});
