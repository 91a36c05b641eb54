import { describe, expect, it } from 'vitest';
import { SampleOf, sampleRows } from './sample-rows';

const rows = Array.from({ length: 10_000 }, (_, i) => 3 * i);

describe('sampleRows', () => {
  it('gives all rows where there are no more than wanted', () => {
    expect(sampleRows([5, 2, 9], 3, SampleOf.figures)).toEqual([5, 2, 9]);
    expect(sampleRows([], 3, SampleOf.figures)).toEqual([]);
  });

  it('gives exactly so many, in their order, none twice, and the same ones again', () => {
    const sample = sampleRows(rows, 777, SampleOf.figures);
    expect(sample).toHaveLength(777);
    expect(new Set(sample).size).toBe(777);
    expect(sample).toEqual(sample.toSorted((a, b) => a - b));
    expect(sampleRows(rows, 777, SampleOf.figures)).toEqual(sample);
    expect(sampleRows(rows, 777, SampleOf.clusters)).not.toEqual(sample);
  });

  it('takes from the beginning, the middle and the end alike', () => {
    const sample = sampleRows(rows, 2000, SampleOf.figures);
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = sample.filter((row) => Math.floor(row / 3000) === tenth).length;
      // 200 on average, with a standard deviation of 12 (hypergeometric).
      expect(Math.abs(inside - 200)).toBeLessThan(50);
    }
  });
});
