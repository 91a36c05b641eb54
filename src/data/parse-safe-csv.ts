/** A data file's bytes to usable rows and the reasons why others are not. */
import { InputError } from '../base/input-error';
import { sha256Hex } from '../base/sha256';
import { PARAMETER_COUNT } from '../eq/parameters';
import type { AwaitedOnShare } from '../base/share';
import { columnReader } from './column-reader';
import { detectDialect, withoutTail, type Dialect } from './csv-dialect';
import { visitRecords } from './csv-records';
import { decodeText } from './csv-text';
import { fileFormat, KNOWN_WIDTHS, type FileFormat } from './file-format';
import type { ReadChoices, Reading } from './reading';
import { dialectNotes, EACH_ROW_ITS_OWN } from './reading-notes';
import { RowCollector } from './row-collector';
import type { SafeData } from './rows';
import { isName, SAFE_COLUMNS } from './safe-row';
import { socialFxReader } from './socialfx-reader';

const BROKEN_QUOTES = 'The row has a quote that is not closed or not escaped.';

/** Fewer cells a row than this are text rather than a table. */
const LEAST_TABLE = 3;

/**
 * Reads a CSV of labelled equaliser settings: SAFE-DB's, SocialFX's, or one with a header of its own
 * whose columns are chosen. Its text may be UTF-8 or UTF-16, its cells separated by commas,
 * semicolons, tabs or bars, its decimals by points or commas; `reading` says what was found.
 *
 * Addresses of contributors become numbers here and go no further; of the other personal columns of
 * SAFE-DB it is only counted how many rows filled them.
 *
 * @param options.synthetic true when the bytes are the project's own sample
 * @param onShare           is given how much of the file is read, from 0 to 1 and never less than
 *   before; what it throws ends the reading
 * @throws ColumnsNeeded (an InputError) when the file has a header of its own and no mapping is given
 * @throws InputError when the file is empty, too large, not text, or has no usable row, and when the
 *   choices do not suit it
 */
export async function parseSafeCsv(
  bytes: Uint8Array,
  options: ReadChoices & { synthetic: boolean },
  onShare: AwaitedOnShare = () => Promise.resolve(),
): Promise<SafeData> {
  const { synthetic, ...choices } = options;
  await onShare(0);
  const decoded = decodeText(bytes);
  // With one kind of line break, a file that mixes them needs no guessing.
  const text = decoded.text.replace(/\r\n?/g, '\n');
  const dialect = detectDialect(text, KNOWN_WIDTHS);
  if (dialect.sample.length === 0) throw new InputError('The file is empty: it holds no rows.');
  const format = fileFormat(dialect, choices);
  const collector = new RowCollector();
  const reader =
    format.kind === 'socialfx'
      ? socialFxReader(format.layout, dialect, choices.language, collector)
      : columnReader(format, dialect, choices.instrument, collector);

  let records = 0;
  const visits = visitRecords(text, dialect, ({ line, cells, brokenQuotes }) => {
    if (brokenQuotes) collector.reject(line, { column: null, reason: BROKEN_QUOTES });
    else if (records > 0 || !format.header) reader.read(line, withoutTail(cells, dialect));
    records++;
  });
  const visiting = 1 - reader.finishing;
  for (const share of visits) await onShare(visiting * share);

  const { personal, notes, ...found } = await reader.finish((share) =>
    onShare(visiting + reader.finishing * share),
  );
  const { rows, rejected, rejectedTotal } = collector;
  if (rows.length === 0) throw new InputError(nothingUsable(collector, dialect, format));
  const header = format.kind === 'safe-db' && format.header;
  const reading: Reading = {
    format: format.kind,
    ...found,
    notes: [
      ...dialectNotes(dialect, decoded.encoding, header),
      ...notes,
      ...(found.contributorsKnown ? [] : [EACH_ROW_ITS_OWN]),
    ],
  };
  const sha256 = await hashOf(bytes, reading);
  await onShare(1);
  return {
    rows,
    rejected,
    rejectedTotal,
    ...(personal !== undefined && { personal }),
    reading,
    sha256,
    synthetic,
  };
}

/** The bytes alone where there was nothing to choose: the hash that SAFE-DB is known by. */
async function hashOf(bytes: Uint8Array, { choices }: Reading): Promise<string> {
  const hash = await sha256Hex(bytes);
  if (Object.keys(choices).length === 0) return hash;
  return sha256Hex(new TextEncoder().encode(`${hash}\n${JSON.stringify(choices)}`));
}

function nothingUsable(
  { rejected, rejectedTotal }: RowCollector,
  dialect: Dialect,
  format: FileFormat,
): string {
  const [cause] = rejected;
  if (cause === undefined || isHeaderAlone(dialect)) {
    return 'The file has no row below its header line.';
  }
  const column = cause.column === null ? '' : `, column ${String(cause.column)}`;
  const rows =
    rejectedTotal === 1 ? 'The one row cannot' : `None of the ${String(rejectedTotal)} rows can`;
  const cure = format.header ? '' : cureFor(dialect);
  return `${rows} be used; line ${String(cause.line)}${column}: ${cause.reason}${cure}`;
}

function isHeaderAlone({ sample }: Dialect): boolean {
  const [first = [], ...others] = sample;
  return others.length === 0 && first.length >= LEAST_TABLE && first.every(isName);
}

/** What can be done about a file whose rows have another number of cells than SAFE-DB's. */
function cureFor({ columns, delimiter }: Dialect): string {
  if (columns === SAFE_COLUMNS) return '';
  if (columns < LEAST_TABLE) {
    return ' Cells may be separated by commas, semicolons, tabs or vertical bars.';
  }
  // Each of the 13 parameters may have fallen into two cells.
  if (delimiter === ',' && columns > SAFE_COLUMNS && columns <= SAFE_COLUMNS + PARAMETER_COUNT) {
    return ' Where its decimals have commas, its cells need another separator: save it with semicolons.';
  }
  return ' A file with other columns than SAFE-DB’s can be read when its first line names them.';
}
