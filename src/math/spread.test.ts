import { expect, it } from 'vitest';
import { spreadOf } from './spread';

it('is mean and sample standard deviation, none of one run', () => {
  expect(spreadOf([1, 2, 3, 6])).toEqual({
    mean: 3,
    deviation: Math.sqrt(14 / 3),
    values: [1, 2, 3, 6],
  });
  expect(spreadOf([5])).toEqual({ mean: 5, deviation: null, values: [5] });
});
