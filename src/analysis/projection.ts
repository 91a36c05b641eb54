/** The map: latents seen in two dimensions, held steady from frame to frame. */
import { pickRows } from '../math/pick-rows';
import { symmetricEigen } from '../math/symmetric-eigen';

/** point = axes · (latent − origin) */
export interface Projection {
  /** Latent that lands on (0, 0), [latent]. */
  readonly origin: Float32Array;
  /** [2, latent], row-major; the second axis is 0 for a latent of one dimension. */
  readonly axes: Float32Array;
}

/**
 * The plane of the two principal components.
 *
 * Principal components may change sign, swap or turn when the latent changes a little. So, given
 * the previous frame's projection, the new axes are rotated or reflected within their plane to
 * where the rows land nearest to their places under the old axes (orthogonal Procrustes).
 *
 * @param latents  [rows, dimensions]
 * @param previous the frame before, or null; one of another size is passed over
 * @param among    rows that the components are of; all when left out
 */
export function fitProjection(
  latents: Float32Array,
  dimensions: number,
  previous: Projection | null,
  among?: readonly number[],
): Projection {
  const rows = Float64Array.from(
    among === undefined ? latents : pickRows(latents, dimensions, among),
  );
  const mean = centre(rows, dimensions);
  const covariance = covarianceOf(rows, dimensions);
  const { vectors } = symmetricEigen(covariance, dimensions);
  const first = vectors[0] ?? new Float64Array(dimensions);
  const second = vectors[1] ?? new Float64Array(dimensions);
  const axes =
    previous?.origin.length === dimensions
      ? nearestTurn(first, second, covariance, previous.axes)
      : [...upright(first), ...upright(second)];
  return { origin: Float32Array.from(mean), axes: Float32Array.from(axes) };
}

/**
 * Places of latents on the map.
 *
 * @param latents [rows, latent]
 * @returns shape [rows, 2]
 */
export function project(latents: Float32Array, { origin, axes }: Projection): Float32Array {
  const dimensions = origin.length;
  const points = new Float32Array((latents.length / dimensions) * 2);
  for (let i = 0; i < points.length; i++) {
    const from = (i >> 1) * dimensions;
    const axis = (i & 1) * dimensions;
    let sum = 0;
    for (let d = 0; d < dimensions; d++) {
      sum += (axes[axis + d] ?? 0) * ((latents[from + d] ?? 0) - (origin[d] ?? 0));
    }
    points[i] = sum;
  }
  return points;
}

/**
 * The latent in the plane of the map that lands on a point: the opposite of {@link project}, since
 * the axes are at right angles and of length 1. Where latents lie on a sphere it need not lie on
 * it, no more than words' centroids do: the decoder takes the point of the sphere in its direction.
 *
 * @returns [latent]
 */
export function latentAt(
  [x, y]: readonly [number, number],
  { origin, axes }: Projection,
): number[] {
  return Array.from(
    origin,
    (value, i) => value + x * (axes[i] ?? 0) + y * (axes[origin.length + i] ?? 0),
  );
}

/** Takes the mean of its rows off a matrix [·, dimensions], in place, and returns it. */
function centre(rows: Float64Array, dimensions: number): Float64Array {
  const mean = new Float64Array(dimensions);
  for (let from = 0; from < rows.length; from += dimensions) {
    for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] ?? 0) + (rows[from + d] ?? 0);
  }
  const count = Math.max(1, rows.length / dimensions);
  for (let d = 0; d < dimensions; d++) mean[d] = (mean[d] ?? 0) / count;
  for (let from = 0; from < rows.length; from += dimensions) {
    for (let d = 0; d < dimensions; d++) rows[from + d] = (rows[from + d] ?? 0) - (mean[d] ?? 0);
  }
  return mean;
}

/** Sum of the outer products of the centred rows, [dimensions, dimensions]: scale is of no use here. */
function covarianceOf(centred: Float64Array, dimensions: number): Float64Array {
  const products = new Float64Array(dimensions * dimensions);
  for (let from = 0; from < centred.length; from += dimensions) {
    for (let i = 0; i < dimensions; i++) {
      const value = centred[from + i] ?? 0;
      const at = i * dimensions;
      for (let j = 0; j <= i; j++) {
        products[at + j] = (products[at + j] ?? 0) + value * (centred[from + j] ?? 0);
      }
    }
  }
  for (let i = 0; i < dimensions; i++) {
    for (let j = 0; j < i; j++) products[j * dimensions + i] = products[i * dimensions + j] ?? 0;
  }
  return products;
}

/** The axis or its opposite: the one whose largest component is positive. */
function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return largest < 0 ? axis.map((value) => -value) : axis;
}

/**
 * The two axes, rotated or reflected in their plane towards the old ones.
 *
 * With places P = X · newᵀ and Y = X · oldᵀ of the centred rows X, the best orthogonal R has the
 * largest trace of Rᵀ PᵀY, and PᵀY = new · covariance · oldᵀ is 2 × 2: its best rotation and its
 * best reflection have closed forms, and the better of the two is taken.
 */
function nearestTurn(
  first: Float64Array,
  second: Float64Array,
  covariance: Float64Array,
  old: Float32Array,
): number[] {
  const size = first.length;
  const overlap = (axis: Float64Array, from: number): number => {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        sum += (axis[i] ?? 0) * (covariance[i * size + j] ?? 0) * (old[from + j] ?? 0);
      }
    }
    return sum;
  };
  const m11 = overlap(first, 0);
  const m12 = overlap(first, size);
  const m21 = overlap(second, 0);
  const m22 = overlap(second, size);
  const rotation = Math.hypot(m11 + m22, m21 - m12);
  const reflection = Math.hypot(m11 - m22, m21 + m12);
  const mirror = reflection > rotation ? -1 : 1;
  const length = Math.max(rotation, reflection);
  // Nothing in common with the old plane: any turn is as good as any other.
  const cosine = length > 0 ? (m11 + mirror * m22) / length : 1;
  const sine = length > 0 ? (m21 - mirror * m12) / length : 0;
  const x = first.map((value, d) => cosine * value + sine * (second[d] ?? 0));
  const y = first.map((value, d) => mirror * (cosine * (second[d] ?? 0) - sine * value));
  return [...x, ...y];
}
