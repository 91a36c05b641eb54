/** How well rows sit among their own class. */
import { mean } from '../../math/mean';
import { classesOf } from './classes';
import { paddedPoints, squaresApart } from '../../math/distances';

/**
 * Silhouette of each row, Euclidean: (b − a) / max(a, b), where a is the row's mean distance to the
 * others of its class and b the smallest mean distance to another class. A row alone in its class
 * scores 0.
 *
 * Source: P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
 * cluster analysis", J. Comput. Appl. Math. 20, 1987; details as in scikit-learn.
 *
 * @param points [rows, dimensions]
 * @param labels [rows], any numbers
 * @returns −1 … 1, [rows]; null with fewer than two classes
 */
export function silhouettes(
  points: Float32Array,
  dimensions: number,
  labels: ArrayLike<number>,
): Float64Array | null {
  const classes = classesOf(labels);
  if (classes.count < 2) return null;
  const rows = classes.of.length;
  const sizes = new Float64Array(classes.count);
  for (const own of classes.of) sizes[own] = (sizes[own] ?? 0) + 1;
  const sums = distanceSums(points, dimensions, classes.of, classes.count);
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const own = classes.of[row] ?? 0;
    const ownSize = sizes[own] ?? 0;
    if (ownSize === 1) continue;
    const at = row * classes.count;
    const inside = (sums[at + own] ?? 0) / (ownSize - 1);
    let outside = Infinity;
    for (let other = 0; other < classes.count; other++) {
      if (other === own) continue;
      outside = Math.min(outside, (sums[at + other] ?? 0) / (sizes[other] ?? 0));
    }
    const larger = Math.max(inside, outside);
    if (larger !== 0) scores[row] = (outside - inside) / larger;
  }
  return scores;
}

/** Mean of the rows' silhouettes; see {@link silhouettes}. */
export function silhouette(
  points: Float32Array,
  dimensions: number,
  labels: ArrayLike<number>,
): number | null {
  const scores = silhouettes(points, dimensions, labels);
  return scores === null ? null : mean(scores);
}

/**
 * The silhouette of rows of two classes that lie in two points, each in that of the class it is taken
 * for: how far apart classes can be drawn by whoever tells them so. With a share p of either class
 * told right, and many rows, it is (2 p − 1)² / p by the definition of {@link silhouettes}.
 *
 * @param told   [rows], 1 where taken for its own class
 * @param labels [rows], 0 or 1
 * @returns −1 … 1; null with fewer than two classes
 */
export function silhouetteOfTwoPoints(correct: Uint8Array, labels: Int32Array): number | null {
  const points = Float32Array.from(labels, (label, row) =>
    correct[row] === 1 ? label : 1 - label,
  );
  return silhouette(points, 1, labels);
}

/** Sum of each row's distances to the rows of each class, [rows, classes]. */
function distanceSums(
  points: Float32Array,
  dimensions: number,
  of: Int32Array,
  count: number,
): Float64Array {
  const rows = paddedPoints(points, dimensions);
  const sums = new Float64Array(of.length * count);
  for (let a = 0; a < of.length; a++) {
    const ownA = of[a] ?? 0;
    for (let b = 0; b < a; b++) {
      const distance = Math.sqrt(squaresApart(rows, a, rows, b));
      const ab = a * count + (of[b] ?? 0);
      const ba = b * count + ownA;
      sums[ab] = (sums[ab] ?? 0) + distance;
      sums[ba] = (sums[ba] ?? 0) + distance;
    }
  }
  return sums;
}
