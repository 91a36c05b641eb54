/** Words of a rounded model moved in its latent to where they sound as they did. */
import { CURVE_POINTS, curvesOf } from '../analysis/metrics/curves';
import { marquardtStep } from '../math/marquardt';
import { decodeRows } from '../model/inference';
import type { Model, ModelWord } from '../model/model';
import { denormalise } from '../model/normaliser';

const STEPS = 4;
const DAMPING = 1e-3;
const FLOOR = 1e-6;
/** How far a dimension is moved to see what comes of it; float32 carries a hundred times less. */
const PROBE = 2 ** -10;

/**
 * @param before  the model whose words sound right
 * @param rounded its weights as they are now, in the same shape
 */
export function refitWords(
  before: Pick<Model, 'document' | 'weights'>,
  rounded: Float32Array,
): ModelWord[] {
  const { spec, normaliser } = before.document;
  const curves = (weights: Float32Array, latents: readonly (readonly number[])[]): Float64Array => {
    const decoded = decodeRows(spec, weights, Float32Array.from(latents.flat()));
    return curvesOf(latents.map((_, row) => denormalise(decoded, normaliser, row)));
  };
  return before.document.words.map((word) => {
    if (word.centroid === null) return word;
    const wanted = curves(before.weights, [word.centroid]);
    let centroid = word.centroid;
    let least = farthest(curves(rounded, [centroid]), wanted);
    let at = centroid;
    for (let step = 0; step < STEPS; step++) {
      const from = at;
      const probes = from.map((_, i) => from.map((x, j) => (i === j ? x + PROBE : x)));
      const all = curves(rounded, [from, ...probes]);
      const own = all.subarray(0, CURVE_POINTS);
      const slopes = probes.map((_, i) =>
        own.map((db, point) => ((all[(i + 1) * CURVE_POINTS + point] ?? 0) - db) / PROBE),
      );
      const missing = own.map((db, point) => (wanted[point] ?? 0) - db);
      const change = marquardtStep(slopes, missing, DAMPING, FLOOR);
      at = from.map((x, i) => Number((x + (change[i] ?? 0)).toPrecision(6)));
      const most = farthest(curves(rounded, [at]), wanted);
      if (most < least) [centroid, least] = [at, most];
    }
    return { ...word, centroid };
  });
}

/** The largest difference of two curves, in dB. */
function farthest(curve: Float64Array, other: Float64Array): number {
  return curve.reduce((most, db, i) => Math.max(most, Math.abs(db - (other[i] ?? 0))), 0);
}
