/** CSV text to records, each with the line of the file it starts on. */
import Papa from 'papaparse';

export interface CsvRecord {
  /** Line the record starts on, from 1. */
  readonly line: number;
  /** Last line of the record: later than `line` when a quoted field holds line breaks. */
  readonly lastLine: number;
  readonly cells: readonly string[];
  /** The record's quotes do not pair up, so its cells cannot be trusted. */
  readonly brokenQuotes: boolean;
}

/**
 * How many characters may be read twice in all, so that a file made of stray quotes costs no more
 * than a few readings.
 */
const REREAD_BUDGET = 4_000_000;

/**
 * Calls `visit` with each record of a CSV text in order. Blank lines are passed over.
 *
 * A quote that is opened and not closed would swallow the lines after it: such a record is
 * reported as broken for its first line alone and reading goes on at the next line, within
 * {@link REREAD_BUDGET}.
 */
export function forEachRecord(text: string, visit: (record: CsvRecord) => void): void {
  // With one kind of line break, a file that mixes them needs no guessing.
  let rest = text.replace(/\r\n?/g, '\n');
  let budget = REREAD_BUDGET;
  let line = 1;
  for (;;) {
    const firstLine = line;
    /** Line to go on at after a quote that swallowed lines; 0 when there was none. */
    let resumeAt = 0;
    Papa.parse<string[]>(rest, {
      delimiter: ',',
      newline: '\n',
      step: ({ data: cells, errors }, parser) => {
        if (cells.length === 1 && cells[0] === '') {
          line++;
          return;
        }
        const brokenQuotes = errors.some((error) => error.type === 'Quotes');
        const lastLine = line + sum(cells, countLineBreaks);
        if (brokenQuotes && lastLine > line) {
          budget -= sum(cells, (cell) => cell.length);
          if (budget >= 0) {
            visit({ line, lastLine: line, cells, brokenQuotes });
            resumeAt = line + 1;
            parser.abort();
            return;
          }
        }
        if (cells.length > 1 || cells[0]?.trim() !== '') {
          visit({ line, lastLine, cells, brokenQuotes });
        }
        line = lastLine + 1;
      },
    });
    if (resumeAt === 0) return;
    line = resumeAt;
    rest = rest.slice(startOfLine(rest, line - firstLine));
  }
}

function sum(cells: readonly string[], measure: (cell: string) => number): number {
  return cells.reduce((total, cell) => total + measure(cell), 0);
}

function countLineBreaks(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) breaks++;
  return breaks;
}

/** Offset of the line that follows `breaks` line breaks. */
function startOfLine(text: string, breaks: number): number {
  let at = 0;
  for (let i = 0; i < breaks; i++) at = text.indexOf('\n', at) + 1;
  return at;
}
