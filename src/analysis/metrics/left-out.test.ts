import { describe, expect, it } from 'vitest';
import { leftOutGains } from './left-out';

/** Curves of one height each, over four points. */
const curves = (...heights: number[]): Float64Array =>
  Float64Array.from(heights.flatMap((height) => [height, height, height, height]));

describe('leftOutGains', () => {
  it('finds what others agree on nearer than a flat curve', () => {
    const { mean, medoid } = leftOutGains(curves(5, 5, 6, 6, 6), [1, 1, 2, 3, 4]);
    // Without person 1 the others' mean is 6: 1 dB off, where a flat curve is 5 dB off. Without one
    // of the others it is 5.5, and their medoid 5: at 0.5 and 1 dB, where a flat curve is at 6 dB.
    expect(mean?.[0]).toBeGreaterThanOrEqual(4);
    expect(mean?.[1]).toBeLessThanOrEqual(5.5);
    expect(medoid?.[0]).toBeGreaterThanOrEqual(4);
    expect(medoid?.[1]).toBeLessThanOrEqual(5);
  });

  it('finds nothing nearer where people disagree', () => {
    const { mean, medoid } = leftOutGains(curves(5, -5, 5, -5), [1, 2, 3, 4]);
    expect(mean?.[0]).toBeLessThan(0);
    expect(medoid?.[0]).toBeLessThan(0);
  });

  it('counts a person once, however many rows they gave', () => {
    const loud = [...new Array<number>(20).fill(6), -6, -6, -6];
    const people = [...new Array<number>(20).fill(1), 2, 3, 4];
    // Of four people, three are 12 dB from what the fourth sets again and again.
    expect(leftOutGains(curves(...loud), people).medoid?.[1]).toBeLessThanOrEqual(0);
  });

  it('cannot tell of fewer than four people', () => {
    expect(leftOutGains(curves(5, 5, 5), [1, 2, 3])).toEqual({ mean: null, medoid: null });
    expect(leftOutGains(curves(5, 5), [1, 1])).toEqual({ mean: null, medoid: null });
    expect(leftOutGains(curves(), [])).toEqual({ mean: null, medoid: null });
  });
});
