/**
 * EasyEffects' presets: JSON with an "equalizer" among the effects of the output.
 *
 * Sources: EasyEffects' own reader and writer of presets, and the filters of LSP Plugins that it
 * drives. Of their modes "APO (DR)" is the cookbook's filters; "RLC (BT)", the usual one, is the
 * same shapes with another meaning of Q, see {@link qOfRlc}.
 */
import * as v from 'valibot';
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf, type EqBand } from '../eq/parameters';
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import {
  checkedFilter,
  checkedPreamp,
  decimal,
  fileStem,
  preampDb,
  type PresetFormat,
  type PresetOptions,
  type ReadPreset,
} from './preset';
import { parseStructured } from './structured';

const TYPES: Record<EqBand['kind'], string> = {
  'low shelf': 'Lo-shelf',
  bell: 'Bell',
  'high shelf': 'Hi-shelf',
};

/** The cookbook's filters, among those of LSP Plugins. */
const COOKBOOK_MODE = 'APO (DR)';
/** The mode where a file names none. */
const USUAL_MODE = 'RLC (BT)';

/** EasyEffects turns the level of its input down by no more than this. */
const LOWEST_INPUT_DB = -36;

function write(named: NamedSetting, options: PresetOptions): string {
  const bands = Object.fromEntries(
    bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }, i) => [
      `band${String(i)}`,
      {
        frequency: decimal(frequencyHz, 4),
        gain: decimal(gainDb, 4),
        mode: COOKBOOK_MODE,
        mute: false,
        q: decimal(q, 5),
        slope: 'x1',
        solo: false,
        type: TYPES[kind],
        width: 4,
      },
    ]),
  );
  const preamp = preampDb(named.setting, options);
  const input = Math.max(LOWEST_INPUT_DB, preamp);
  const equalizer = {
    balance: 0,
    bypass: false,
    'input-gain': input,
    left: bands,
    mode: 'IIR',
    'num-bands': Object.keys(bands).length,
    'output-gain': decimal(preamp - input, 1),
    'pitch-left': 0,
    'pitch-right': 0,
    right: bands,
    'split-channels': false,
  };
  const preset = {
    output: { blocklist: [], 'equalizer#0': equalizer, plugins_order: ['equalizer#0'] },
  };
  return `${JSON.stringify(preset, null, 4)}\n`;
}

const equalizerSchema = v.object({
  bypass: v.optional(v.boolean(), false),
  'input-gain': v.optional(v.number(), 0),
  'output-gain': v.optional(v.number(), 0),
  'num-bands': v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(32)),
  'split-channels': v.optional(v.boolean(), false),
});
const bandSchema = v.object({
  frequency: v.number(),
  gain: v.number(),
  mode: v.optional(v.string(), USUAL_MODE),
  mute: v.optional(v.boolean(), false),
  q: v.number(),
  slope: v.optional(v.string(), 'x1'),
  solo: v.optional(v.boolean(), false),
  type: v.string(),
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

function read(text: string): ReadPreset {
  const json = parseStructured(text, 'JSON');
  const effects = v.record(v.string(), v.unknown());
  const file = json.get([], effects);
  const section = Object.hasOwn(file, 'output') ? 'output' : 'input';
  const names = Object.keys(json.get([section], effects)).filter((name) =>
    /^equalizer(#\d+)?$/.test(name),
  );
  const [name] = names;
  if (name === undefined) {
    throw new InputError(`${json.at([section])}: there is no "equalizer" among the effects.`);
  }
  const path = [section, name];
  const equalizer = json.get(path, equalizerSchema);
  const bands = Array.from({ length: equalizer['num-bands'] }, (_, i) => {
    const place = [...path, 'left', `band${String(i)}`];
    return { band: json.get(place, bandSchema), at: json.at(place) };
  });
  const solo = bands.some(({ band }) => band.solo);
  const heard = bands.filter(
    ({ band }) =>
      !equalizer.bypass &&
      !band.mute &&
      (!solo || band.solo) &&
      band.type !== 'Off' &&
      band.type !== 'Allpass',
  );
  const gain = equalizer['input-gain'] + equalizer['output-gain'];
  return {
    name: null,
    filters: heard.map(({ band, at }) => checkedFilter(readBand(band, at), at)),
    curve: [],
    preampDb: checkedPreamp(gain, json.at([...path, 'input-gain'])),
    off: bands.length - heard.length,
    notes: [
      ...(names.length > 1 ? [`Of ${String(names.length)} equalizers the first was read.`] : []),
      ...(equalizer['split-channels'] ? ['The right channel was left aside.'] : []),
    ],
  };
}

/** @throws InputError for types, modes and slopes whose curve is not known here */
function readBand({ type, mode, slope, frequency, gain, q }: Band, at: string): Filter {
  const kind = KINDS.get(type);
  if (kind === undefined) {
    throw new InputError(`${at}: a band of type "${type.slice(0, 20)}" cannot be read.`);
  }
  const filter = { kind, frequencyHz: frequency, gainDb: gain, q };
  // Such filters are of the second order at any slope.
  if (mode === COOKBOOK_MODE) return filter;
  if (mode !== USUAL_MODE || slope !== 'x1' || kind.endsWith('pass') || kind === 'notch') {
    throw new InputError(
      `${at}: a ${kind} of mode "${mode.slice(0, 20)}" and slope "${slope.slice(0, 5)}" cannot be read, only "${COOKBOOK_MODE}", and "${USUAL_MODE}" with bells and shelves of slope "x1".`,
    );
  }
  return { ...filter, q: qOfRlc(kind, gain, q) };
}

/**
 * The cookbook's Q of an "RLC (BT)" filter of slope x1. With g the linear gain and A = √g, LSP's bell
 * has 2√(1 + g²) / (g (1 + 2Q)) where the cookbook has 1 / (AQ), and its shelves have 2 / (1 + Q)
 * where the cookbook has 1 / Q; all else is the same.
 */
function qOfRlc(kind: Filter['kind'], gainDb: number, q: number): number {
  const g = 10 ** (gainDb / 20);
  return kind === 'bell' ? (Math.sqrt(g) * (1 + 2 * q)) / (2 * Math.hypot(1, g)) : (1 + q) / 2;
}

export const EASYEFFECTS: PresetFormat = {
  key: 'easyeffects',
  title: 'EasyEffects (JSON)',
  fileName: (name) => `${fileStem(name)}.json`,
  mediaType: 'application/json',
  write,
  read,
};
