import { describe, expect, it } from 'vitest';
import { quantile, rotated, spreadOf } from './statistics';

describe('spreadOf', () => {
  it('takes the middle of an odd number of values, in any order', () => {
    expect(spreadOf([9, 1, 100, 2, 3])).toEqual({ median: 3, smallest: 1, largest: 100 });
  });

  it('takes the mean of the two in the middle of an even number', () => {
    expect(spreadOf([10, 2, 4, 1])).toEqual({ median: 3, smallest: 1, largest: 10 });
  });

  it('does not sort as words', () => {
    expect(spreadOf([10, 9, 8]).median).toBe(9);
  });
});

describe('quantile', () => {
  it('is the least value that the share does not exceed', () => {
    const values = Array.from({ length: 20 }, (_, i) => 20 - i);
    expect([0, 0.05, 0.5, 0.95, 1].map((share) => quantile(values, share))).toEqual([
      1, 1, 10, 19, 20,
    ]);
    expect(() => quantile([], 0.5)).toThrow('There are no values.');
  });
});

describe('rotated', () => {
  it('lets another one begin each round, and all have their turn', () => {
    const rounds = [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''));
    expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
    expect(rotated([], 2)).toEqual([]);
  });
});
