/** Tables as text that other programs read. */

/** null: there is nothing to say. */
export type Cell = string | null;

export interface TextTable {
  readonly columns: readonly string[];
  /** As long as `columns`, each. */
  readonly rows: readonly (readonly Cell[])[];
}

/** What a spreadsheet takes for a number, with a sign or without. */
const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * As CSV of RFC 4180, lines ended by CRLF. A cell that a spreadsheet would run as a formula gets a
 * ' in front. Source: RFC 4180, section 2.
 */
export function csvText({ columns, rows }: TextTable): string {
  return [columns, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(cell: Cell): string {
  const text = cell ?? '';
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** As a table of GitHub's Markdown; what would be markup is escaped, so that words stay words. */
export function markdownText({ columns, rows }: TextTable): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.map(markdownCell).join(' | ')} |\n`;
  const rule = columns.map((_, i) => (i === 0 ? ':--' : '--:'));
  return `${line(columns)}| ${rule.join(' | ')} |\n${rows.map(line).join('')}`;
}

function markdownCell(cell: Cell): string {
  if (cell === null) return '–';
  return cell
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\|`*_[\]<>&]/g, (mark) => (mark === '&' ? '&amp;' : `\\${mark}`));
}
