import { expect, it } from 'vitest';
import { peopleFigure } from './people-figure';

it('counts each row once, or each person', () => {
  const { byRows, byPeople, rowsInterval, peopleInterval } = peopleFigure(
    [1, 1, 1, 0, 0.5],
    [7, 7, 7, 9, 9],
  );
  expect(byRows).toBeCloseTo(0.7, 12);
  expect(byPeople).toBeCloseTo((1 + 0.25) / 2, 12);
  expect([rowsInterval, peopleInterval]).toEqual([null, null]);
});

it('has an interval as wide as people differ, not as rows do', () => {
  // Six people of 100 rows each, half of them always 1, half always 0.
  const people = Array.from({ length: 600 }, (_, row) => Math.floor(row / 100));
  const { byRows, rowsInterval } = peopleFigure(
    people.map((person) => person % 2),
    people,
  );
  expect(byRows).toBe(0.5);
  // The share of ones among six drawn is 1/6 or less with chance 7/64, and 0 with chance 1/64.
  expect(rowsInterval?.[0]).toBeLessThanOrEqual(1 / 6);
  expect(rowsInterval?.[1]).toBeGreaterThanOrEqual(5 / 6);
  const alike = peopleFigure(
    people.map((_, row) => row % 2),
    people,
  );
  expect(alike.rowsInterval).toEqual([0.5, 0.5]);
});
