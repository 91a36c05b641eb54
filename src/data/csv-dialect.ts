/** How a CSV file is written: what separates its cells, and how its numbers look. */
import Papa from 'papaparse';

export type Delimiter = ',' | ';' | '\t' | '|';

export interface Dialect {
  readonly delimiter: Delimiter;
  /** Whether a comma stands before the decimals, as spreadsheets write in most of Europe. */
  readonly decimalComma: boolean;
  /** Where the records start: behind the line `sep=;` that some programs put first. */
  readonly start: number;
  /** Cells that most of the first records have. */
  readonly columns: number;
  /** Empty cells behind those, as of a separator at the end of each line. */
  readonly blankTail: number;
  /** The first records' cells, blank lines left out. */
  readonly sample: readonly (readonly string[])[];
}

/** Of several delimiters that suit equally, the first. */
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t', '|'];

/** What of a file is looked at. */
const SAMPLED_CHARACTERS = 64_000;
const SAMPLED_RECORDS = 100;

const SEPARATOR_LINE = /^sep=([,;\t|])[ \t]*(?:\n|$)/i;

/**
 * Finds out how a text is written, from its first records: the delimiter is the one that gives the
 * most records equally many cells (one of the known widths before any other).
 *
 * @param text        with line breaks as \n
 * @param knownWidths cells of a row in the formats that are known
 */
export function detectDialect(text: string, knownWidths: readonly number[]): Dialect {
  const said = SEPARATOR_LINE.exec(text);
  const start = said?.[0].length ?? 0;
  const sampled = sampleOf(text, start);
  const candidates = said === null ? DELIMITERS : DELIMITERS.filter((each) => each === said[1]);
  const scored = candidates.map((delimiter) => {
    const sample = recordsOf(sampled, delimiter);
    const { width, share } = usualWidth(sample);
    const known = knownWidths.includes(width) ? 1 : 0;
    return { delimiter, sample, width, score: [width > 1 ? 1 : 0, known, share, width] };
  });
  const best = scored.reduce((one, other) => (isBetter(other.score, one.score) ? other : one));
  const { delimiter, sample, width } = best;
  const columns = knownWidths.includes(width)
    ? width
    : (knownWidths.find((known) => haveBlankTails(sample, known, width)) ?? width);
  const tail = { columns, blankTail: width - columns };
  return {
    delimiter,
    decimalComma: hasDecimalCommas(sample, delimiter),
    start,
    ...tail,
    sample: sample.map((cells) => withoutTail(cells, tail)),
  };
}

/** Whether most records of the usual width have as many cells as are known, and empty ones behind. */
function haveBlankTails(
  records: readonly (readonly string[])[],
  known: number,
  width: number,
): boolean {
  const usual = records.filter(({ length }) => length === width);
  const blank = usual.filter((cells) => cells.slice(known).every((cell) => cell.trim() === ''));
  return known < width && 2 * blank.length > usual.length;
}

/** A record without the empty cells at its end that the file's lines have. */
export function withoutTail(
  cells: readonly string[],
  { columns, blankTail }: Pick<Dialect, 'columns' | 'blankTail'>,
): readonly string[] {
  if (blankTail === 0 || cells.length !== columns + blankTail) return cells;
  return cells.slice(columns).every((cell) => cell.trim() === '') ? cells.slice(0, columns) : cells;
}

/** Whole lines from the first that is not blank, unless it is longer than all that is looked at. */
function sampleOf(text: string, from: number): string {
  const blank = /\s*/y;
  blank.lastIndex = from;
  blank.test(text);
  const start = text.lastIndexOf('\n', blank.lastIndex - 1) + 1;
  const end = start + SAMPLED_CHARACTERS;
  if (text.length <= end) return text.slice(start);
  const lineEnd = text.lastIndexOf('\n', end);
  return text.slice(start, lineEnd > start ? lineEnd : end);
}

function recordsOf(text: string, delimiter: Delimiter): string[][] {
  const { data } = Papa.parse<string[]>(text, {
    delimiter,
    newline: '\n',
    preview: SAMPLED_RECORDS,
    skipEmptyLines: 'greedy',
  });
  return data;
}

/** The number of cells that most records have, and how many of the records those are. */
function usualWidth(records: readonly (readonly string[])[]): { width: number; share: number } {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [width, count] = [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [1, 0]);
  return { width, share: count / Math.max(1, records.length) };
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  const place = one.findIndex((value, i) => value !== other[i]);
  return place !== -1 && (one[place] ?? 0) > (other[place] ?? 0);
}

const COMMA_NUMBER = /^[+-]?\d+,\d+(e[+-]?\d+)?$/i;
const COMMA_THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/;
const POINT_NUMBER = /^[+-]?\d*\.\d+(e[+-]?\d+)?$/i;

/** A cell like "1,000" alone says nothing; elsewhere it would be a thousand. */
function hasDecimalCommas(records: readonly (readonly string[])[], delimiter: Delimiter): boolean {
  const cells = records.flat().map((cell) => cell.trim());
  const points = cells.filter((cell) => POINT_NUMBER.test(cell)).length;
  const commas = cells.filter((cell) => COMMA_NUMBER.test(cell));
  const certain = commas.filter((cell) => !COMMA_THOUSANDS.test(cell)).length;
  return certain > points || (delimiter !== ',' && commas.length > 0 && points === 0);
}

/** Dots, and the blanks that spreadsheets put between thousands. */
const GROUPED_BY_POINT = /^[+-]?[1-9]\d{0,2}([.\u00a0\u202f ]\d{3})+(,\d+)?$/;
const GROUPED_BY_COMMA = /^[+-]?[1-9]\d{0,2}([,\u00a0\u202f ]\d{3})+(\.\d+)?$/;

/** A cell's number as programs write it, "1234.5"; text that is no number stays as it is. */
export function plainNumber(cell: string, { decimalComma }: Pick<Dialect, 'decimalComma'>): string {
  const trimmed = cell.trim().replace('\u2212', '-');
  if (!decimalComma) {
    return GROUPED_BY_COMMA.test(trimmed) ? trimmed.replace(/[,\u00a0\u202f ]/g, '') : trimmed;
  }
  const joined = GROUPED_BY_POINT.test(trimmed)
    ? trimmed.replace(/[.\u00a0\u202f ]/g, '')
    : trimmed;
  return joined.replace(',', '.');
}

const NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
};

/** "semicolons", "tabs": what separates the cells. */
export function delimiterName(delimiter: Delimiter): string {
  return NAMES[delimiter];
}
