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
import { writePower, type ResponseGrid } from './response';

/** Step of a parameter in its own scale to see what it does. */
const PROBE = 1e-4;
/** dB of a power that is e times another. */
const DB = 10 / Math.LN10;

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
  const points = grid.phi.length;
  // In one piece: to make and forget many arrays would take longer than to fill them.
  const room = new Float64Array((EQ_PARAMETERS.length + 1) * points);
  const before = room.subarray(EQ_PARAMETERS.length * points);
  const bands = bandsOf(setting);
  let own: EqBand | undefined;
  return EQ_PARAMETERS.map(({ band: of, kind }, i) => {
    const slope = room.subarray(i * points, (i + 1) * points);
    const band = bands[of];
    if (band === undefined) return slope;
    if (band !== own) writePower(before, grid, band);
    own = band;
    writePower(slope, grid, withValue(band, kind, (at[i] ?? 0) + PROBE));
    for (let k = 0; k < points; k++) {
      const power = before[k] ?? 1;
      const more = ((slope[k] ?? 1) - power) / power;
      // The logarithm of 1 + more, which is small: a thousand true ones would take most of the time.
      slope[k] = (DB * more * (1 - more * (1 / 2 - more / 3))) / PROBE;
    }
    return slope;
  });
}

function withValue(band: EqBand, kind: ParameterKind, scaled: number): EqBand {
  if (kind === 'gain') return { ...band, gainDb: scaled };
  const value = Math.exp(scaled);
  return kind === 'frequency' ? { ...band, frequencyHz: value } : { ...band, q: value };
}
