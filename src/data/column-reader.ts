/** Reads rows whose 13 parameters are columns: SAFE-DB's, or those that somebody chose. */
import type { ColumnMapping } from './column-mapping-schema';
import { plainNumber, type Dialect } from './csv-dialect';
import type { FormatReader } from './format-reader';
import type { RowCollector } from './row-collector';
import { checkRow, PERSONAL_COLUMNS, SAFE_COLUMNS } from './safe-row';

export function columnReader(
  { kind, mapping }: { kind: 'safe-db' | 'columns'; mapping: ColumnMapping },
  dialect: Dialect,
  collector: RowCollector,
): FormatReader {
  const width = kind === 'safe-db' ? SAFE_COLUMNS : (dialect.sample[0]?.length ?? 0);
  const toNumber = (cell: string): string => plainNumber(cell, dialect);
  const personal = PERSONAL_COLUMNS.map((at) => ({ column: at + 1, rows: 0 }));
  return {
    read: (line, cells) => {
      const checked = checkRow(cells, mapping, width, toNumber);
      if ('reason' in checked) {
        collector.reject(line, checked);
        return;
      }
      for (const found of personal) if (cells[found.column - 1]?.trim() !== '') found.rows++;
      collector.add(line, checked);
    },
    finish: () => ({
      notes: [],
      contributorsKnown: mapping.contributor !== null,
      languages: [],
      choices: kind === 'columns' ? { mapping } : {},
      ...(kind === 'safe-db' && { personal }),
    }),
  };
}
