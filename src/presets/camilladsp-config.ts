/**
 * CamillaDSP's configuration, as far as it shapes a curve: `filters`, and the `pipeline` that says
 * which of them a channel goes through.
 *
 * Source: CamillaDSP's README and its reader of configurations, versions 1 to 3.
 */
import * as v from 'valibot';
import { stringify } from 'yaml';
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import {
  checkedFilter,
  checkedPreamp,
  oneLine,
  qOfBandwidth,
  qOfSlope,
  type ReadPreset,
} from './preset';
import { filtersInUse } from './camilladsp-pipeline';
import { parseStructured, type Structured } from './structured';

/** A filter as it stands in the configuration. */
export interface CamillaFilter {
  readonly type: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

/**
 * The filters in the order of their names, with a pipeline that sends two channels through all.
 * What else a configuration needs, the devices, is each machine's own.
 */
export function writeConfig(
  title: string,
  preampDb: number,
  filters: Readonly<Record<string, CamillaFilter>>,
): string {
  const preamp: CamillaFilter = {
    type: 'Gain',
    parameters: { gain: preampDb, inverted: false, mute: false },
  };
  const all = preampDb === 0 ? filters : { preamp, ...filters };
  const names = Object.keys(all);
  const config = {
    title: oneLine(title),
    filters: all,
    pipeline: [{ type: 'Filter', channels: [0, 1], names }],
  };
  return `# To be joined with the devices of a configuration for CamillaDSP 3.\n${stringify(config)}`;
}

const typedSchema = v.object({ type: v.string() });

/** @throws InputError naming the line at fault */
export function readConfig(text: string): ReadPreset {
  const yaml = parseStructured(text, 'YAML');
  const config = yaml.get(
    [],
    v.object({
      title: v.nullish(v.string(), ''),
      filters: v.record(v.string(), v.unknown()),
    }),
  );
  const { used, notes, off } = filtersInUse(yaml, Object.keys(config.filters));
  const filters: Filter[] = [];
  let preampDb = 0;
  for (const { name, at } of used) {
    if (!Object.hasOwn(config.filters, name)) {
      throw new InputError(`${at}: there is no filter named "${name.slice(0, 40)}".`);
    }
    const read = readNamed(yaml, name);
    filters.push(...read.filters);
    preampDb += read.gainDb;
    if (read.note !== null && !notes.includes(read.note)) notes.push(read.note);
  }
  if (filters.length === 0) {
    const at = yaml.at(['filters']);
    throw new InputError([`${at}: no filter shapes a curve.`, ...notes.slice(0, 4)].join(' '));
  }
  checkedPreamp(preampDb, yaml.at(['filters']));
  return { name: oneLine(config.title) || null, filters, curve: [], preampDb, off, notes };
}

interface Named {
  readonly filters: readonly Filter[];
  readonly gainDb: number;
  /** What of it was left aside, as a sentence. */
  readonly note: string | null;
}

/** What changes the sound and is no filter of a curve that can be worked out. */
const EFFECTS = new Set(['Conv', 'Delay', 'Dither', 'Limiter', 'Loudness', 'Volume', 'Clipper']);

function readNamed(yaml: Structured, name: string): Named {
  const place = ['filters', name];
  const { type } = yaml.get(place, typedSchema);
  const parameters = [...place, 'parameters'];
  const at = yaml.at(place);
  if (type === 'Gain') return readGain(yaml, name, parameters);
  if (EFFECTS.has(type)) {
    const note = `${at}: "${name.slice(0, 40)}", a ${type}, is not followed.`;
    return { filters: [], gainDb: 0, note };
  }
  if (type === 'BiquadCombo') return { filters: readFive(yaml, parameters), gainDb: 0, note: null };
  if (type === 'Biquad') {
    const filter = readBiquad(yaml, parameters);
    return { filters: filter === null ? [] : [filter], gainDb: 0, note: null };
  }
  throw new InputError(`${at}: a filter of type "${type.slice(0, 30)}" cannot be read.`);
}

const gainSchema = v.object({
  gain: v.number(),
  scale: v.nullish(v.picklist(['dB', 'linear']), 'dB'),
  mute: v.nullish(v.boolean(), false),
  inverted: v.nullish(v.boolean(), false),
});

function readGain(yaml: Structured, name: string, place: readonly string[]): Named {
  const { gain, scale, mute, inverted } = yaml.get(place, gainSchema);
  if (mute || (scale === 'linear' && gain === 0)) {
    const note = `${yaml.at(place)}: the gain "${name.slice(0, 40)}" makes the channel silent; it was left aside.`;
    return { filters: [], gainDb: 0, note };
  }
  const db = scale === 'linear' ? 20 * Math.log10(Math.abs(gain)) : gain;
  const gainDb = checkedPreamp(db, yaml.at([...place, 'gain']));
  const turned = inverted !== (scale === 'linear' && gain < 0);
  const note = turned
    ? `${yaml.at(place)}: the gain "${name.slice(0, 40)}" turns the polarity round, which is not followed.`
    : null;
  return { filters: [], gainDb, note };
}

const KINDS: ReadonlyMap<string, Filter['kind']> = new Map([
  ['Peaking', 'bell'],
  ['Lowshelf', 'low shelf'],
  ['Highshelf', 'high shelf'],
  ['Lowpass', 'low pass'],
  ['Highpass', 'high pass'],
  ['Bandpass', 'band pass'],
  ['Notch', 'notch'],
]);
const widthSchema = v.object({
  freq: v.number(),
  gain: v.optional(v.number()),
  q: v.optional(v.number()),
  bandwidth: v.optional(v.number()),
  slope: v.optional(v.number()),
});

/** @returns null for an all-pass */
function readBiquad(yaml: Structured, place: readonly string[]): Filter | null {
  const at = yaml.at(place);
  const { type } = yaml.get(place, typedSchema);
  if (type === 'Allpass' || type === 'AllpassFO') return null;
  const kind = KINDS.get(type);
  if (kind === undefined) {
    throw new InputError(`${at}: a biquad of type "${type.slice(0, 30)}" cannot be read.`);
  }
  const { freq, gain, q, bandwidth, slope } = yaml.get(place, widthSchema);
  const shelf = kind === 'low shelf' || kind === 'high shelf';
  if (gain === undefined && (shelf || kind === 'bell')) {
    throw new InputError(`${at}: a ${kind} needs a "gain".`);
  }
  const gainDb = shelf || kind === 'bell' ? (gain ?? 0) : 0;
  // The slope is in dB an octave, 12 being the steepest.
  const ofSlope = shelf && slope !== undefined ? qOfSlope(slope / 12, gainDb) : undefined;
  const ofBandwidth = !shelf && bandwidth !== undefined ? qOfBandwidth(bandwidth, freq) : undefined;
  const width = q ?? ofSlope ?? ofBandwidth;
  if (width === undefined) throw new InputError(`${at}: a ${kind} needs a "q".`);
  return checkedFilter({ kind, frequencyHz: freq, gainDb, q: width }, at);
}

/** Where the parts of a "FivePointPeq" lie, after f, g and q: the low shelf's is "fls". */
export const FIVE_POINTS: readonly (readonly [suffix: string, kind: Filter['kind']])[] = [
  ['ls', 'low shelf'],
  ['p1', 'bell'],
  ['p2', 'bell'],
  ['p3', 'bell'],
  ['hs', 'high shelf'],
];

const LEAST_POINT_Q = 0.001;

function readFive(yaml: Structured, place: readonly string[]): readonly Filter[] {
  const { type } = yaml.get(place, typedSchema);
  if (type !== 'FivePointPeq') {
    throw new InputError(
      `${yaml.at(place)}: a combination of type "${type.slice(0, 30)}" cannot be read, only "FivePointPeq".`,
    );
  }
  return FIVE_POINTS.flatMap(([suffix, kind]) => {
    const number = (letter: string): number =>
      yaml.get([...place, `${letter}${suffix}`], v.number());
    const filter = { kind, frequencyHz: number('f'), gainDb: number('g'), q: number('q') };
    // CamillaDSP leaves such a point out.
    if (Math.abs(filter.q) <= LEAST_POINT_Q) return [];
    return [checkedFilter(filter, yaml.at([...place, `f${suffix}`]))];
  });
}
