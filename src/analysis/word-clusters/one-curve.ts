/** The one curve that says best what people mean by a word. */
import type { EqSetting } from '../../eq/parameters';
import { CURVE_POINTS, curvesOf } from '../metrics/curves';
import { centresOf, distanceUpTo, mixture, nearestCurves } from './centres';
import { coarseCurves, practiceCurves } from './practice';
import { settingFor } from './clusters';

export interface OneCurve {
  /** A mixture of the rows' curves, [256] dB. */
  readonly curve: Float64Array;
  /** The equaliser's setting for it. */
  readonly setting: EqSetting;
}

/**
 * Rows farther away than this mean something else. The value is the best of 4 to 12 dB and none by
 * cross-validation on training contributors of the real data's two large words, where to let those
 * who gave many rows speak more softly helped one and harmed the other.
 */
const LOSS = distanceUpTo(8);
/** The cost of one centre has hardly any valleys: a few starts find the lowest. */
const STARTS = 4;

/**
 * The geometric median of a word's curves, but for those too far away: the curve with the least sum
 * of log-spectral distances, none of which counts as more than 8 dB.
 *
 * @param settings the word's training rows, at least one
 */
export function oneCurve(settings: readonly EqSetting[], seed: number): OneCurve {
  const equal = new Float64Array(settings.length).fill(1);
  const options = { count: 1, loss: LOSS, starts: STARTS, seed };
  const curves = practiceCurves({ settings });
  const [shares = equal] = centresOf(coarseCurves({ settings, curves }), equal, options).shares;
  const curve = mixture(curves, shares);
  return { curve, setting: settingFor(curve, curves, settings) };
}

/**
 * Which of several settings sounds nearest to a curve: of those a decoder makes, say, the one for a
 * word.
 *
 * @param curve [256] dB
 * @returns index of the setting; the first of equals
 */
export function nearestSetting(curve: Float64Array, settings: readonly EqSetting[]): number {
  const candidates = settings.map((setting) => curvesOf([setting]));
  return nearestCurves({ values: curve, width: CURVE_POINTS }, candidates)[0] ?? 0;
}
