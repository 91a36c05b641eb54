/** The setting whose response comes nearest to a wanted curve. */
import { dot } from '../math/linear-algebra';
import { marquardtStep } from '../math/marquardt';
import { bandsOf, clampToBounds, EQ_PARAMETERS, type EqSetting } from './parameters';
import { filtersOn, responseGrid, responseOn, type ResponseGrid } from './response';

/** Rounds after which a fit has settled, nearly always earlier. */
const ROUNDS = 40;
/** Share of the squared error that a round must take away for another to follow. */
const LEAST_GAIN = 1e-4;
/** Step of a parameter in its own scale (dB, or the logarithm of Hz or Q) to see what it does. */
const PROBE = 1e-4;
/** Growth of the damping after a step that did not help; a third of it is taken back after one that did. */
const DAMPING_GROWTH = 4;
const FIRST_DAMPING = 0.01;
/** Damping at which steps are too small to matter. */
const LAST_DAMPING = 1e6;
/** Added to the diagonal: a silent band's frequency and Q do nothing. */
const FLOOR = 1e-3;

/**
 * The setting inside the plug-in's bounds that least squares on the curve's points leads to from a
 * start: damped Gauss–Newton in dB, ln Hz and ln Q, never farther from the curve than the start.
 *
 * @param curve         wanted response in dB, [points]
 * @param frequenciesHz of its points, [points]
 * @param start         inside the bounds
 */
export function fitSetting(
  curve: Float64Array,
  frequenciesHz: Float64Array,
  start: EqSetting,
): EqSetting {
  const grid = responseGrid(frequenciesHz);
  const missing = (setting: EqSetting): Float64Array => {
    const response = responseOn(grid, setting);
    return curve.map((db, i) => db - (response[i] ?? 0));
  };
  let setting = clampToBounds(start);
  let rest = missing(setting);
  let error = dot(rest, rest);
  let damping = FIRST_DAMPING;
  for (let round = 0; round < ROUNDS && damping < LAST_DAMPING; round++) {
    const at = EQ_PARAMETERS.map((_, i) => toScale(i, setting[i] ?? 0));
    const effects = slopes(setting, at, grid);
    const before = error;
    while (damping < LAST_DAMPING) {
      const step = marquardtStep(effects, rest, damping, FLOOR);
      const moved = at.map((value, i) => fromScale(i, value + (step[i] ?? 0)));
      const tried = clampToBounds(moved);
      const left = missing(tried);
      const now = dot(left, left);
      if (now < error) {
        [setting, rest, error] = [tried, left, now];
        damping *= 3 / DAMPING_GROWTH / DAMPING_GROWTH;
        break;
      }
      damping *= DAMPING_GROWTH;
    }
    if (before - error < LEAST_GAIN * before) break;
  }
  return setting;
}

/**
 * How the response changes with each parameter in its own scale, dB, [13] of [points]. Bands in
 * series add up in dB, so only the parameter's own band has to be looked at.
 */
function slopes(setting: EqSetting, at: readonly number[], grid: ResponseGrid): Float64Array[] {
  const bandResponse = (of: EqSetting, band: number): Float64Array =>
    filtersOn(grid, bandsOf(of).slice(band, band + 1));
  const before = bandsOf(setting).map((_, band) => bandResponse(setting, band));
  return EQ_PARAMETERS.map(({ band }, i) => {
    const probed = setting.map((old, j) => (j === i ? fromScale(i, (at[i] ?? 0) + PROBE) : old));
    return bandResponse(probed, band).map((db, k) => (db - (before[band]?.[k] ?? 0)) / PROBE);
  });
}

const isGain = (i: number): boolean => EQ_PARAMETERS[i]?.kind === 'gain';

function toScale(i: number, value: number): number {
  return isGain(i) ? value : Math.log(value);
}

function fromScale(i: number, scaled: number): number {
  return isGain(i) ? scaled : Math.exp(scaled);
}
