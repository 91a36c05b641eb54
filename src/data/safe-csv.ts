/** A data set as a file like SAFE-DB's. */
import Papa from 'papaparse';
import type { SafeData, SafeRow } from './rows';
import {
  ADDRESS_COLUMN,
  FIRST_PARAMETER_COLUMN,
  GENRE_COLUMN,
  INSTRUMENT_COLUMN,
  SAFE_COLUMNS,
  WORD_COLUMN,
} from './safe-row';

/**
 * Its rows as 25 columns without a header: labels as they were written, contributors by their
 * numbers. What was personal is not there to be written.
 */
export function safeCsv({ rows }: Pick<SafeData, 'rows'>): string {
  return `${Papa.unparse(rows.map(cellsOf), { newline: '\n' })}\n`;
}

function cellsOf(row: SafeRow): string[] {
  const cells = Array.from({ length: SAFE_COLUMNS }, () => '');
  cells[0] = String(row.line);
  cells[WORD_COLUMN] = row.label ?? row.word;
  cells[ADDRESS_COLUMN] = `contributor ${String(row.contributor)}`;
  row.setting.forEach((value, i) => {
    cells[FIRST_PARAMETER_COLUMN + i] = String(value);
  });
  cells[GENRE_COLUMN] = row.genre ?? '';
  cells[INSTRUMENT_COLUMN] = row.instrument ?? '';
  return cells;
}
