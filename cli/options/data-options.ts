/** Options that say how a data file is read: the same for all commands that take `--data`. */
import { checkedMapping, ColumnsNeeded, type GuessedMapping } from '../../src/data/column-mapping';
import type { ColumnMapping } from '../../src/data/column-mapping-schema';
import type { ReadChoices } from '../../src/data/reading';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import { InputError } from '../../src/base/input-error';

export const DATA_HELP = `  --skip-bad-rows   leave out rows that cannot be used, instead of stopping at the first
  --language NAME   whose words are read of a file in several languages, as of SocialFX (default
                    English); all for everyone's
  --instrument NAME read only the rows of one instrument, in a SAFE-DB file; for one with at least 20
                    rows by 5 contributors
  --columns LIST    which column is what, in a file with a header of its own: word=Descriptor,
                    contributor=user, bell-1-gain=g1 …, by a column's name or number; the others are
                    guessed by their names. contributor=none: each row its own
`;

export const DATA_OPTIONS = {
  'skip-bad-rows': { type: 'boolean', default: false },
  language: { type: 'string' },
  instrument: { type: 'string' },
  columns: { type: 'string' },
} as const;

/** As the options above are given. */
export interface DataOptions {
  readonly 'skip-bad-rows': boolean;
  readonly language?: string | undefined;
  readonly instrument?: string | undefined;
  readonly columns?: string | undefined;
}

/** What a reader is told at first: of columns only once it has named those that there are. */
export function readChoices({ language, instrument }: DataOptions): ReadChoices {
  return {
    ...(language !== undefined && { language }),
    ...(instrument !== undefined && { instrument }),
  };
}

/**
 * The columns that the option names; those that it leaves out by their names.
 *
 * @throws InputError where the option is missing, or names what there is not
 */
export function mappingFrom({ columns }: DataOptions, needed: ColumnsNeeded): ColumnMapping {
  const { names, guess, message } = needed;
  if (columns === undefined) {
    throw new InputError(
      `${message} Name them by --columns, as in --columns "${guessed(guess, names)}"; its columns are ${names.join(', ')}.`,
    );
  }
  const mapping = columns
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .reduce((made, part) => withColumn(made, part, names), guess);
  return checkedMapping(mapping, names.length);
}

/** The guess as the option would say it; a column whose name has a comma by its number. */
function guessed(
  { word, contributor, parameters }: GuessedMapping,
  names: readonly string[],
): string {
  const nameOf = (at: number): string => {
    const name = names[at] ?? '';
    return name === '' || /[,"]/.test(name) ? String(at + 1) : name;
  };
  return [
    `word=${nameOf(word ?? 0)}`,
    `contributor=${contributor === null ? 'none' : nameOf(contributor)}`,
    ...PARAMETER_KEYS.flatMap((key, i) => {
      const at = parameters[i] ?? null;
      return at === null ? [] : [`${key}=${nameOf(at)}`];
    }),
  ].join(',');
}

function withColumn(
  mapping: GuessedMapping,
  part: string,
  names: readonly string[],
): GuessedMapping {
  const [key = '', ...rest] = part.split('=').map((side) => side.trim());
  const column = rest.join('=');
  if (key === 'contributor' && column === 'none') return { ...mapping, contributor: null };
  const at = columnAt(column, names);
  if (key === 'word') return { ...mapping, word: at };
  if (key === 'contributor') return { ...mapping, contributor: at };
  const parameter = PARAMETER_KEYS.indexOf(key.toLowerCase());
  if (parameter < 0) {
    throw new InputError(
      `Option '--columns' names "${key}", which is none of word, contributor, ${PARAMETER_KEYS.join(', ')}.`,
    );
  }
  return { ...mapping, parameters: mapping.parameters.with(parameter, at) };
}

/** "low-shelf-gain", "bell-1-q". */
const PARAMETER_KEYS = EQ_PARAMETERS.map(({ name }) => name.toLowerCase().replaceAll(' ', '-'));

function columnAt(column: string, names: readonly string[]): number {
  const named = names.indexOf(column);
  const number = /^[1-9]\d{0,4}$/.test(column) ? Number(column) - 1 : -1;
  const at = named < 0 ? number : named;
  if (at < 0 || at >= names.length) {
    throw new InputError(
      `Option '--columns' names the column "${column}", which the file has not: its columns are ${names.join(', ')}.`,
    );
  }
  return at;
}
