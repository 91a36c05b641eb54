import { describe, expect, it } from 'vitest';
import { bestCells } from './best-cells';

const columns = ['Figure', 'Better', 'a', 'b', 'c'];
const best = (...row: (string | null)[]): number[] => [...bestCells({ columns }, row)];

describe('the best of a row', () => {
  it.each<[(string | null)[], number[]]>([
    [['error', 'lower', '0.52', '0.38', '0.40'], [3]],
    [['accuracy', 'higher', '0.52', null, '0.52'], []],
    [['silhouette', 'higher', '−0.12', '+0.05', '−0.30'], [3]],
    [
      ['error', 'lower', '1', '1', '2'],
      [2, 3],
    ],
    [['error', 'lower', '1', null, null], []],
    [['interval', null, '[0, 1]', '[1, 2]', '[2, 3]'], []],
    [['interval', 'lower', '[0, 1]', '0.1', '0.2'], [3]],
  ])('%j is at %j', (row, places) => {
    expect(best(...row)).toEqual(places);
  });

  it('is nowhere in a table without directions', () => {
    expect([...bestCells({ columns: ['Setting', 'a', 'b'] }, ['epochs', '1', '2'])]).toEqual([]);
  });
});
