import { expect, it } from 'vitest';
import { sameJson } from './same-json';

const VALUES: readonly unknown[] = [
  null,
  0,
  '0',
  false,
  [],
  {},
  [0],
  [0, [1]],
  [[1], 0],
  { 0: 0 },
  { a: null },
  { b: null },
  { a: 1, b: [{}] },
  { a: 1, b: [[]] },
];

it('the same is what has the same parts, and nothing else', () => {
  VALUES.forEach((value, i) => {
    VALUES.forEach((other, j) => {
      expect(sameJson(value, structuredClone(other))).toBe(i === j);
    });
  });
  expect(sameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
});
