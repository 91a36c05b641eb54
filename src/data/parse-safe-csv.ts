/** A SAFE-DB file's bytes to usable rows and the reasons why others are not. */
import { InputError } from '../base/input-error';
import { forEachRecord, type CsvRecord } from './csv-records';
import type { RejectedRow, SafeData, SafeRow } from './rows';
import { checkRow, looksLikeHeader, PERSONAL_COLUMNS } from './safe-row';
import { sha256Hex } from '../base/sha256';

const MAX_MEGABYTES = 64;

/** A hopeless file would else list as many rejections as it has lines. */
const MAX_REJECTED = 1000;

const HEADER_REASON = 'The row was taken as a header: it names its columns.';

/**
 * Reads a SAFE-DB CSV: no header, UTF-8 with or without a byte order mark, 25 columns.
 *
 * Addresses of contributors become numbers here and go no further; of the other personal columns it
 * is only counted how many rows filled them.
 *
 * @param options.synthetic true when the bytes are the project's own sample
 * @throws InputError when the file is empty, over 64 MB, not text, or has no usable row
 */
export async function parseSafeCsv(
  bytes: Uint8Array,
  options: { synthetic: boolean },
): Promise<SafeData> {
  const text = decode(bytes);
  const rows: SafeRow[] = [];
  const rejected: RejectedRow[] = [];
  let rejectedTotal = 0;
  let records = 0;
  const contributors = new Map<string, number>();
  const personal = PERSONAL_COLUMNS.map((at) => ({ column: at + 1, rows: 0 }));

  const reject = (line: number, column: number | null, reason: string): void => {
    rejectedTotal++;
    if (rejected.length < MAX_REJECTED) rejected.push({ line, column, reason });
  };

  forEachRecord(text, (record) => {
    const { line, cells } = record;
    records++;
    if (record.brokenQuotes) {
      reject(line, null, `The row${span(record)} has a quote that is not closed or not escaped.`);
      return;
    }
    if (records === 1 && looksLikeHeader(cells)) {
      reject(line, null, HEADER_REASON);
      return;
    }
    const checked = checkRow(cells);
    if ('reason' in checked) {
      reject(line, checked.column, checked.reason);
      return;
    }
    const { address, word, label, setting } = checked;
    const contributor = contributors.get(address) ?? contributors.size + 1;
    contributors.set(address, contributor);
    for (const found of personal) if (cells[found.column - 1]?.trim() !== '') found.rows++;
    const written = label === word ? {} : { label };
    rows.push({ line, word, ...written, contributor, setting });
  });

  if (records === 0) throw new InputError('The file is empty: it holds no rows.');
  if (rows.length === 0) throw new InputError(nothingUsable(rejectedTotal, rejected));
  const sha256 = await sha256Hex(bytes);
  return { rows, rejected, rejectedTotal, personal, sha256, synthetic: options.synthetic };
}

function decode(bytes: Uint8Array): string {
  const megabytes = bytes.length / 2 ** 20;
  if (megabytes > MAX_MEGABYTES) {
    throw new InputError(
      `The file has ${megabytes.toFixed(1)} MB; at most ${String(MAX_MEGABYTES)} MB can be read.`,
    );
  }
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    throw new InputError(
      `The file is not UTF-8 text: byte ${String(zero + 1)} is zero, as in binary files and UTF-16.`,
    );
  }
  // Bytes that are not UTF-8 become U+FFFD and spoil their own row only, and only in the label.
  return new TextDecoder('utf-8').decode(bytes);
}

function span({ line, lastLine }: CsvRecord): string {
  return lastLine > line ? `, down to line ${String(lastLine)},` : '';
}

function nothingUsable(total: number, rejected: readonly RejectedRow[]): string {
  // A header says nothing about why the rows below it failed.
  const cause = rejected.find(({ reason }) => reason !== HEADER_REASON) ?? rejected[0];
  if (cause === undefined) return 'The file has no usable row.';
  const column = cause.column === null ? '' : `, column ${String(cause.column)}`;
  const rows = total === 1 ? 'The one row cannot' : `None of the ${String(total)} rows can`;
  return `${rows} be used; line ${String(cause.line)}${column}: ${cause.reason}`;
}
