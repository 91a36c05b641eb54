import type { SafeRow } from '../rows';

/** The rows by a key of theirs, in file order; groups in the order of their first row. */
export function groupsBy(rows: readonly SafeRow[], keyOf: (row: SafeRow) => string): SafeRow[][] {
  const groups = new Map<string, SafeRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const own = groups.get(key);
    if (own === undefined) groups.set(key, [row]);
    else own.push(row);
  }
  return [...groups.values()];
}
