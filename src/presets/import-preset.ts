/** Five bands for what a preset says: exactly where they can hold it, else the nearest. */
import { canonicalSetting } from '../eq/canonical-setting';
import { fitSetting } from '../eq/fit-setting';
import {
  bandsOf,
  BELLS,
  clampToBounds,
  EQ_BANDS,
  FLAT_SETTING,
  sameSetting,
  settingOf,
  SHELF_Q,
  type BandIndex,
  type BandValues,
  type EqSetting,
} from '../eq/parameters';
import { logFrequencies, type Filter } from '../eq/response';
import { settingFights } from '../eq/setting-quality';
import { InputError } from '../base/input-error';
import { comparisonGrid, curveOfPreset, deviationFrom, type Deviation } from './deviation';
import { detectFormat } from './formats';
import type { PresetFormat, ReadPreset } from './preset';

export interface ImportedPreset extends Deviation {
  readonly format: PresetFormat;
  readonly preset: ReadPreset;
  readonly setting: EqSetting;
  /** Whether the five bands are the file's own filters; else they were fitted to its curve. */
  readonly exact: boolean;
}

/** Rate at which curves are drawn, compared and fitted, in Hz. */
const RATE_HZ = 48_000;
const FIT_POINTS = 128;

/** Longest text that is looked at. */
const MOST_CHARACTERS = 1024 * 1024;
/** Most filters of a file; what has more is no preset, and would take long to draw. */
const MOST_FILTERS = 1000;

/**
 * The setting that a preset's text stands for, and how far its response is from the text's curve
 * (without preamp, 20 Hz to 20 kHz at 48 kHz).
 *
 * @param format null to tell it from the text
 * @throws InputError naming the line at which the text cannot be read
 */
export function importPreset(text: string, format: PresetFormat | null = null): ImportedPreset {
  if (text.length > MOST_CHARACTERS) {
    throw new InputError('The file is longer than 1 MB, which no preset is.');
  }
  const chosen = format ?? detectFormat(text);
  const preset = chosen.read(text);
  if (preset.filters.length > MOST_FILTERS) {
    throw new InputError('The file has more than 1,000 filters, which no preset has.');
  }
  const grid = comparisonGrid(RATE_HZ);
  const curve = curveOfPreset(preset, grid);
  const taken = preset.curve.length === 0 ? takenExactly(preset.filters) : null;
  const setting = taken ?? fitted(preset);
  const deviation = deviationFrom(curve, setting, grid);
  return { format: chosen, preset, setting, exact: taken !== null, ...deviation };
}

/**
 * How far a shelf's Q may be from the plug-in's to count as it: as far as that of slope 1, 0.7071,
 * which files give for it. At ±12 dB it makes 0.021 dB.
 */
const SHELF_Q_TOLERANCE = 0.003;

const isSilent = ({ kind, gainDb }: Filter): boolean =>
  gainDb === 0 && (kind === 'bell' || kind.endsWith('shelf'));

/** The filters as a setting's bands; null where the five do not hold them. */
function takenExactly(filters: readonly Filter[]): EqSetting | null {
  // With the silent ones first, so that what was written here comes back band by band.
  return inBands(filters) ?? inBands(filters.filter((filter) => !isSilent(filter)));
}

function inBands(filters: readonly Filter[]): EqSetting | null {
  const of = (kind: Filter['kind']): readonly Filter[] =>
    filters.filter((filter) => filter.kind === kind);
  const [low, ...lowMore] = of('low shelf');
  const [high, ...highMore] = of('high shelf');
  const bells = [...of('bell')].sort((a, b) => a.frequencyHz - b.frequencyHz);
  const shelves = [low, high].filter((shelf) => shelf !== undefined);
  if (lowMore.length > 0 || highMore.length > 0 || bells.length > BELLS.length) return null;
  if (shelves.length + bells.length < filters.length) return null;
  if (shelves.some(({ q }) => Math.abs(q - SHELF_Q) > SHELF_Q_TOLERANCE)) return null;
  for (const places of placesFor(bells)) {
    const placed = settingOf([low, ...BELLS.map((band) => bells[places.indexOf(band)]), high]);
    if (sameSetting(clampToBounds(placed), placed)) return placed;
  }
  return null;
}

/**
 * Every choice of as many of the setting's bells, in their order: first the one that is nearest to
 * where the bells would be by themselves, so that the silent ones left over keep the order too.
 */
function placesFor(bells: readonly Filter[]): readonly (readonly BandIndex[])[] {
  const choices = Array.from({ length: 2 ** BELLS.length }, (_, bits) =>
    BELLS.filter((_, i) => (bits >> i) & 1),
  );
  const distance = (places: readonly BandIndex[]): number =>
    places.reduce<number>((sum, place, i) => {
      const initial = FLAT_SETTING[EQ_BANDS[place].frequency] ?? 1;
      return sum + Math.abs(Math.log((bells[i]?.frequencyHz ?? 1) / initial));
    }, 0);
  return choices
    .filter((places) => places.length === bells.length)
    .sort((a, b) => distance(a) - distance(b));
}

/** How much farther from the curve bands may be that do not work against each other, in dB RMS. */
const PEACE_DB = 0.1;

/**
 * The nearest setting that least squares leads to from any of several starts. Where its bands work
 * against each other, as nobody would set them, another that is hardly farther, if there is one.
 */
function fitted(preset: ReadPreset): EqSetting {
  const grid = comparisonGrid(RATE_HZ, FIT_POINTS);
  const frequencies = logFrequencies(FIT_POINTS);
  const curve = curveOfPreset(preset, grid);
  let best: EqSetting = [];
  let least = Infinity;
  for (const start of startsFor(preset.filters, curve, frequencies)) {
    const setting = fitSetting(curve, frequencies, start);
    const { rmsDb } = deviationFrom(curve, setting, grid);
    if (rmsDb < least) [best, least] = [setting, rmsDb];
  }
  if (!settingFights(best)) return best;
  const peaceful = canonicalSetting(best);
  const { rmsDb } = deviationFrom(curve, peaceful, grid);
  return rmsDb <= least + PEACE_DB ? peaceful : best;
}

/** Frequencies of the low shelf, three bells and the high shelf, to begin with, in Hz. */
const SPREADS: readonly (readonly number[])[] = [
  [150, 560, 1000, 3300, 8200],
  [60, 150, 600, 2500, 6000],
  [100, 300, 1500, 6000, 12_000],
  [400, 120, 1000, 8000, 1500],
];

function startsFor(
  filters: readonly Filter[],
  curve: Float64Array,
  frequencies: Float64Array,
): readonly EqSetting[] {
  const level = (hz: number): number => {
    const at = frequencies.findIndex((frequency) => frequency >= hz);
    return curve[at < 0 ? curve.length - 1 : at] ?? 0;
  };
  const spread = SPREADS.map((spread) =>
    boundedSetting(
      spread.map((frequencyHz) => ({ frequencyHz, gainDb: level(frequencyHz) / 2, q: 0.7 })),
    ),
  );
  return [fromFilters(filters), ...spread, boundedSetting(peaks(curve, frequencies))];
}

/** Five points as a setting inside the bounds, bells in the order of their frequencies. */
function boundedSetting([low, a, b, c, high]: readonly (BandValues | undefined)[]): EqSetting {
  const flat = bandsOf(FLAT_SETTING);
  const bells = [a ?? flat[1], b ?? flat[2], c ?? flat[3]]
    .filter((bell) => bell !== undefined)
    .sort((x, y) => x.frequencyHz - y.frequencyHz);
  return clampToBounds(settingOf([low, ...bells, high]));
}

/** The file's own shelves and those three of its bells that take up most. */
function fromFilters(filters: readonly Filter[]): EqSetting {
  const weight = ({ gainDb, q }: BandValues): number => Math.abs(gainDb) / Math.sqrt(q);
  const heaviest = (kind: Filter['kind']): readonly Filter[] =>
    filters.filter((filter) => filter.kind === kind).sort((a, b) => weight(b) - weight(a));
  const [a, b, c] = heaviest('bell');
  return boundedSetting([heaviest('low shelf')[0], a, b, c, heaviest('high shelf')[0]]);
}

/** Bells at the curve's three farthest points, each an octave or more from the others. */
function peaks(
  curve: Float64Array,
  frequencies: Float64Array,
): readonly (BandValues | undefined)[] {
  const points = Array.from(curve, (gainDb, i) => ({
    gainDb,
    frequencyHz: frequencies[i] ?? 0,
    q: 1.4,
  })).sort((a, b) => Math.abs(b.gainDb) - Math.abs(a.gainDb));
  const chosen: BandValues[] = [];
  for (const point of points) {
    const apart = chosen.every(
      ({ frequencyHz }) => Math.abs(Math.log2(frequencyHz / point.frequencyHz)) >= 1,
    );
    if (apart && chosen.length < BELLS.length) chosen.push(point);
  }
  return [undefined, ...chosen];
}
