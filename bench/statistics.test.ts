import { describe, expect, it } from 'vitest';
import { rotated, spreadOf } from './statistics';

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

describe('rotated', () => {
  it('lets another one begin each round, and all have their turn', () => {
    const rounds = [0, 1, 2, 3].map((round) => rotated(['a', 'b', 'c'], round).join(''));
    expect(rounds).toEqual(['abc', 'bca', 'cab', 'abc']);
    expect(rotated([], 2)).toEqual([]);
  });
});
