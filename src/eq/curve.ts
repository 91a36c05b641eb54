/** Curves that are given by points instead of filters. */

/** A point of a curve that is straight between its points over log Hz, and level beyond them. */
export interface CurvePoint {
  readonly frequencyHz: number;
  readonly gainDb: number;
}

/**
 * The curve's gain in dB at each frequency, [n]; 0 without points. Of points at one frequency the
 * first is the curve's value there, and the last is where it goes on from.
 *
 * @param points        in the order of their frequencies, all above 0
 * @param frequenciesHz [n]
 */
export function curveDb(
  points: readonly CurvePoint[],
  frequenciesHz: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(frequenciesHz, (hz) => between(points, hz, firstFrom(points, hz)));
}

/**
 * The curve of several in series: their sum, again as points.
 *
 * @param curves each with a point or more, in the order of frequencies
 */
export function sumOfCurves(curves: readonly (readonly CurvePoint[])[]): readonly CurvePoint[] {
  const [only] = curves;
  if (only === undefined || curves.length === 1) return only ?? [];
  const all = curves.flatMap((points) => points.map(({ frequencyHz }) => frequencyHz));
  const frequencies = [...new Set(all)].sort((a, b) => a - b);
  return frequencies.flatMap((frequencyHz) => {
    let arriving = 0;
    let leaving = 0;
    for (const points of curves) {
      const at = firstFrom(points, frequencyHz);
      const gainDb = between(points, frequencyHz, at);
      arriving += gainDb;
      leaving += lastOf(points, frequencyHz, at) ?? gainDb;
    }
    const point = { frequencyHz, gainDb: arriving };
    // A curve that jumps here makes the sum jump too.
    return leaving === arriving ? [point] : [point, { frequencyHz, gainDb: leaving }];
  });
}

/** Index of the first point that is not below the frequency. */
function firstFrom(points: readonly CurvePoint[], frequencyHz: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.frequencyHz ?? 0) < frequencyHz) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Gain of the last of the points that stand at the frequency; undefined where none does. */
function lastOf(
  points: readonly CurvePoint[],
  frequencyHz: number,
  first: number,
): number | undefined {
  let gainDb: number | undefined;
  for (let at = first; points[at]?.frequencyHz === frequencyHz; at++) gainDb = points[at]?.gainDb;
  return gainDb;
}

function between(points: readonly CurvePoint[], frequencyHz: number, above: number): number {
  const right = points[above];
  if (right === undefined) return points.at(-1)?.gainDb ?? 0;
  const left = points[above - 1];
  if (left === undefined || right.frequencyHz === frequencyHz) return right.gainDb;
  const share =
    Math.log(frequencyHz / left.frequencyHz) / Math.log(right.frequencyHz / left.frequencyHz);
  return left.gainDb + share * (right.gainDb - left.gainDb);
}
