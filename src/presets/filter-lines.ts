/**
 * Lines as Equalizer APO and Room EQ Wizard write them: `Filter 1: ON PK Fc 1000 Hz Gain 3 dB Q 1`.
 *
 * Sources: Equalizer APO's "Configuration reference" and its reader of such lines, which takes
 * Room EQ Wizard's into account; texts saved by Room EQ Wizard 5.
 */
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import { checkedFilter, checkedPreamp, qOfBandwidth, qOfSlope } from './preset';

const TYPES: ReadonlyMap<string, Filter['kind'] | 'all pass'> = new Map([
  ['PK', 'bell'],
  ['PEQ', 'bell'],
  ['MODAL', 'bell'],
  ['LS', 'low shelf'],
  ['LSC', 'low shelf'],
  ['LSQ', 'low shelf'],
  ['HS', 'high shelf'],
  ['HSC', 'high shelf'],
  ['HSQ', 'high shelf'],
  ['LP', 'low pass'],
  ['LPQ', 'low pass'],
  ['HP', 'high pass'],
  ['HPQ', 'high pass'],
  ['BP', 'band pass'],
  ['NO', 'notch'],
  ['NOTCH', 'notch'],
  ['NOTCHQ', 'notch'],
  ['AP', 'all pass'],
  ['ALLPASS', 'all pass'],
]);

/** Type, and of a shelf the slope in dB an octave that may follow it. */
const TYPE =
  /^\s*(all pass|[a-z]+\d?(?:-[a-z])?(?:\s+q(?=\s))?)(?:\s+([-+0-9.,e]+)\s*dB)?(?=\s|$)/i;
const FREQUENCY = /\sFc\s*([-+0-9.,'e\u00A0\u202F]+)\s*Hz/i;
const GAIN = /\sGain\s*([-+0-9.,e]+)\s*dB/i;
const Q = /\sQ\s*([-+0-9.,e]+)/i;
const BANDWIDTH = /\sBW\s+Oct\s*([-+0-9.,e]+)/i;

/** Qs where a line gives none, as Equalizer APO has them; of shelves it is the slope S. */
const DEFAULT_Q = Math.SQRT1_2;
const DEFAULT_NOTCH_Q = 30;
const DEFAULT_SLOPE = 0.9;
/** Decibels an octave of a shelf of slope 1. */
const STEEPEST_DB = 12;

/**
 * The filter that follows "Filter 1: ON".
 *
 * @param at where it stands: "Line 3"
 * @returns null for one that changes no level: none, or an all-pass
 * @throws InputError where it is of another type, or a number is missing or cannot be used
 */
export function readFilter(parameters: string, at: string): Filter | null {
  const [whole = '', type = '', slope] = TYPE.exec(parameters) ?? [];
  const key = type.toUpperCase().replaceAll(/\s/g, '');
  if (key === 'NONE') return null;
  const kind = TYPES.get(key);
  if (kind === undefined) {
    const named = key === '' ? 'without a type' : `of type "${key.slice(0, 20)}"`;
    throw new InputError(`${at}: a filter ${named} cannot be read.`);
  }
  if (kind === 'all pass') return null;
  const rest = ` ${parameters.slice(whole.length)}`;
  const number = (pattern: RegExp): number | null => {
    const text = pattern.exec(rest)?.[1];
    return text === undefined ? null : readNumber(text);
  };

  const frequencyText = FREQUENCY.exec(rest)?.[1];
  if (frequencyText === undefined) {
    throw new InputError(`${at}: the filter has no frequency, as in "Fc 1000 Hz".`);
  }
  const frequencyHz = readFrequency(frequencyText);
  const shelf = kind === 'low shelf' || kind === 'high shelf';
  const gainDb = number(GAIN);
  if (gainDb === null && (shelf || kind === 'bell')) {
    throw new InputError(`${at}: the filter has no gain, as in "Gain -3 dB".`);
  }
  const filter = { kind, frequencyHz, gainDb: shelf || kind === 'bell' ? (gainDb ?? 0) : 0 };
  const q = number(Q);
  if (shelf) {
    // Only types ending in C, and Room EQ Wizard's with a Q, give the middle of the slope.
    const corner = !/[CQ]$/.test(key);
    return checkedFilter(readShelf(filter, q, slope, corner), at);
  }
  const octaves = number(BANDWIDTH);
  if (kind === 'bell' && q === null && octaves === null) {
    throw new InputError(`${at}: the filter has no Q, as in "Q 0.7", nor a bandwidth.`);
  }
  const width = octaves === null ? q : qOfBandwidth(octaves, frequencyHz);
  return checkedFilter(
    { ...filter, q: width ?? (kind === 'notch' ? DEFAULT_NOTCH_Q : DEFAULT_Q) },
    at,
  );
}

/** A shelf whose steepness is a Q, a slope in dB an octave, or left open. */
function readShelf(
  shelf: Omit<Filter, 'q'>,
  q: number | null,
  slopeText: string | undefined,
  corner: boolean,
): Filter {
  const { gainDb, frequencyHz } = shelf;
  if (slopeText === undefined && q === null) {
    return { ...shelf, q: qOfSlope(DEFAULT_SLOPE, gainDb) };
  }
  const a = 10 ** (gainDb / 40);
  const slope =
    slopeText === undefined
      ? 1 / ((1 / (q ?? 1) ** 2 - 2) / (a + 1 / a) + 1)
      : readNumber(slopeText) / STEEPEST_DB;
  // From where the shelf begins to bend to the middle of its slope.
  const factor = corner ? 10 ** (Math.abs(gainDb) / 80 / slope) : 1;
  return {
    ...shelf,
    frequencyHz: shelf.kind === 'low shelf' ? frequencyHz * factor : frequencyHz / factor,
    q: slopeText === undefined ? (q ?? 1) : qOfSlope(slope, gainDb),
  };
}

/** @throws InputError where it is no number of decibels */
export function readPreamp(parameters: string, at: string): number {
  const [, text = ''] = /^\s*([-+0-9.,e]+)\s*dB/i.exec(parameters) ?? [];
  return checkedPreamp(readNumber(text), at);
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
  const bare = text.replaceAll(/[\u00A0\u202F']/g, '');
  // 1,234.5 and 1.234,5: what comes before each three digits is no decimal point.
  const [whole, sign = ''] = /^\d{1,3}([.,])\d{3}(?:\1\d{3})*(?:(?!\1)[.,]\d+)$/.exec(bare) ?? [];
  if (whole !== undefined) return readNumber(whole.replaceAll(sign, ''));
  const value = readNumber(bare);
  return /^[-+]?\d+[.,]\d{3}$/.test(bare) ? value * 1000 : value;
}
