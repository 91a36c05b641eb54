/** How well rows sit among their own class. */
import { classesOf } from './classes';

/**
 * Mean silhouette, Euclidean: over all rows the mean of (b − a) / max(a, b), where a is the row's
 * mean distance to the others of its class and b the smallest mean distance to another class. A
 * row alone in its class scores 0.
 *
 * Source: P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and validation of
 * cluster analysis", J. Comput. Appl. Math. 20, 1987; details as in scikit-learn.
 *
 * @param points [rows, dimensions]
 * @param labels [rows], any numbers
 * @returns −1 … 1; null with fewer than two classes
 */
export function silhouette(
  points: Float32Array,
  dimensions: number,
  labels: ArrayLike<number>,
): number | null {
  const classes = classesOf(labels);
  if (classes.count < 2) return null;
  const rows = classes.of.length;
  const sizes = new Float64Array(classes.count);
  for (const own of classes.of) sizes[own] = (sizes[own] ?? 0) + 1;
  const sums = distanceSums(points, dimensions, classes.of, classes.count);
  let total = 0;
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
    if (larger !== 0) total += (outside - inside) / larger;
  }
  return total / rows;
}

/** Sum of each row's distances to the rows of each class, [rows, classes]. */
function distanceSums(
  points: Float32Array,
  dimensions: number,
  of: Int32Array,
  count: number,
): Float64Array {
  // Padded to fours, so that every row is read in four sums that do not wait for one another.
  const stride = Math.ceil(dimensions / 4) * 4;
  const wide = new Float64Array(of.length * stride);
  for (let row = 0; row < of.length; row++) {
    wide.set(points.subarray(row * dimensions, (row + 1) * dimensions), row * stride);
  }
  const sums = new Float64Array(of.length * count);
  for (let a = 0; a < of.length; a++) {
    const ownA = of[a] ?? 0;
    for (let b = 0; b < a; b++) {
      const distance = apart(wide, a * stride, b * stride, stride);
      const ab = a * count + (of[b] ?? 0);
      const ba = b * count + ownA;
      sums[ab] = (sums[ab] ?? 0) + distance;
      sums[ba] = (sums[ba] ?? 0) + distance;
    }
  }
  return sums;
}

/** Distance of two rows that begin at `a` and `b`; `size` is a multiple of 4. */
function apart(wide: Float64Array, a: number, b: number, size: number): number {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let d = 0; d < size; d += 4) {
    const x = (wide[a + d] ?? 0) - (wide[b + d] ?? 0);
    const y = (wide[a + d + 1] ?? 0) - (wide[b + d + 1] ?? 0);
    const z = (wide[a + d + 2] ?? 0) - (wide[b + d + 2] ?? 0);
    const w = (wide[a + d + 3] ?? 0) - (wide[b + d + 3] ?? 0);
    first += x * x;
    second += y * y;
    third += z * z;
    fourth += w * w;
  }
  return Math.sqrt(first + second + (third + fourth));
}
