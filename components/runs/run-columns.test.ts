import { expect, it } from 'vitest';
import { columnOf, runAt } from './run-columns';

const columns = ['Word', 'Held-out rows', 'Flat, dB', 'mine, dB', 'mine (2), dB'];
const runs = ['mine', 'mine (2)'];

it('finds the column of a run and the run of a column, with a unit or without', () => {
  expect(columnOf(columns, 'mine (2)')).toBe(4);
  expect(columnOf(['Figure', 'Better', ...runs], 'mine')).toBe(2);
  expect(columnOf(columns, null)).toBeNull();
  expect(columnOf(columns, 'other')).toBeNull();
  expect(runAt(columns, 3, runs)).toBe('mine');
  expect([0, 2, 9, null].map((column) => runAt(columns, column, runs))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
