/** How wide classes are beside the distances between them. */
import { wordCentroids } from './centroids';
import { classesOf } from './classes';

/** Centroids nearer than this all count as one place. */
const NEAREST = 1e-8;

/**
 * Davies–Bouldin index, Euclidean: over the classes the mean of the worst (sᵢ + sⱼ) / dᵢⱼ, where
 * s is a class's mean distance to its centroid and d the distance of two centroids. Lower is
 * better. A pair with the very same centroid is passed over, as in scikit-learn.
 *
 * Source: D. L. Davies, D. W. Bouldin, "A cluster separation measure", IEEE Trans. Pattern Anal.
 * Mach. Intell. 1 (2), 1979.
 *
 * @param points [rows, dimensions]
 * @param labels [rows], any numbers
 * @returns 0 or more; null with fewer than two classes, or when all centroids coincide (where
 *   scikit-learn says 0, the best score, of a latent that tells no words apart)
 */
export function daviesBouldin(
  points: Float32Array,
  dimensions: number,
  labels: ArrayLike<number>,
): number | null {
  const classes = classesOf(labels);
  const centroids = wordCentroids(points, dimensions, classes.of, classes.count).filter(
    (centroid) => centroid !== null,
  );
  const spreads = spreadsOf(points, dimensions, classes.of, centroids);
  let total = 0;
  let farthest = 0;
  centroids.forEach((centroid, i) => {
    let worst = 0;
    centroids.forEach((other, j) => {
      const apart = distance(centroid, other);
      farthest = Math.max(farthest, apart);
      if (apart > 0) worst = Math.max(worst, ((spreads[i] ?? 0) + (spreads[j] ?? 0)) / apart);
    });
    total += worst;
  });
  return farthest > NEAREST ? total / classes.count : null;
}

/** Mean distance of each class's rows to its centroid, [classes]. */
function spreadsOf(
  points: Float32Array,
  dimensions: number,
  of: Int32Array,
  centroids: readonly Float64Array[],
): Float64Array {
  const sums = new Float64Array(centroids.length);
  const rows = new Float64Array(centroids.length);
  of.forEach((own, row) => {
    const centroid = centroids[own];
    if (centroid === undefined) return;
    const point = points.subarray(row * dimensions, (row + 1) * dimensions);
    sums[own] = (sums[own] ?? 0) + distance(centroid, point);
    rows[own] = (rows[own] ?? 0) + 1;
  });
  return sums.map((sum, own) => sum / (rows[own] ?? 0));
}

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let d = 0; d < a.length; d++) squares += ((a[d] ?? 0) - (b[d] ?? 0)) ** 2;
  return Math.sqrt(squares);
}
