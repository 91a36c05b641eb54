import { expect, it } from 'vitest';
import { firstAtLeast } from './first-at-least';

it.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [3, 1],
  [3.5, 3],
  [9, 4],
])('finds where %d belongs, at %d', (value, index) => {
  expect(firstAtLeast(Float64Array.of(1, 3, 3, 4), value)).toBe(index);
});

it('begins with nothing', () => {
  expect(firstAtLeast(new Float64Array(), 1)).toBe(0);
});
