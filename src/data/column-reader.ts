/** Reads rows whose 13 parameters are columns: SAFE-DB's, or those that somebody chose. */
import { thousands } from '../base/number-text';
import type { ColumnMapping } from './column-mapping-schema';
import { plainNumber, type Dialect } from './csv-dialect';
import type { FormatReader } from './format-reader';
import { chosenInstrument, instrumentsOf, sourceName } from './instruments';
import type { RowCollector } from './row-collector';
import type { SafeRow } from './rows';
import {
  checkRow,
  GENRE_COLUMN,
  INSTRUMENT_COLUMN,
  PERSONAL_COLUMNS,
  SAFE_COLUMNS,
} from './safe-row';

/** @param wanted of a SAFE-DB file, the instrument whose rows alone are wanted; without, all rows */
export function columnReader(
  { kind, mapping }: { kind: 'safe-db' | 'columns'; mapping: ColumnMapping },
  dialect: Dialect,
  wanted: string | undefined,
  collector: RowCollector,
): FormatReader {
  const width = kind === 'safe-db' ? SAFE_COLUMNS : (dialect.sample[0]?.length ?? 0);
  const toNumber = (cell: string): string => plainNumber(cell, dialect);
  /** Of each usable row, which of the personal columns are filled. */
  const filled: boolean[][] = [];
  return {
    read: (line, cells) => {
      const checked = checkRow(cells, mapping, width, toNumber);
      if ('reason' in checked) {
        collector.reject(line, checked);
        return;
      }
      if (kind === 'columns') {
        collector.add(line, checked);
        return;
      }
      filled.push(PERSONAL_COLUMNS.map((column) => cells[column]?.trim() !== ''));
      collector.add(line, checked, sourceOf(cells));
    },
    finishing: 0,
    finish: () => {
      const found = { contributorsKnown: mapping.contributor !== null, languages: [] };
      if (kind === 'columns') return { ...found, notes: [], choices: { mapping } };
      const instruments = instrumentsOf(collector.rows);
      const instrument = wanted === undefined ? null : chosenInstrument(instruments, wanted);
      const isKept = (row: SafeRow | undefined): boolean =>
        instrument === null || row?.instrument === instrument;
      const personal = PERSONAL_COLUMNS.map((column, i) => ({
        column: column + 1,
        rows: filled.filter((of, row) => of[i] === true && isKept(collector.rows[row])).length,
      }));
      const total = collector.rows.length;
      collector.retain(isKept);
      return {
        ...found,
        ...(instruments.length > 0 && { instruments }),
        notes:
          instrument === null ? [] : [instrumentNote(instrument, collector.rows.length, total)],
        choices: instrument === null ? {} : { instrument },
        personal,
      };
    },
  };
}

function sourceOf(cells: readonly string[]): Pick<SafeRow, 'instrument' | 'genre'> {
  const genre = sourceName(cells[GENRE_COLUMN] ?? '');
  const instrument = sourceName(cells[INSTRUMENT_COLUMN] ?? '');
  return { ...(instrument !== null && { instrument }), ...(genre !== null && { genre }) };
}

function instrumentNote(instrument: string, rows: number, total: number): string {
  return `Only the rows whose instrument is “${instrument}” were read: ${thousands(rows)} of ${thousands(total)}.`;
}
