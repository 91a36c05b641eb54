/** Which column of a table is which run's: its head has the run's name, with a unit or without. */

/** @returns null where none is */
export function columnOf(columns: readonly string[], run: string | null): number | null {
  const at = columns.findIndex((column) => runOf(column) === run);
  return at < 0 ? null : at;
}

/** The run of a column; null where it is of none. */
export function runAt(
  columns: readonly string[],
  column: number | null,
  runs: readonly string[],
): string | null {
  const name = column === null ? null : runOf(columns[column] ?? '');
  return runs.find((known) => known === name) ?? null;
}

function runOf(column: string): string {
  return column.replace(/, dB$/, '');
}
