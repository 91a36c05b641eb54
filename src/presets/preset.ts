/** What every preset format shares: a list of filters, a preamp, and how both are written. */
import type { CurvePoint } from '../eq/curve';
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf, type EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb, type Filter } from '../eq/response';
import { fileSlug } from '../base/file-slug';
import { InputError } from '../base/input-error';

/** What a file says, before five bands are found for it. */
export interface ReadPreset {
  /** Null where the file has no place for it. */
  readonly name: string | null;
  /** In series; those that are switched off are not among them. */
  readonly filters: readonly Filter[];
  /** Added to the filters; empty where the file gives none. In the order of frequencies. */
  readonly curve: readonly CurvePoint[];
  readonly preampDb: number;
  /** Filters that were switched off. */
  readonly off: number;
  /** Sentences on what of the file was left aside. */
  readonly notes: readonly string[];
}

export interface PresetOptions {
  /** Rate at which the preamp is worked out, in Hz. */
  readonly sampleRateHz: number;
  /** Whether the level is lowered so that nothing clips that did not clip before. */
  readonly preamp: boolean;
}

export interface PresetFormat {
  readonly key: 'apo' | 'rew' | 'easyeffects' | 'camilladsp' | 'camilladsp-five' | 'json';
  readonly title: string;
  /** What the format's files are called, with `name` in it where that is up to us. */
  readonly fileName: (name: string) => string;
  readonly mediaType: string;
  /** What somebody should know who takes the text to another program than the format's own. */
  readonly caution?: { readonly sentence: string; readonly instead: PresetFormat['key'] };
  readonly write: (named: NamedSetting, options: PresetOptions) => string;
  /** @throws InputError naming the line at fault */
  readonly read: (text: string) => ReadPreset;
}

/** What a preset's file is called, without its ending. */
export function fileStem(name: string): string {
  return fileSlug(name) || 'preset';
}

/** On one line and without control characters, so that a name cannot become a line of a file. */
export function oneLine(name: string): string {
  return name
    .replaceAll(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 120);
}

/** The number with at most `digits` decimals, without an exponent. */
export function decimal(value: number, digits: number): number {
  return Number(value.toFixed(digits)) + 0;
}

/** What may stick out above 0 dB: shelves of Q 0.71 bend up by less before they go down. */
const SLACK_DB = 0.005;

/**
 * Decibels by which the level has to change so that the curve's highest point is 0 dB, in whole
 * tenths, rounded down; never above 0, and 0 where no preamp is wanted.
 */
export function preampDb(setting: EqSetting, { sampleRateHz, preamp }: PresetOptions): number {
  if (!preamp) return 0;
  const centres = bandsOf(setting).map(({ frequencyHz }) => frequencyHz);
  const frequencies = [...logFrequencies(1024, 1, sampleRateHz / 2), ...centres];
  const highest = Math.max(...responseDb(setting, frequencies, sampleRateHz));
  return Math.min(0, -Math.ceil((highest - SLACK_DB) * 10) / 10) + 0;
}

/** Above the highest frequency a filter of a file may have: half the rate at which it is drawn. */
const NYQUIST_HZ = 24_000;
/** Below it a filter does nothing that is heard, and its numbers come too near to 0 to work with. */
const LOWEST_HZ = 0.001;
const LARGEST_GAIN_DB = 100;
const LEAST_Q = 0.001;
const LARGEST_Q = 1000;

/** What is wrong with a filter's numbers, as a sentence without its full stop; null where nothing. */
export function filterFault({ frequencyHz, gainDb, q }: Filter): string | null {
  if (!(frequencyHz >= LOWEST_HZ && frequencyHz < NYQUIST_HZ)) {
    return 'the frequency must be at least 0.001 Hz and below 24,000 Hz';
  }
  if (!isLevel(gainDb)) return 'the gain must be a number from −100 to 100 dB';
  if (!(q >= LEAST_Q && q <= LARGEST_Q)) return 'the Q must be a number from 0.001 to 1,000';
  return null;
}

/**
 * The filter, if its numbers can be those of one.
 *
 * @param at where it stands: "Line 3"
 * @throws InputError naming the number at fault
 */
export function checkedFilter(filter: Filter, at: string): Filter {
  const fault = filterFault(filter);
  if (fault === null) return filter;
  throw new InputError(`${at}: ${fault}.`);
}

/** Whether it is a number of decibels that a gain or a level can have: −100 to 100. */
export function isLevel(db: number): boolean {
  return Math.abs(db) <= LARGEST_GAIN_DB;
}

/** @throws InputError where the decibels are no number from −100 to 100 */
export function checkedPreamp(db: number, at: string): number {
  if (isLevel(db)) return db;
  throw new InputError(`${at}: ${PREAMP_FAULT}.`);
}

export const PREAMP_FAULT = 'the preamp must be a number from −100 to 100 dB';

/** Q of a bell, notch or band pass of a width in octaves, by the cookbook, at 48 kHz. */
export function qOfBandwidth(octaves: number, frequencyHz: number): number {
  const w0 = (Math.PI * frequencyHz) / NYQUIST_HZ;
  return 1 / (2 * Math.sinh(((Math.LN2 / 2) * octaves * w0) / Math.sin(w0)));
}

/** Q of a shelf of a slope S, by the cookbook; S is 1 at 12 dB an octave. */
export function qOfSlope(slope: number, gainDb: number): number {
  const a = 10 ** (gainDb / 40);
  return 1 / Math.sqrt((a + 1 / a) * (1 / slope - 1) + 2);
}
