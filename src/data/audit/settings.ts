/** What a single setting gives cause to doubt. */
import {
  bandsOf,
  EQ_BANDS,
  EQ_PARAMETERS,
  settingOf,
  type EqBand,
  type EqSetting,
} from '../../eq/parameters';

/** A band with less gain than this, in dB, does nothing: its frequency and Q are noise. */
export const SILENT_DB = 0.05;

/** Whether nobody has touched a knob: every value is the plug-in's default, which it keeps as float32. */
export function isPluginDefault(setting: EqSetting): boolean {
  return EQ_PARAMETERS.every(({ initial }, i) => setting[i] === Math.fround(initial));
}

/** Which of the five bands, from 0, do nothing. */
export function silentBands(setting: EqSetting): number[] {
  return EQ_BANDS.flatMap(({ gain }, band) =>
    Math.abs(setting[gain] ?? 0) < SILENT_DB ? [band] : [],
  );
}

/** Places of the gains that sit exactly at a bound. */
export function gainsAtRails(setting: EqSetting): number[] {
  return EQ_BANDS.map(({ gain }) => gain).filter((place) => {
    const { min, max } = EQ_PARAMETERS[place] ?? { min: NaN, max: NaN };
    return setting[place] === min || setting[place] === max;
  });
}

/** The bells of a setting, as they stand. */
export function bellsOf(setting: EqSetting): readonly EqBand[] {
  return bandsOf(setting).filter(({ kind }) => kind === 'bell');
}

/** Whether the bells are in another order than that of their frequencies. */
export function hasUnsortedBells(setting: EqSetting): boolean {
  const [a = 0, b = 0, c = 0] = bellsOf(setting).map(({ frequencyHz }) => frequencyHz);
  return a > b || b > c;
}

/**
 * The same setting with its bells in the order of their frequencies (equal ones as they were). It
 * sounds the same, since bells in series commute, and stays inside the plug-in's bounds: see clampToBounds.
 */
export function sortBells(setting: EqSetting): EqSetting {
  if (!hasUnsortedBells(setting)) return setting;
  const bands = bandsOf(setting);
  const bells = bellsOf(setting).toSorted((a, b) => a.frequencyHz - b.frequencyHz);
  return settingOf([bands[0], ...bells, bands[4]]);
}
