/**
 * Lines as Equalizer APO and Room EQ Wizard write them: `Filter 1: ON PK Fc 1000 Hz Gain 3 dB Q 1`.
 *
 * Sources: Equalizer APO's "Configuration reference" and its reader of such lines, which takes
 * Room EQ Wizard's into account; texts saved by Room EQ Wizard 5.
 */
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import { filterFault, qOfBandwidth, qOfSlope } from './preset';

/**
 * Whose types of filters a text has. They differ in "LS Q" and "HS Q": Room EQ Wizard gives the
 * middle of the slope, and Equalizer APO, which reads them as LS and HS, takes it for the corner.
 */
export type Dialect = 'apo' | 'rew';

/** What a filter's line comes to. */
export type FilterLine =
  | { readonly state: 'on'; readonly filter: Filter }
  /** Switched off, or of a type that changes no level. */
  | { readonly state: 'off' }
  /** Such as the program skips too; a sentence without its full stop. */
  | { readonly state: 'skipped'; readonly fault: string };

const APO_TYPES: ReadonlyMap<string, Filter['kind'] | 'all pass'> = new Map([
  ['PK', 'bell'],
  ['PEQ', 'bell'],
  ['Modal', 'bell'],
  ['LS', 'low shelf'],
  ['LSC', 'low shelf'],
  ['HS', 'high shelf'],
  ['HSC', 'high shelf'],
  ['LP', 'low pass'],
  ['LPQ', 'low pass'],
  ['HP', 'high pass'],
  ['HPQ', 'high pass'],
  ['BP', 'band pass'],
  ['NO', 'notch'],
  ['AP', 'all pass'],
]);
const REW_TYPES: ReadonlyMap<string, Filter['kind'] | 'all pass'> = new Map([
  ...APO_TYPES,
  ['LS Q', 'low shelf'],
  ['HS Q', 'high shelf'],
  ['LP Q', 'low pass'],
  ['HP Q', 'high pass'],
  ['Notch', 'notch'],
  ['Notch Q', 'notch'],
  ['All pass', 'all pass'],
]);
/** Types whose filters Equalizer APO plays, and that have no place among the cookbook's. */
const OTHER_FILTERS = new Set(['IIR', 'LP1', 'HP1']);

/** "HP Q 2 Fc 100 Hz" has no type "HP Q": what follows is its Q. */
const REW_TYPE = /^\s*((?:LS|HS|LP|HP|Notch)[ _]Q(?!\s*[-+0-9.])|All pass)(?=\s|$)/;
const TYPE = /^\s*([LH]P1(?!\d)|[A-Za-z]+)/;
const FREQUENCY = /\sFc\s*([-+0-9.,'’eE\u00A0\u202F]+)\s*H\s*z/;
const GAIN = /\sGain\s*([-+0-9.,eE]+)\s*dB/;
const Q = /\sQ\s*([-+0-9.,eE]+)/;
const BANDWIDTH = /\sBW\s+Oct\s*([-+0-9.,eE]+)/;
/** Widths as some versions of Room EQ Wizard write them for single devices. */
const OTHER_WIDTH = /\s(?:BW|Bandwidth)\W/i;
/** Of a shelf, right after its type, in dB an octave. */
const SLOPE = /^\s*([-+0-9.,eE]+)\s*dB/;

/** Qs where a line gives none, as Equalizer APO has them; of shelves it is the slope S. */
const DEFAULT_Q = Math.SQRT1_2;
const DEFAULT_NOTCH_Q = 30;
const DEFAULT_SLOPE = 0.9;
/** Decibels an octave of a shelf of slope 1. */
const STEEPEST_DB = 12;
/** Characters of a line; in longer ones, patterns could look for their match for long. */
const LONGEST = 300;

const skipped = (fault: string): FilterLine => ({ state: 'skipped', fault });

/**
 * What follows "Filter 1:". Patterns look for capital and small letters as the program's own do.
 *
 * @param at where it stands: "Line 3"
 * @throws InputError where the program plays a filter of a kind that cannot be read here
 */
export function readFilterLine(parameters: string, at: string, dialect: Dialect): FilterLine {
  if (parameters.length > LONGEST) return skipped('the line is too long for a filter');
  const [, state, rest = ''] = /^\s*(ON|OFF)(?=\s|$)(.*)$/.exec(parameters) ?? [];
  if (state === undefined) {
    return skipped('the filter is neither ON nor OFF, in capital letters');
  }
  return state === 'OFF' ? { state: 'off' } : readFilter(rest, at, dialect);
}

function readFilter(text: string, at: string, dialect: Dialect): FilterLine {
  const [whole = '', found = ''] =
    (dialect === 'rew' ? REW_TYPE.exec(text) : null) ?? TYPE.exec(text) ?? [];
  const type = found.replace('_', ' ');
  if (type === '') return skipped('a filter without a type cannot be read');
  if (type === 'None') return { state: 'off' };
  const kind = (dialect === 'rew' ? REW_TYPES : APO_TYPES).get(type);
  if (kind === undefined) {
    // "L-R 24 LP" is a type, too.
    const [named = type] = /^.{1,20}?(?=\s+Fc\s)/.exec(text.trim()) ?? [];
    const fault = `a filter of type "${named.slice(0, 20)}" cannot be read`;
    // Equalizer APO skips types that it does not know.
    if (dialect === 'apo' && !OTHER_FILTERS.has(type)) return skipped(fault);
    throw new InputError(`${at}: ${fault}.`);
  }
  return kind === 'all pass' ? { state: 'off' } : readParts(kind, type, text.slice(whole.length));
}

function readParts(kind: Filter['kind'], type: string, rest: string): FilterLine {
  const number = (pattern: RegExp): number | null => {
    const text = pattern.exec(rest)?.[1];
    return text === undefined ? null : readNumber(text);
  };
  const frequencyText = FREQUENCY.exec(rest)?.[1];
  if (frequencyText === undefined) {
    return skipped('the filter has no frequency, as in "Fc 1000 Hz"');
  }
  const shelf = kind === 'low shelf' || kind === 'high shelf';
  const gainDb = shelf || kind === 'bell' ? number(GAIN) : 0;
  if (gainDb === null) return skipped('the filter has no gain, as in "Gain -3 dB"');
  const filter = { kind, frequencyHz: readFrequency(frequencyText), gainDb };
  const q = number(Q);
  if (shelf) {
    // Only types that end in C, and Room EQ Wizard's that have a Q, give the middle of the slope.
    return checked(readShelf(filter, q, number(SLOPE), !/[CQ]$/.test(type)));
  }
  const octaves = number(BANDWIDTH);
  if (kind === 'bell' && q === null && octaves === null) {
    return skipped(
      OTHER_WIDTH.test(rest)
        ? 'the filter\'s width is written neither as in "Q 0.7" nor as in "BW Oct 1"'
        : 'the filter has no Q, as in "Q 0.7", nor a bandwidth',
    );
  }
  // A width of 0 is none, and other types than bells have a usual one.
  if (kind !== 'bell' && (octaves ?? q ?? 0) === 0) {
    return checked({ ...filter, q: kind === 'notch' ? DEFAULT_NOTCH_Q : DEFAULT_Q });
  }
  const width = octaves === null ? q : qOfBandwidth(octaves, filter.frequencyHz);
  return checked({ ...filter, q: width ?? DEFAULT_Q });
}

function checked(filter: Filter): FilterLine {
  const fault = filterFault(filter);
  return fault === null ? { state: 'on', filter } : skipped(fault);
}

/** A shelf whose steepness is a Q, a slope in dB an octave, or left open. */
function readShelf(
  shelf: Omit<Filter, 'q'>,
  q: number | null,
  slopeDb: number | null,
  corner: boolean,
): Filter {
  const { gainDb, frequencyHz } = shelf;
  if ((slopeDb ?? q ?? 0) === 0) return { ...shelf, q: qOfSlope(DEFAULT_SLOPE, gainDb) };
  const a = 10 ** (gainDb / 40);
  const slope =
    slopeDb === null ? 1 / ((1 / (q ?? 1) ** 2 - 2) / (a + 1 / a) + 1) : slopeDb / STEEPEST_DB;
  // From where the shelf begins to bend to the middle of its slope.
  const factor = corner ? 10 ** (Math.abs(gainDb) / 80 / slope) : 1;
  return {
    ...shelf,
    frequencyHz: shelf.kind === 'low shelf' ? frequencyHz * factor : frequencyHz / factor,
    q: slopeDb === null ? (q ?? 1) : qOfSlope(slope, gainDb),
  };
}

/** The decibels that follow "Preamp:", with a unit or without; NaN where it is no number. */
export function readPreamp(parameters: string): number {
  const [, text = ''] = /^\s*([-+0-9.,eE]+)/.exec(parameters.slice(0, LONGEST)) ?? [];
  return readNumber(text);
}

/** With a comma or a point before its decimals; NaN where it is no number. */
export function readNumber(text: string): number {
  return text === '' ? Number.NaN : Number(text.replaceAll(',', '.'));
}

/**
 * A frequency as Equalizer APO reads it: a comma is a point, and exactly three digits after one are
 * thousands, because Room EQ Wizard separates those with the locale's sign.
 */
function readFrequency(text: string): number {
  const bare = text.replaceAll(/[\u00A0\u202F'’]/g, '');
  // 1,234.5 and 1.234,5: what comes before each three digits is no decimal point.
  const [whole, sign = ''] = /^\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)$/.exec(bare) ?? [];
  if (whole !== undefined) return readNumber(whole.replaceAll(sign, ''));
  const value = readNumber(bare);
  return /^[-+]?\d+[.,]\d{3}$/.test(bare) ? value * 1000 : value;
}
