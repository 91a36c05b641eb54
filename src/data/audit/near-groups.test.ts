import { expect, it } from 'vitest';
import { nearGroups } from './near-groups';

it('groups each row with the earliest first row that is near', () => {
  const values = [0, 5, 0.9, 1.8, 0.5, 5.9];
  const groups = nearGroups(
    values.map((value) => [Math.floor(value)]),
    (first, row) => Math.abs((values[first] ?? 0) - (values[row] ?? 0)) <= 1,
  );
  // 1.8 is near 0.9, which is no first row.
  expect(groups).toEqual([[0, 2, 4], [1, 5], [3]]);
});

it('does so without comparing each row with each', () => {
  let compared = 0;
  const places = Array.from({ length: 40_000 }, (_, i) => [0, i % 200, 0, 2 * Math.floor(i / 200)]);
  const groups = nearGroups(places, () => {
    compared++;
    return false;
  });
  expect(groups).toHaveLength(places.length);
  expect(compared).toBeGreaterThan(0);
  // There are 20,000 pairs a row.
  expect(compared / places.length).toBeLessThan(50);
});
