/**
 * Settings in the scale in which least squares moves them: gains in dB, frequencies and Qs by their
 * natural logarithms.
 */
import {
  bandsOf,
  EQ_PARAMETERS,
  type EqBand,
  type EqSetting,
  type ParameterKind,
} from './parameters';
import { filtersOn, type ResponseGrid } from './response';

/** Step of a parameter in its own scale to see what it does. */
const PROBE = 1e-4;

/** The 13 parameters in their scale. */
export function toScale(setting: EqSetting): number[] {
  return setting.map((value, i) => (EQ_PARAMETERS[i]?.kind === 'gain' ? value : Math.log(value)));
}

/** The opposite of {@link toScale}. */
export function fromScale(at: readonly number[]): EqSetting {
  return at.map((value, i) => (EQ_PARAMETERS[i]?.kind === 'gain' ? value : Math.exp(value)));
}

/**
 * How the response changes with each parameter in its own scale, dB, [13] of [points]. Bands in
 * series add up in dB, so only the parameter's own band has to be looked at.
 *
 * @param at the setting in its scale
 */
export function responseSlopes(
  setting: EqSetting,
  at: readonly number[],
  grid: ResponseGrid,
): Float64Array[] {
  return bandsOf(setting).flatMap((band, own) => {
    const before = filtersOn(grid, [band]);
    return EQ_PARAMETERS.flatMap(({ band: of, kind }, i) => {
      if (of !== own) return [];
      const slope = filtersOn(grid, [withValue(band, kind, (at[i] ?? 0) + PROBE)]);
      for (let k = 0; k < slope.length; k++) {
        slope[k] = ((slope[k] ?? 0) - (before[k] ?? 0)) / PROBE;
      }
      return [slope];
    });
  });
}

function withValue(band: EqBand, kind: ParameterKind, scaled: number): EqBand {
  if (kind === 'gain') return { ...band, gainDb: scaled };
  const value = Math.exp(scaled);
  return kind === 'frequency' ? { ...band, frequencyHz: value } : { ...band, q: value };
}
