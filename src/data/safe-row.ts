/** One record of a SAFE-DB file to a word, a setting and a contributor's address, checked. */
import * as v from 'valibot';
import { EQ_PARAMETERS, type EqParameter } from '../eq/parameters';

/** Columns of a SAFE-DB file. */
const COLUMN_COUNT = 25;

/** Columns from 0 that are read; of the personal ones the address alone. */
const WORD_COLUMN = 1;
const ADDRESS_COLUMN = 2;
/** Address, location, experience, age and language, from 0. */
export const PERSONAL_COLUMNS = [ADDRESS_COLUMN, 20, 21, 22, 23] as const;
const FIRST_PARAMETER_COLUMN = 5;

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
const ADDRESS = /\d{1,3}(\.\d{1,3}){3}|^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/;

const UNITS = { gain: ' dB', frequency: ' Hz', q: '' } as const;

const wordSchema = v.pipe(
  v.string(),
  v.transform((label) => label.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase()),
  v.nonEmpty('The label is empty.'),
  v.maxLength(WORD_LENGTH, TOO_LONG),
  v.check((word) => !word.includes('\ufffd'), 'The label is not valid UTF-8.'),
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
        `The ${name} is ${String(input)}${unit}, outside ${String(min)} to ${String(max)}${unit}.`,
    ),
    v.transform((value) => Math.min(max, Math.max(min, value))),
  );
}

const rowSchema = v.object({
  word: wordSchema,
  // As written it can become a word, too.
  label: v.pipe(v.string(), v.maxLength(WORD_LENGTH, TOO_LONG)),
  address: v.pipe(v.string(), v.trim()),
  setting: v.tuple(EQ_PARAMETERS.map(parameterSchema)),
});

/** What a record says. `address` is personal: it serves to number contributors, then is dropped. */
type CheckedRow = v.InferOutput<typeof rowSchema>;

/** What is wrong with a record: see RejectedRow. */
interface RowFault {
  readonly column: number | null;
  readonly reason: string;
}

/** Checks a record's cells: the row, or the first thing wrong with it. */
export function checkRow(cells: readonly string[]): CheckedRow | RowFault {
  if (cells.length !== COLUMN_COUNT) {
    return {
      column: null,
      reason: `The row has ${String(cells.length)} columns where ${String(COLUMN_COUNT)} are expected.`,
    };
  }
  const result = v.safeParse(
    rowSchema,
    {
      word: cells[WORD_COLUMN],
      label: cells[WORD_COLUMN],
      address: cells[ADDRESS_COLUMN],
      setting: parameterCells(cells),
    },
    { abortEarly: true },
  );
  if (result.success) return result.output;
  const [issue] = result.issues;
  const parameter = issue.path?.[1]?.key;
  const column = typeof parameter === 'number' ? FIRST_PARAMETER_COLUMN + parameter : WORD_COLUMN;
  return { column: column + 1, reason: issue.message };
}

/** Whether a record names its columns: every parameter's cell holds a letter and no number. */
export function looksLikeHeader(cells: readonly string[]): boolean {
  return (
    cells.length === COLUMN_COUNT &&
    parameterCells(cells).every(
      (cell) =>
        /\p{L}/u.test(cell) && Number.isNaN(Number(cell)) && !/^\s*[+-]?(nan|inf)/i.test(cell),
    )
  );
}

function parameterCells(cells: readonly string[]): readonly string[] {
  return cells.slice(FIRST_PARAMETER_COLUMN, FIRST_PARAMETER_COLUMN + EQ_PARAMETERS.length);
}
