/**
 * The five-band equaliser's 13 parameters: order, bounds and defaults.
 *
 * Source of bounds and defaults: the SAFE Equaliser plug-in, whose settings the data set holds.
 */

/** Unit and scale of a parameter. */
export type ParameterKind = 'gain' | 'frequency' | 'q';

/** 0 low shelf, 1–3 bells, 4 high shelf. */
export type BandIndex = 0 | 1 | 2 | 3 | 4;

export interface EqParameter {
  /** Name people read: "low shelf gain". */
  readonly name: string;
  readonly kind: ParameterKind;
  readonly band: BandIndex;
  /** dB, Hz or none, by kind. */
  readonly min: number;
  readonly max: number;
  readonly initial: number;
}

/** Number of parameters of one setting. */
export const PARAMETER_COUNT = 13;

/** Q of both shelves, in the Audio EQ Cookbook's sense. The plug-in does not let people set it. */
export const SHELF_Q = 0.71;

const gain = (name: string, band: EqParameter['band']): EqParameter => ({
  name: `${name} gain`,
  kind: 'gain',
  band,
  min: -12,
  max: 12,
  initial: 0,
});
const frequency = (
  name: string,
  band: EqParameter['band'],
  min: number,
  max: number,
  initial: number,
): EqParameter => ({ name: `${name} frequency`, kind: 'frequency', band, min, max, initial });
const q = (name: string, band: EqParameter['band']): EqParameter => ({
  name: `${name} Q`,
  kind: 'q',
  band,
  min: 0.1,
  max: 10,
  initial: 0.71,
});

/** The parameters in the data set's column order (columns 5–17). */
export const EQ_PARAMETERS: readonly EqParameter[] = [
  gain('low shelf', 0),
  frequency('low shelf', 0, 22, 1000, 150),
  gain('bell 1', 1),
  frequency('bell 1', 1, 82, 3900, 560),
  q('bell 1', 1),
  gain('bell 2', 2),
  frequency('bell 2', 2, 180, 4700, 1000),
  q('bell 2', 2),
  gain('bell 3', 3),
  frequency('bell 3', 3, 220, 10_000, 3300),
  q('bell 3', 3),
  gain('high shelf', 4),
  frequency('high shelf', 4, 580, 20_000, 8200),
];

/** One setting: 13 numbers in dB, Hz and Q, in the order of {@link EQ_PARAMETERS}. */
export type EqSetting = readonly number[];

/** What a band is, and where its values stand among the 13 parameters. */
interface BandPlaces {
  readonly name: string;
  readonly kind: EqBand['kind'];
  readonly gain: number;
  readonly frequency: number;
  /** Shelves have none: theirs is fixed. */
  readonly q?: number;
}

/** The bands, low shelf first. */
export const EQ_BANDS = [
  { name: 'low shelf', kind: 'low shelf', gain: 0, frequency: 1 },
  { name: 'bell 1', kind: 'bell', gain: 2, frequency: 3, q: 4 },
  { name: 'bell 2', kind: 'bell', gain: 5, frequency: 6, q: 7 },
  { name: 'bell 3', kind: 'bell', gain: 8, frequency: 9, q: 10 },
  { name: 'high shelf', kind: 'high shelf', gain: 11, frequency: 12 },
] as const satisfies readonly BandPlaces[];

/** Indices of the bands, and of the bells among them. */
export const BANDS: readonly BandIndex[] = [0, 1, 2, 3, 4];
export const BELLS: readonly BandIndex[] = BANDS.filter((band) => EQ_BANDS[band].kind === 'bell');

/** Index of a band's parameter among the 13; null for the Q of a shelf, which is fixed. */
export function parameterOf(band: BandIndex, kind: ParameterKind): number | null {
  const places: BandPlaces = EQ_BANDS[band];
  return places[kind] ?? null;
}

/**
 * What the plug-in is set to before anybody turns a knob: the sound as it is. It runs through the
 * same filters as any other setting, and comes out the same to the last bit.
 */
export const FLAT_SETTING: EqSetting = EQ_PARAMETERS.map(({ initial }) => initial);

export interface EqBand {
  readonly kind: 'low shelf' | 'bell' | 'high shelf';
  readonly gainDb: number;
  readonly frequencyHz: number;
  readonly q: number;
}

/** The five bands of a setting, low shelf first. */
export function bandsOf(setting: EqSetting): readonly EqBand[] {
  const at = (i: number): number => setting[i] ?? Number.NaN;
  return EQ_BANDS.map(({ kind, gain, frequency, q }: BandPlaces) => ({
    kind,
    gainDb: at(gain),
    frequencyHz: at(frequency),
    q: q === undefined ? SHELF_Q : at(q),
  }));
}

/** The numbers of a band; a shelf's Q is passed over. */
export type BandValues = Pick<EqBand, 'gainDb' | 'frequencyHz' | 'q'>;

/**
 * The setting of five bands, low shelf first: the opposite of {@link bandsOf}. A band that is left
 * out is as the plug-in begins.
 */
export function settingOf(bands: readonly (BandValues | undefined)[]): EqSetting {
  return EQ_PARAMETERS.map(({ band, kind, initial }) => bands[band]?.[VALUE_OF[kind]] ?? initial);
}

const VALUE_OF = { gain: 'gainDb', frequency: 'frequencyHz', q: 'q' } as const;

/** Whether two settings have the same 13 numbers. */
export function sameSetting(one: EqSetting, other: EqSetting): boolean {
  return one.every((value, i) => value === other[i]);
}

/**
 * The setting with each value moved to the nearest one inside the plug-in's bounds.
 *
 * That holds for bells in the order of their frequencies too, whichever band each was set on: both
 * the lower and the upper bounds of the three rise from bell to bell, so the lowest, middle and
 * highest of three frequencies within them are within those of bell 1, 2 and 3.
 */
export function clampToBounds(setting: EqSetting): EqSetting {
  return EQ_PARAMETERS.map((p, i) => Math.min(p.max, Math.max(p.min, setting[i] ?? p.initial)));
}

/**
 * The value at a share of the way, 0 to 1, from a parameter's least to its most: even in dB, and in
 * the logarithms of frequency and Q.
 */
export function valueAt(share: number, { kind, min, max }: EqParameter): number {
  const value = kind === 'gain' ? min + share * (max - min) : min * (max / min) ** share;
  return Math.max(min, Math.min(max, value));
}
