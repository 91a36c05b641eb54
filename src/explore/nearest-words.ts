/** Which words a setting sounds like. */
import { curvesOf, logSpectralDistance } from '../analysis/metrics/curves';
import type { NamedSetting } from '../eq/named-setting';
import type { EqSetting } from '../eq/parameters';

export interface NearWord {
  readonly name: string;
  /**
   * Log-spectral distance of its curve to the setting's, in dB: root of the mean square of their
   * difference from 20 Hz to 20 kHz, at 48 kHz; 0 for the same curve.
   */
  readonly distanceDb: number;
}

/** Words stay while settings change many times a second. */
const curves = new WeakMap<EqSetting, Float64Array>();

/** The words by their distance, nearest first. */
export function nearestWords(setting: EqSetting, words: readonly NamedSetting[]): NearWord[] {
  const own = curvesOf([setting]);
  return words
    .map(({ name, setting: other }) => ({
      name,
      distanceDb: logSpectralDistance(own, curveOf(other)),
    }))
    .sort((a, b) => a.distanceDb - b.distanceDb);
}

function curveOf(setting: EqSetting): Float64Array {
  const known = curves.get(setting);
  if (known !== undefined) return known;
  const curve = curvesOf([setting]);
  curves.set(setting, curve);
  return curve;
}
