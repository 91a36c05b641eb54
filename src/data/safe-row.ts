/** One record of a data file to a word, a setting and who gave it, checked. */
import * as v from 'valibot';
import { withMinus } from '../base/number-text';
import { EQ_BANDS, EQ_PARAMETERS, type EqParameter } from '../eq/parameters';
import type { ColumnMapping } from './column-mapping-schema';

/** Columns of a SAFE-DB file. */
export const SAFE_COLUMNS = 25;

/** Columns from 0 that are read; of the personal ones the address alone. */
export const WORD_COLUMN = 1;
export const ADDRESS_COLUMN = 2;
/** Address, location, experience, age and language, from 0. */
export const PERSONAL_COLUMNS = [ADDRESS_COLUMN, 20, 21, 22, 23] as const;
export const FIRST_PARAMETER_COLUMN = 5;
export const GENRE_COLUMN = 18;
export const INSTRUMENT_COLUMN = 19;

/** Longest word a model file can carry. */
const WORD_LENGTH = 200;
const TOO_LONG = `The label is longer than ${String(WORD_LENGTH)} characters.`;

/**
 * How far past a bound, relative to it, a value counts as rounding and is moved onto the bound:
 * the plug-in writes float32.
 */
const BOUND_TOLERANCE = 1e-3;

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INFINITE = /^[+-]?inf(inity)?$/i;
// A row whose columns have slipped can carry the address where the label should be.
export const ADDRESS = /\d{1,3}(\.\d{1,3}){3}|^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/;

const UNITS = { gain: ' dB', frequency: ' Hz', q: '' } as const;

const wordSchema = v.pipe(
  v.string(),
  v.transform((label) => label.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()),
  v.nonEmpty('The label is empty.'),
  v.maxLength(WORD_LENGTH, TOO_LONG),
  v.check(
    (word) => !word.includes('\ufffd'),
    'The label is not valid UTF-8; save the file as UTF-8.',
  ),
  v.check((word) => !/\p{Cc}/u.test(word), 'The label holds control characters.'),
  v.check(
    (word) => !ADDRESS.test(word),
    'The label looks like a network address, so the columns may have slipped.',
  ),
);

/**
 * The text of one parameter. A reason quotes a value only once it is known to be a plain number:
 * any other text might be a personal column's that has slipped here.
 */
function parameterSchema(parameter: EqParameter) {
  const { name, kind, min, max } = parameter;
  const unit = UNITS[kind];
  const slack = (bound: number): number => Math.abs(bound) * BOUND_TOLERANCE;
  return v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty(`The ${name} is empty.`),
    v.regex(DECIMAL, ({ input }) =>
      INFINITE.test(input) ? `The ${name} is infinite.` : `The ${name} is not a number.`,
    ),
    v.transform(Number),
    v.finite(`The ${name} is infinite.`),
    v.check(
      (value) => value >= min - slack(min) && value <= max + slack(max),
      ({ input }) =>
        `The ${name} is ${withMinus(String(input))}${unit}, outside ${withMinus(String(min))} to ${String(max)}${unit}.`,
    ),
    v.transform((value) => Math.min(max, Math.max(min, value))),
  );
}

/** White space that would part a label into lines or columns where it is shown as it is written. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

const labelSchema = v.pipe(
  v.string(),
  v.transform((label) => label.replace(BREAKS, ' ')),
  // As written it can become a word, too.
  v.maxLength(WORD_LENGTH, TOO_LONG),
);

const rowSchema = v.object({ word: wordSchema, label: labelSchema });
const settingSchema = v.tuple(EQ_PARAMETERS.map(parameterSchema));

/** What a record says. `owner` is personal: it serves to number contributors, then is dropped. */
export interface CheckedRow {
  readonly word: string;
  /** The label as it is written, but for line breaks and tabs. */
  readonly label: string;
  /** What tells its contributor from others; null where the file does not say. */
  readonly owner: string | null;
  readonly setting: readonly number[];
}

/** What is wrong with a record: see RejectedRow. */
export interface RowFault {
  readonly column: number | null;
  readonly reason: string;
}

/** Where SAFE-DB's columns are. */
export const SAFE_MAPPING: ColumnMapping = {
  word: WORD_COLUMN,
  contributor: ADDRESS_COLUMN,
  parameters: EQ_PARAMETERS.map((_, i) => FIRST_PARAMETER_COLUMN + i),
};

/**
 * Checks a record's cells: the row, or the first thing wrong with it.
 *
 * @param width    cells that the record should have
 * @param toNumber a cell's number as programs write it
 */
export function checkRow(
  cells: readonly string[],
  mapping: ColumnMapping,
  width: number,
  toNumber: (cell: string) => string,
): CheckedRow | RowFault {
  const fault = widthFault(cells, width);
  if (fault !== null) return fault;
  const named = checkWord(cells[mapping.word] ?? '', mapping.word);
  if ('reason' in named) return named;
  const setting = checkSetting(cells, mapping.parameters, toNumber);
  if ('reason' in setting) return setting;
  const owner = mapping.contributor === null ? null : (cells[mapping.contributor] ?? '').trim();
  return { ...named, owner, setting: setting.values };
}

/** What is wrong with the number of cells; null where it is right. */
export function widthFault(cells: readonly string[], width: number): RowFault | null {
  if (cells.length === width) return null;
  const found = cells.length === 1 ? '1 column' : `${String(cells.length)} columns`;
  return {
    column: null,
    reason: `The row has ${found} where ${String(width)} are expected.`,
  };
}

/** @param column of the label, from 0 */
export function checkWord(
  label: string,
  column: number,
): Pick<CheckedRow, 'word' | 'label'> | RowFault {
  const result = v.safeParse(rowSchema, { word: label, label }, { abortEarly: true });
  return result.success ? result.output : { column: column + 1, reason: result.issues[0].message };
}

function checkSetting(
  cells: readonly string[],
  columns: ColumnMapping['parameters'],
  toNumber: (cell: string) => string,
): { values: readonly number[] } | RowFault {
  const texts = EQ_PARAMETERS.map(({ band, initial }, i) => {
    const column = columns[i] ?? null;
    // Without a gain the band is flat, whatever else is said of it.
    const flat = (columns[EQ_BANDS[band].gain] ?? null) === null;
    return column === null || flat ? String(initial) : toNumber(cells[column] ?? '');
  });
  const result = v.safeParse(settingSchema, texts, { abortEarly: true });
  if (result.success) return { values: result.output };
  const [issue] = result.issues;
  const parameter = issue.path?.[0].key;
  const column = typeof parameter === 'number' ? columns[parameter] : undefined;
  return { column: typeof column === 'number' ? column + 1 : null, reason: issue.message };
}

/** Whether a record of a SAFE-DB file names its columns: no parameter's cell is a number. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  return (
    cells.length === SAFE_COLUMNS &&
    cells.slice(FIRST_PARAMETER_COLUMN, FIRST_PARAMETER_COLUMN + EQ_PARAMETERS.length).every(isName)
  );
}

/** Whether a cell can be a column's name: it has a letter and is no number, and no address. */
export function isName(cell: string): boolean {
  return (
    /\p{L}/u.test(cell) &&
    Number.isNaN(Number(cell)) &&
    !/^\s*[+-]?(nan|inf)/i.test(cell) &&
    !ADDRESS.test(cell.trim())
  );
}
