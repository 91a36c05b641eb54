/** CSV text to records, each with the line of the file it starts on. */
import Papa from 'papaparse';
import type { Dialect } from './csv-dialect';

export interface CsvRecord {
  /** Line the record starts on, from 1. */
  readonly line: number;
  /** The record's cells; none where its quotes do not pair up, since they could not be trusted. */
  readonly cells: readonly string[];
  readonly brokenQuotes: boolean;
}

/**
 * Calls `visit` with each record of a CSV text in order. Blank lines are passed over.
 *
 * A quote that is opened and not closed would swallow the lines after it. The lines on which one
 * stands are found first and kept from the parser, so that each loses its own line alone, however
 * long the file; see {@link withoutStrayQuotes}.
 *
 * @param text with line breaks as \n
 */
export function forEachRecord(
  text: string,
  dialect: Dialect,
  visit: (record: CsvRecord) => void,
): void {
  const { delimiter, start } = dialect;
  let line = start === 0 ? 1 : 2;
  const { kept, strayLines } = withoutStrayQuotes(text.slice(start), line, dialect);
  let nextStray = 0;
  const visitStray = (): void => {
    for (; strayLines[nextStray] === line; nextStray++, line++) {
      visit({ line, cells: [], brokenQuotes: true });
    }
  };
  Papa.parse<string[]>(kept, {
    delimiter,
    newline: '\n',
    step: ({ data: cells, errors }) => {
      visitStray();
      if (cells.length > 1 || cells[0]?.trim() !== '') {
        const brokenQuotes = errors.some((error) => error.type === 'Quotes');
        visit({ line, cells: brokenQuotes ? [] : cells, brokenQuotes });
      }
      line += 1 + cells.reduce((sum, cell) => sum + countLineBreaks(cell), 0);
    },
  });
  visitStray();
}

/**
 * The text without the lines on which a quote is opened that is not closed: none follows, or what
 * follows it is neither a delimiter nor a line's end, or the record goes on to further lines and
 * then has another number of cells than the file's records have.
 *
 * Each opened quote is followed to the next that is not doubled, and no further: text between is
 * looked at once for each cell of a record at most, so the cost grows with the length of the text.
 *
 * @param firstLine number of the text's first line
 * @returns `strayLines`: the numbers of those lines, in order
 */
function withoutStrayQuotes(
  text: string,
  firstLine: number,
  dialect: Dialect,
): { kept: string; strayLines: readonly number[] } {
  const strayLines: number[] = [];
  const kept: string[] = [];
  let keptTo = 0;
  let line = firstLine;
  let start = 0;
  let quote = text.indexOf('"');
  while (quote !== -1) {
    const lineEnd = endOfLine(text, start);
    if (quote > lineEnd) {
      start = lineEnd + 1;
      line++;
      continue;
    }
    const record = followRecord(text, start, dialect);
    if (record === null) {
      strayLines.push(line);
      if (start > keptTo) kept.push(text.slice(keptTo, start));
      keptTo = lineEnd + 1;
    }
    start = (record?.end ?? lineEnd) + 1;
    line += 1 + (record?.lineBreaks ?? 0);
    if (quote < start) quote = text.indexOf('"', start);
  }
  return { kept: kept.join('') + text.slice(keptTo), strayLines };
}

/** Where the record ends and how many line breaks its cells hold; null where a quote is stray. */
function followRecord(
  text: string,
  start: number,
  { delimiter, columns }: Dialect,
): { end: number; lineBreaks: number } | null {
  let at = start;
  let lineBreaks = 0;
  for (let cells = 1; ; cells++) {
    let end: number;
    if (text[at] === '"') {
      const close = closingQuote(text, at);
      if (close === -1) return null;
      lineBreaks += countLineBreaks(text.slice(at, close));
      end = close + 1;
      while (text[end] === ' ') end++;
    } else {
      end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
    }
    if (end >= text.length || text[end] === '\n') {
      return lineBreaks > 0 && cells !== columns ? null : { end, lineBreaks };
    }
    if (text[end] !== delimiter || (lineBreaks > 0 && cells >= columns)) return null;
    at = end + 1;
  }
}

/** The next quote that is not doubled; -1 when there is none. */
function closingQuote(text: string, open: number): number {
  let at = text.indexOf('"', open + 1);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at === -1 ? text.length : at;
}

function countLineBreaks(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks++;
  return breaks;
}
