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

/** Characters of a piece of text, which is read in one go; it ends with a whole record. */
const PIECE = 2 ** 17;

/**
 * Calls `visit` with each record of a CSV text in order. Blank lines are passed over.
 *
 * A quote that is opened and not closed would swallow the lines after it. The lines on which one
 * stands are found first and kept from the parser, so that each loses its own line alone, however
 * long the file; see {@link piecesOf}.
 *
 * @param text with line breaks as \n
 * @returns the visits, piece by piece as it is asked for them: after each piece, how much of the text
 *   has been visited, up to 1
 */
export function* visitRecords(
  text: string,
  dialect: Dialect,
  visit: (record: CsvRecord) => void,
): Generator<number, void> {
  const { delimiter, start } = dialect;
  for (const piece of piecesOf(text.slice(start), start === 0 ? 1 : 2, dialect)) {
    visitPiece(piece, delimiter, visit);
    yield (start + piece.end) / text.length;
  }
}

function visitPiece(
  { kept, firstLine, strayLines }: Piece,
  delimiter: string,
  visit: (record: CsvRecord) => void,
): void {
  let line = firstLine;
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

interface Piece {
  /** The piece's text without its stray lines. */
  readonly kept: string;
  /** Number of the piece's first line. */
  readonly firstLine: number;
  /** Numbers of the lines on which a quote is stray, in order. */
  readonly strayLines: readonly number[];
  /** Where the piece ends in the text. */
  readonly end: number;
}

/**
 * The text in pieces of whole records, without the lines on which a quote is opened that is not
 * closed: none follows, or what follows it is neither a delimiter nor a line's end, or the record
 * goes on to further lines and then has another number of cells than the file's records have.
 *
 * Each opened quote is followed to the next that is not doubled, and no further: text between is
 * looked at once for each cell of a record at most, so the cost grows with the length of the text.
 *
 * @param firstLine number of the text's first line
 */
function* piecesOf(text: string, firstLine: number, dialect: Dialect): Generator<Piece, void> {
  let pieceLine = firstLine;
  let strayLines: number[] = [];
  let kept: string[] = [];
  let keptTo = 0;
  let line = firstLine;
  let start = 0;
  let pieceStart = 0;
  let quote = text.indexOf('"');
  while (start < text.length) {
    const lineEnd = endOfLine(text, start);
    let end = lineEnd;
    if (quote !== -1 && quote <= lineEnd) {
      const record = followRecord(text, start, dialect);
      if (record === null) {
        strayLines.push(line);
        if (start > keptTo) kept.push(text.slice(keptTo, start));
        keptTo = lineEnd + 1;
      } else {
        end = record.end;
        line += record.lineBreaks;
      }
      if (quote <= end) quote = text.indexOf('"', end + 1);
    }
    start = end + 1;
    line++;
    if (start - pieceStart < PIECE && start < text.length) continue;
    if (start > keptTo) kept.push(text.slice(keptTo, start));
    yield {
      kept: kept.join(''),
      firstLine: pieceLine,
      strayLines,
      end: Math.min(start, text.length),
    };
    pieceStart = keptTo = start;
    pieceLine = line;
    strayLines = [];
    kept = [];
  }
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
