/**
 * EasyEffects' presets: JSON with an "equalizer" or several among the effects of the output, which
 * run in the order of "plugins_order".
 *
 * Sources: EasyEffects' own reader and writer of presets with the bounds of its settings, and the
 * filters of LSP Plugins that it drives. Of their modes "APO (DR)" is the cookbook's filters;
 * "RLC (BT)", the usual one, is the same shapes with another meaning of Q, see {@link qOfRlc}.
 */
import * as v from 'valibot';
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import { checkedFilter, checkedPreamp, type ReadPreset } from './preset';
import { parseStructured, type Structured } from './structured';

/** The cookbook's filters, among those of LSP Plugins. */
export const COOKBOOK_MODE = 'APO (DR)';
/** The mode where a file names none. */
const USUAL_MODE = 'RLC (BT)';

const MOST_BANDS = 32;
const MOST_EFFECTS = 100;
/** Where EasyEffects' settings end, and LSP's filters after pitch, at 48 kHz. */
const LARGEST_GAIN_DB = 36;
const FREQUENCIES_HZ = { min: 10, max: 24_000, maxPlayed: 0.49 * 48_000 };
const LARGEST_Q = 100;
const LARGEST_PITCH = 120;
/** The least Q of a filter of the cookbook's mode. */
const LEAST_COOKBOOK_Q = 0.1;
const USUAL_Q = 4.36;

/** Effects that only look at the sound. */
const METERS = new Set(['level_meter', 'spectrum']);

const finite = v.pipe(v.number(), v.finite());
const equalizerSchema = v.object({
  bypass: v.optional(v.boolean(), false),
  'input-gain': v.optional(finite, 0),
  'output-gain': v.optional(finite, 0),
  'num-bands': v.optional(v.pipe(v.number(), v.integer()), MOST_BANDS),
  'split-channels': v.optional(v.boolean(), false),
  'pitch-left': v.optional(finite, 0),
  balance: v.optional(finite, 0),
  decramp: v.optional(v.string(), 'Off'),
});
const bandSchema = v.object({
  frequency: v.number(),
  gain: v.optional(finite, 0),
  mode: v.optional(v.string(), USUAL_MODE),
  mute: v.optional(v.boolean(), false),
  q: v.optional(finite, USUAL_Q),
  slope: v.optional(v.string(), 'x1'),
  solo: v.optional(v.boolean(), false),
  type: v.optional(v.string(), 'Bell'),
});
type Band = v.InferOutput<typeof bandSchema>;

const KINDS: ReadonlyMap<string, Filter['kind']> = new Map([
  ['Bell', 'bell'],
  ['Lo-shelf', 'low shelf'],
  ['Hi-shelf', 'high shelf'],
  ['Lo-pass', 'low pass'],
  ['Hi-pass', 'high pass'],
  ['Notch', 'notch'],
]);

const effectsSchema = v.record(v.string(), v.unknown());
const orderSchema = v.optional(v.pipe(v.array(v.string()), v.maxLength(MOST_EFFECTS)));

type Path = readonly (string | number)[];

/** @throws InputError naming the line at fault */
export function readEasyEffects(text: string): ReadPreset {
  const json = parseStructured(text, 'JSON');
  const file = json.get([], effectsSchema);
  const section = Object.hasOwn(file, 'output') ? 'output' : 'input';
  const effects = json.get([section], effectsSchema);
  const order = json.get([section, 'plugins_order'], orderSchema);
  const present = Object.keys(effects);
  const equalizers = present.filter((name) => baseOf(name) === 'equalizer');
  if (equalizers.length === 0) {
    throw new InputError(`${json.at([section])}: there is no "equalizer" among the effects.`);
  }
  const notes: string[] = [];
  if (section === 'output' && Object.hasOwn(file, 'input')) {
    notes.push(`${json.at(['input'])}: the effects of the input were left aside.`);
  }
  const running =
    order?.map((name, i) => effectNamed(json, effects, name, [section, 'plugins_order', i])) ??
    present.filter((name) => name !== 'blocklist');
  for (const name of equalizers) {
    if (!running.includes(name)) {
      const at = json.at([section, name]);
      notes.push(`${at}: "${name}" is not in "plugins_order", so it does not run; left aside.`);
    }
  }
  const read = running.flatMap((name) => {
    const path = [section, name];
    if (baseOf(name) === 'equalizer') return [readEqualizer(json, path, notes)];
    noteEffect(json, path, notes);
    return [];
  });
  if (read.length === 0) {
    throw new InputError(
      `${json.at([section, 'plugins_order'])}: "plugins_order" names no equalizer, so none runs.`,
    );
  }
  const preampDb = read.reduce((sum, { gainDb }) => sum + gainDb, 0);
  return {
    name: null,
    filters: read.flatMap(({ filters }) => filters),
    curve: [],
    preampDb: checkedPreamp(preampDb, json.at([section])),
    off: read.reduce((sum, { off }) => sum + off, 0),
    notes,
  };
}

/** An effect's name without the number of its instance. */
function baseOf(name: string): string {
  return name.replace(/#\d{1,9}$/, '');
}

/** The name under which the effect stands: older files have no numbers in one place or the other. */
function effectNamed(
  json: Structured,
  effects: Readonly<Record<string, unknown>>,
  name: string,
  path: Path,
): string {
  const found = [name, `${name}#0`, name.replace(/#0$/, '')].find((key) =>
    Object.hasOwn(effects, key),
  );
  // Of other effects nothing is needed.
  if (found !== undefined || baseOf(name) !== 'equalizer') return found ?? name;
  throw new InputError(
    `${json.at(path)}: "plugins_order" names "${name.slice(0, 30)}", which the file does not have.`,
  );
}

function noteEffect(json: Structured, path: readonly string[], notes: string[]): void {
  const name = path.at(-1) ?? '';
  if (json.get([...path, 'bypass'], v.unknown()) === true || METERS.has(baseOf(name))) return;
  notes.push(`${json.at(path)}: the effect "${name.slice(0, 30)}" is not followed.`);
}

interface Equalizer {
  readonly filters: readonly Filter[];
  readonly gainDb: number;
  readonly off: number;
}

function readEqualizer(json: Structured, path: readonly string[], notes: string[]): Equalizer {
  const equalizer = json.get(path, equalizerSchema);
  const name = path.at(-1) ?? '';
  const note = (field: string, what: string): void => {
    notes.push(`${json.at([...path, field])}: ${what}`);
  };
  const count = clamped(equalizer['num-bands'], 1, MOST_BANDS);
  const bands = Array.from({ length: count }, (_, i) => {
    const place = [...path, 'left', `band${String(i)}`];
    return { band: json.get(place, bandSchema), at: json.at(place) };
  });
  if (equalizer.bypass) {
    note('bypass', `"${name}" is bypassed.`);
    return { filters: [], gainDb: 0, off: bands.length };
  }
  if (equalizer['split-channels']) {
    note('split-channels', 'the right channel has bands of its own, which were left aside.');
  }
  if (equalizer.balance !== 0) note('balance', 'the balance of the channels is not followed.');
  if (equalizer.decramp !== 'Off') {
    note('decramp', 'the correction near half the sample rate is not followed.');
  }
  const pitch = 2 ** (clamped(equalizer['pitch-left'], -LARGEST_PITCH, LARGEST_PITCH) / 12);
  const solo = bands.some(({ band }) => band.solo);
  const heard = bands.filter(
    ({ band }) =>
      !band.mute && (!solo || band.solo) && band.type !== 'Off' && band.type !== 'Allpass',
  );
  return {
    filters: heard.flatMap(({ band, at }) =>
      readBand(played(band, pitch), at).map((filter) => checkedFilter(filter, at)),
    ),
    gainDb:
      clamped(equalizer['input-gain'], -LARGEST_GAIN_DB, LARGEST_GAIN_DB) +
      clamped(equalizer['output-gain'], -LARGEST_GAIN_DB, LARGEST_GAIN_DB),
    off: bands.length - heard.length,
  };
}

/** The band with its numbers moved into the bounds that EasyEffects and LSP hold them to. */
function played(band: Band, pitch: number): Band {
  const set = clamped(band.frequency, FREQUENCIES_HZ.min, FREQUENCIES_HZ.max);
  return {
    ...band,
    frequency: Math.min(set * pitch, FREQUENCIES_HZ.maxPlayed),
    gain: clamped(band.gain, -LARGEST_GAIN_DB, LARGEST_GAIN_DB),
    q: clamped(band.q, band.mode === COOKBOOK_MODE ? LEAST_COOKBOOK_Q : 0, LARGEST_Q),
  };
}

/** @throws InputError for types, modes and slopes whose curve is not known here */
function readBand({ type, mode, slope, frequency, gain, q }: Band, at: string): readonly Filter[] {
  const kind = KINDS.get(type);
  if (kind === undefined) {
    throw new InputError(`${at}: a band of type "${type.slice(0, 20)}" cannot be read.`);
  }
  const filter = { kind, frequencyHz: frequency, gainDb: gain, q };
  // Such filters are of the second order at any slope.
  if (mode === COOKBOOK_MODE) return [filter];
  const pass = kind === 'low pass' || kind === 'high pass' || kind === 'notch';
  // Flat in every mode.
  if (!pass && gain === 0) return [{ ...filter, q: 1 }];
  const steps = /^x([1-4])$/.exec(slope)?.[1];
  if (mode !== USUAL_MODE || steps === undefined) {
    throw new InputError(
      `${at}: a ${kind} of mode "${mode.slice(0, 20)}" and slope "${slope.slice(0, 5)}" cannot be read, only those of "${COOKBOOK_MODE}", and of "${USUAL_MODE}" with the slopes x1 to x4.`,
    );
  }
  // A steeper filter is as many in series, which share the gain; a notch is one at any slope.
  const times = kind === 'notch' ? 1 : Number(steps);
  const one = { ...filter, gainDb: gain / times, q: qOfRlc(kind, gain / times, q, times) };
  return Array.from({ length: times }, () => one);
}

/**
 * The cookbook's Q of one of the filters of an "RLC (BT)" band. With g the linear gain and A = √g,
 * LSP's bell has 2√(1 + g²) / (g (1 + 2Q / times)) where the cookbook has 1 / (AQ), and its shelves,
 * passes and notch have 2 / (1 + Q) where the cookbook has 1 / Q; all else is the same.
 *
 * @param gainDb of the one filter
 * @param times  how many there are in series
 */
function qOfRlc(kind: Filter['kind'], gainDb: number, q: number, times: number): number {
  const g = 10 ** (gainDb / 20);
  return kind === 'bell'
    ? (Math.sqrt(g) * (1 + (2 * q) / times)) / (2 * Math.hypot(1, g))
    : (1 + q) / 2;
}

function clamped(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}
