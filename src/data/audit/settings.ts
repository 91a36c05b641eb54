/** What a single setting gives cause to doubt. */
import { EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';

/** Places of the gains, and of the bells' frequencies, in a setting. */
const GAINS = placesOf('gain');
const BELLS = [2, 5, 8] as const;

/** A band with less gain than this, in dB, does nothing: its frequency and Q are noise. */
export const SILENT_DB = 0.05;

/** Whether nobody has touched a knob: every value is the plug-in's default, which it keeps as float32. */
export function isPluginDefault(setting: EqSetting): boolean {
  return EQ_PARAMETERS.every(({ initial }, i) => setting[i] === Math.fround(initial));
}

/** Which of the five bands, from 0, do nothing. */
export function silentBands(setting: EqSetting): number[] {
  return GAINS.flatMap((place, band) => (Math.abs(setting[place] ?? 0) < SILENT_DB ? [band] : []));
}

/** Places of the gains that sit exactly at a bound. */
export function gainsAtRails(setting: EqSetting): number[] {
  return GAINS.filter((place) => {
    const { min, max } = EQ_PARAMETERS[place] ?? { min: NaN, max: NaN };
    return setting[place] === min || setting[place] === max;
  });
}

/** Whether the bells are in another order than that of their frequencies. */
export function hasUnsortedBells(setting: EqSetting): boolean {
  const [a = 0, b = 0, c = 0] = BELLS.map((bell) => setting[bell + 1]);
  return a > b || b > c;
}

/**
 * The same setting with its bells in the order of their frequencies (equal ones as they were). It
 * sounds the same, since bells in series commute, and stays inside the plug-in's bounds: see clampToBounds.
 */
export function sortBells(setting: EqSetting): EqSetting {
  if (!hasUnsortedBells(setting)) return setting;
  const bells = BELLS.map((bell) => setting.slice(bell, bell + 3));
  bells.sort(([, a = 0], [, b = 0]) => a - b);
  return [...setting.slice(0, BELLS[0]), ...bells.flat(), ...setting.slice(BELLS[2] + 3)];
}

function placesOf(kind: 'gain'): number[] {
  return EQ_PARAMETERS.flatMap((parameter, i) => (parameter.kind === kind ? [i] : []));
}
