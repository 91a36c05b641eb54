/** Whether a setting is louder than anything that is drawn, and how far from what people set. */
import { curvesOf, CURVE_POINTS, logSpectralDistance } from '../analysis/metrics/curves';
import { withMinus } from '../base/number-text';
import { PARAMETER_COUNT, type EqSetting } from '../eq/parameters';

/** Beyond this, in dB, a curve leaves the graph, and is a danger to ears and loudspeakers. */
const MOST_DB = 18;
/** People's settings that are looked at, evenly spread: this is asked while a finger moves. */
const MOST_ROWS = 1000;

interface FarOut {
  /** The curve's extreme between 20 Hz and 20 kHz, in dB, with its sign. */
  readonly extremeDb: number;
  /** Log-spectral distance of the nearest setting of people, in dB; null where none is known. */
  readonly nearestDb: number | null;
}

/** Curves of people's settings, [rows, 256], as long as those are there. */
const curves = new WeakMap<Float32Array, Float64Array>();

/**
 * @param people settings of people, [rows, 13]; of more than a thousand rows every so manyth is looked
 *   at
 * @returns null for a setting that stays within 18 dB
 */
export function farOut(setting: EqSetting, people: Float32Array | null): FarOut | null {
  const own = curvesOf([setting]);
  const extremeDb = own.reduce((far, db) => (Math.abs(db) > Math.abs(far) ? db : far), 0);
  if (Math.abs(extremeDb) <= MOST_DB) return null;
  if (people === null || people.length === 0) return { extremeDb, nearestDb: null };
  const known = curves.get(people) ?? curvesOfPeople(people);
  curves.set(people, known);
  let nearestDb = Infinity;
  for (let start = 0; start < known.length; start += CURVE_POINTS) {
    const other = known.subarray(start, start + CURVE_POINTS);
    nearestDb = Math.min(nearestDb, logSpectralDistance(own, other));
  }
  return { extremeDb, nearestDb };
}

/** A sentence on it, for where the curve is looked at; null for a setting that stays within 18 dB. */
export function farOutText(setting: EqSetting, people: Float32Array | null): string | null {
  const far = farOut(setting, people);
  if (far === null) return null;
  const { extremeDb, nearestDb } = far;
  const away =
    nearestDb === null ? '' : `, ${nearestDb.toFixed(1)} dB from the nearest setting of people`;
  const extreme = withMinus(`${extremeDb > 0 ? '+' : ''}${extremeDb.toFixed(1)}`);
  return `${extreme} dB at its extreme, which leaves the graph${away}: turn down before you play it.`;
}

function curvesOfPeople(people: Float32Array): Float64Array {
  const rows = people.length / PARAMETER_COUNT;
  const step = Math.ceil(rows / MOST_ROWS);
  const settings = Array.from({ length: Math.ceil(rows / step) }, (_, i) =>
    Array.from(people.subarray(i * step * PARAMETER_COUNT, (i * step + 1) * PARAMETER_COUNT)),
  );
  return curvesOf(settings);
}
