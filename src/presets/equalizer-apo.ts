/**
 * Equalizer APO's configuration, also as AutoEq's `ParametricEQ.txt`.
 *
 * Source: Equalizer APO's "Configuration reference". Frequencies never have exactly three decimals:
 * those are read as thousands.
 */
import type { NamedSetting } from '../eq/named-setting';
import { bandsOf, type EqBand } from '../eq/parameters';
import type { Filter } from '../eq/response';
import { InputError } from '../base/input-error';
import { readFilter, readNumber, readPreamp } from './filter-lines';
import {
  checkedFilter,
  decimal,
  oneLine,
  preampDb,
  type CurvePoint,
  type PresetFormat,
  type PresetOptions,
  type ReadPreset,
} from './preset';

/**
 * The Q that such files give shelves of slope 1, and that AutoEq and others expect. The plug-in's
 * 0.71 is at most 0.0213 dB away with one shelf at ±12 dB, and 0.0427 dB with both at one place.
 */
const SHELF_Q_WRITTEN = 0.7071;

const TYPES: Record<EqBand['kind'], string> = {
  'low shelf': 'LSC',
  bell: 'PK',
  'high shelf': 'HSC',
};

function write(named: NamedSetting, options: PresetOptions): string {
  const lines = bandsOf(named.setting).map(({ kind, frequencyHz, gainDb, q }, i) => {
    const fc = String(decimal(frequencyHz, 2));
    const gain = String(decimal(gainDb, 3));
    const width = kind === 'bell' ? String(decimal(q, 4)) : String(SHELF_Q_WRITTEN);
    return `Filter ${String(i + 1)}: ON ${TYPES[kind]} Fc ${fc} Hz Gain ${gain} dB Q ${width}`;
  });
  const preamp = `Preamp: ${preampDb(named.setting, options).toFixed(1)} dB`;
  return `# ${oneLine(named.name)}\n${preamp}\n${lines.join('\n')}\n`;
}

/** Commands that change the sound in ways that filters do not tell. */
const NOT_FOLLOWED = new Set([
  'include',
  'convolution',
  'copy',
  'vstplugin',
  'loudnesscorrection',
  'if',
  'elseif',
  'else',
  'eval',
]);

/** Characters of a filter's line; in longer ones, patterns could look for their match for long. */
const LONGEST_FILTER = 300;

/** A command, its number if any, and what follows. */
const COMMAND = /^\s{0,40}([A-Za-z]{1,40})\s{0,9}\d{0,9}\s{0,9}:(.*)$/;

function read(text: string): ReadPreset {
  const filters: Filter[] = [];
  const notes: string[] = [];
  let curve: readonly CurvePoint[] = [];
  let preamp = 0;
  let off = 0;
  let others = 0;
  let selected = true;
  text.split(/\r\n|\r|\n/).forEach((line, i) => {
    const at = `Line ${String(i + 1)}`;
    const [, name = '', parameters = ''] = COMMAND.exec(line.replace('\uFEFF', '')) ?? [];
    const command = name.toLowerCase();
    if (command === 'channel') {
      selected = /\b(all|l|1)\b/i.test(parameters.slice(0, LONGEST_FILTER));
    } else if (NOT_FOLLOWED.has(command)) {
      notes.push(`${at}: "${name}" is not followed.`);
    } else if (command === 'preamp') {
      if (selected) preamp += readPreamp(parameters.slice(0, LONGEST_FILTER), at);
    } else if (command === 'graphiceq') {
      if (curve.length > 0) throw new InputError(`${at}: only one GraphicEQ can be read.`);
      if (selected) curve = readCurve(parameters, at);
    } else if (command === 'filter') {
      if (parameters.length > LONGEST_FILTER) {
        throw new InputError(`${at}: the line is too long for a filter.`);
      }
      const [, state = '', filter = ''] = /^\s*(ON|OFF)\b(.*)$/i.exec(parameters) ?? [];
      if (state === '') throw new InputError(`${at}: the filter is neither ON nor OFF.`);
      if (!selected) others++;
      else if (state.toUpperCase() === 'OFF') off++;
      else {
        const read = readFilter(filter, at);
        if (read === null) off++;
        else filters.push(read);
      }
    }
  });
  if (filters.length === 0 && curve.length === 0 && off === 0) {
    throw new InputError('No line of the file sets a filter.');
  }
  if (others > 0) notes.push('Filters of other channels than the left were left aside.');
  return { name: null, filters, curve, preampDb: preamp, off, notes };
}

const MOST_POINTS = 2000;

/** Points "20 -1.5; 30 -1.2; …" of a GraphicEQ. */
function readCurve(parameters: string, at: string): readonly CurvePoint[] {
  const parts = parameters.split(';').filter((part) => part.trim() !== '');
  if (parts.length === 0 || parts.length > MOST_POINTS) {
    throw new InputError(`${at}: a GraphicEQ needs 1 to 2,000 points, as in "100 -1.5; 200 2".`);
  }
  const points = parts.map((part) => {
    const [frequency = '', gain = '', more] = part.trim().split(/\s+/);
    const point = { frequencyHz: readNumber(frequency), gainDb: readNumber(gain) };
    if (more !== undefined) {
      throw new InputError(`${at}: a point of a GraphicEQ is a frequency and a gain.`);
    }
    checkedFilter({ kind: 'bell', q: 1, ...point }, at);
    return point;
  });
  return points.sort((a, b) => a.frequencyHz - b.frequencyHz);
}

export const EQUALIZER_APO: PresetFormat = {
  key: 'apo',
  title: 'Equalizer APO, AutoEq (text)',
  fileName: () => 'ParametricEQ.txt',
  mediaType: 'text/plain',
  write,
  read,
};
