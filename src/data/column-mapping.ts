/** A guess at which columns are what, from their names, and what of a choice can be read. */
import { InputError } from '../base/input-error';
import type { ColumnMapping } from './column-mapping-schema';
import {
  BANDS,
  EQ_BANDS,
  PARAMETER_COUNT,
  parameterOf,
  type ParameterKind,
} from '../eq/parameters';

/** A mapping of which the word is not known yet. */
export type GuessedMapping = Omit<ColumnMapping, 'word'> & { readonly word: number | null };

/** The file has a header, but one of its own: somebody has to say which column is what. */
export class ColumnsNeeded extends InputError {
  constructor(
    /** The columns' names as the header has them, trimmed. */
    readonly names: readonly string[],
    readonly guess: GuessedMapping,
  ) {
    super(
      `The file has a header of ${String(names.length)} columns that are not those of SAFE-DB: say which of them is the word and which are the equaliser’s parameters.`,
    );
  }
}

/**
 * A mapping that can be read by.
 *
 * @param columns how many there are
 * @throws InputError when it lacks the word or every gain, or names a column twice or that there is not
 */
export function checkedMapping(mapping: GuessedMapping, columns: number): ColumnMapping {
  const { word, contributor, parameters } = mapping;
  if (word === null) throw new InputError('Choose the column that holds the word.');
  if (EQ_BANDS.every(({ gain }) => (parameters[gain] ?? null) === null)) {
    throw new InputError('Choose the column of at least one gain: without, every row is flat.');
  }
  const used = [word, contributor, ...parameters].filter((each) => each !== null);
  const beyond = used.find((each) => each >= columns);
  if (beyond !== undefined) {
    throw new InputError(
      `Column ${String(beyond + 1)} cannot be read: the file has ${String(columns)} columns.`,
    );
  }
  const twice = used.find((each, i) => used.indexOf(each) !== i);
  if (twice !== undefined) {
    throw new InputError(
      `Column ${String(twice + 1)} is chosen twice; each can be one thing only.`,
    );
  }
  return { word, contributor, parameters };
}

const WORD_NAME =
  /^(words?|descriptors?|labels?|terms?|adjectives?|tags?|timbres?|semantic|wort|begriff|palabra|mot|parola|termine)$/;
const PERSON_NAME =
  /^(contributors?|users?|participants?|persons?|people|subjects?|listeners?|raters?|annotators?|workers?|engineers?|ip|address|nutzer|usuario)$/;

const KIND_NAMES: readonly (readonly [ParameterKind, RegExp])[] = [
  ['gain', /^(gains?|g|db|boost|level|amount)$/],
  ['frequency', /^(frequency|frequencies|freq|f|hz|fc|cutoff|centre|center)$/],
  ['q', /^(q|qfactor|quality|width|bandwidth|bw)$/],
];
const LOW_NAME = /^(low|ls|lo|lowshelf|loshelf|bass)$/;
const HIGH_NAME = /^(high|hs|hi|highshelf|hishelf|treble)$/;
const BELL_NAME = /^(bell|peak|peaking|mid|parametric|para|middle)$/;
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** What a column's name says of a parameter: of which band, counted how, and of what kind. */
interface NamedParameter {
  readonly kind: ParameterKind;
  readonly shelf: 'low' | 'high' | null;
  readonly number: number | null;
  readonly bell: boolean;
}

/**
 * What the columns likely are, by their names: "Descriptor", "user", "Band 2 Q factor",
 * "lowShelfGain", "first_band_freq", "g1". Numbers count the bells where the shelves have names of
 * their own or a bell is called one, and else all five bands.
 */
export function guessMapping(names: readonly string[]): GuessedMapping {
  const tokens = names.map(tokensOf);
  const first = (pattern: RegExp): number | null => {
    const exact = tokens.findIndex(
      ([only, ...more]) => more.length === 0 && pattern.test(only ?? ''),
    );
    const at =
      exact === -1 ? tokens.findIndex((all) => all.some((one) => pattern.test(one))) : exact;
    return at === -1 ? null : at;
  };
  const word = first(WORD_NAME);
  const person = first(PERSON_NAME);
  const named = tokens.map((all, at) => (at === word || at === person ? null : parameterIn(all)));
  const numbers = named.flatMap((each) => (each?.number === undefined ? [] : [each.number ?? 1]));
  const countsBells = named.some((each) => each !== null && each.shelf !== null);
  const lowest = numbers.length === 0 ? 1 : Math.min(1, ...numbers);
  const parameters: (number | null)[] = new Array<null>(PARAMETER_COUNT).fill(null);
  named.forEach((each, at) => {
    if (each === null) return;
    const place = placeOf(each, countsBells || each.bell, lowest);
    if (place !== null && parameters[place] === null) parameters[place] = at;
  });
  return { word, contributor: person === word ? null : person, parameters };
}

/** "Band2QFactor" to band, 2, q, factor. */
function tokensOf(name: string): string[] {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u)
    .filter((token) => token !== '');
}

function parameterIn(tokens: readonly string[]): NamedParameter | null {
  const has = (pattern: RegExp): boolean => tokens.some((token) => pattern.test(token));
  // "gain (dB)" and "frequency in Hz" name their unit, too; "Q" can stand for nothing else.
  const kind = (['q', 'gain', 'frequency'] as const).find((each) =>
    KIND_NAMES.some(([name, pattern]) => name === each && has(pattern)),
  );
  if (kind === undefined) return null;
  const shelf = has(LOW_NAME) ? 'low' : has(HIGH_NAME) ? 'high' : null;
  const digits = tokens.find((token) => /^\d$/.test(token));
  const ordinal = ORDINALS.findIndex((each) => tokens.includes(each));
  const number = digits === undefined ? (ordinal === -1 ? null : ordinal + 1) : Number(digits);
  const bell = has(BELL_NAME);
  return shelf === null && number === null && !bell ? null : { kind, shelf, number, bell };
}

/** @param lowest number that is given to a band, 0 or 1 */
function placeOf(
  { kind, shelf, number, bell }: NamedParameter,
  countsBells: boolean,
  lowest: number,
): number | null {
  // "Low mid" is a bell, not a shelf.
  if (shelf !== null && !bell) return parameterOf(shelf === 'low' ? 0 : 4, kind);
  const named = shelf === null ? null : shelf === 'low' ? 1 : 3;
  const counted = number === null ? named : number - lowest + (countsBells ? 1 : 0);
  const band = BANDS.find((each) => each === (counted ?? (bell ? 2 : -1)));
  return band === undefined ? null : parameterOf(band, kind);
}
