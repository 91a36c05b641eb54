/** Which cells of a comparison's row are the best of it. */
import type { TextTable } from '../../src/base/table-text';

/** What a table calls the column that says which way is better. */
const DIRECTION = 'Better';

/**
 * Places of the row's best values, none where it has no direction, fewer than two numbers, or the
 * same number throughout.
 *
 * @param row a row of the table
 */
export function bestCells(
  { columns }: Pick<TextTable, 'columns'>,
  row: TextTable['rows'][number],
): ReadonlySet<number> {
  const at = columns.indexOf(DIRECTION);
  const direction = at < 0 ? null : row[at];
  if (direction !== 'lower' && direction !== 'higher') return new Set();
  const told = row.flatMap((cell, place) => {
    const value = cell === null || place <= at ? NaN : Number(cell.replace('−', '-'));
    return Number.isFinite(value) ? [{ place, value }] : [];
  });
  const values = told.map(({ value }) => value);
  const best = direction === 'lower' ? Math.min(...values) : Math.max(...values);
  if (values.length < 2 || values.every((value) => value === best)) return new Set();
  return new Set(told.filter(({ value }) => value === best).map(({ place }) => place));
}
