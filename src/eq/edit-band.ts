/** One band of a setting changed by hand. */
import {
  clampToBounds,
  EQ_PARAMETERS,
  type BandIndex,
  type EqSetting,
  type ParameterKind,
} from './parameters';

/** The setting with some of a band's values, in dB, Hz and Q, inside the plug-in's bounds. */
export function withBand(
  setting: EqSetting,
  band: BandIndex,
  values: Partial<Record<ParameterKind, number>>,
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
