/** One band of a setting changed by hand. */
import { clampToBounds, EQ_PARAMETERS, type EqParameter, type EqSetting } from './parameters';

type Kind = EqParameter['kind'];
export type BandIndex = EqParameter['band'];

/** The bands from the low shelf to the high shelf. */
export const BANDS: readonly BandIndex[] = [0, 1, 2, 3, 4];

/** Index of a band's parameter among the 13; null for the Q of a shelf, which is fixed. */
export function parameterOf(band: BandIndex, kind: Kind): number | null {
  const index = EQ_PARAMETERS.findIndex((own) => own.band === band && own.kind === kind);
  return index < 0 ? null : index;
}

/** The setting with some of a band's values, in dB, Hz and Q, inside the plug-in's bounds. */
export function withBand(
  setting: EqSetting,
  band: BandIndex,
  values: Partial<Record<Kind, number>>,
): EqSetting {
  return clampToBounds(
    setting.map((value, i) => {
      const { band: own, kind } = EQ_PARAMETERS[i] ?? {};
      return own === band && kind !== undefined ? (values[kind] ?? value) : value;
    }),
  );
}

/** The setting with a band as the plug-in begins: silent, at its own frequency and Q. */
export function withBandReset(setting: EqSetting, band: BandIndex): EqSetting {
  return setting.map((value, i) => {
    const parameter = EQ_PARAMETERS[i];
    return parameter?.band === band ? parameter.initial : value;
  });
}
