/** The setting whose response comes nearest to a wanted curve. */
import { dot } from '../math/linear-algebra';
import { marquardtStep } from '../math/marquardt';
import { clampToBounds, type EqSetting } from './parameters';
import { responseGrid, responseOn } from './response';
import { fromScale, responseSlopes, toScale } from './setting-scale';

/** Rounds after which a fit has settled, nearly always earlier. */
const ROUNDS = 40;
/** Share of the squared error that a round must take away for another to follow. */
const LEAST_GAIN = 1e-4;
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
    const at = toScale(setting);
    const effects = responseSlopes(setting, at, grid);
    const before = error;
    while (damping < LAST_DAMPING) {
      const step = marquardtStep(effects, rest, damping, FLOOR);
      const moved = fromScale(at.map((value, i) => value + (step[i] ?? 0)));
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
