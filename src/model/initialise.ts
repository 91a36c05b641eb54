/** Initial weights: the reference model's, from counted randomness. */
import { principalComponents } from '../math/principal-components';
import { Stream, randomUniform } from '../math/threefry';
import { inputWidth } from './inputs';
import { LATENT_SKIP, blocksOf, headOf, parameterTable } from './parameter-table';
import type { ModelSpec } from '../recipe/model-spec';

/**
 * What the decoder's first layer begins steeper by where the latent is a point of the unit sphere.
 * A contrastive loss leaves the rows of a word a few hundredths apart there, and all that makes one
 * curve another is in these hundredths; a layer of the usual size takes the whole run to grow to
 * them.
 */
const STEEPER_ON_SPHERE = 16;

/**
 * What the encoder's last layer begins smaller by where a linear skip stands beside it: the latent is
 * at first what the skip makes of the row, and the hidden layers learn what it misses.
 */
const SMALLER_BESIDE_SKIP = 0.1;

/** Standard deviations below this share of the largest are no direction of the rows. */
const SMALLEST_SPREAD = 1e-4;

/**
 * Linear weights and biases uniform in ±1/√fan-in (PyTorch's default for a linear layer), layer
 * normalisation's scale 1 and shift 0. The weights that see a latent on the unit sphere are steeper,
 * those of the last layer beside a linear skip smaller; {@link beginLatentSkip} sets the skip's own.
 *
 * @returns the flat weight vector, shape [parameterTable(spec).total]
 */
export function initialWeights(spec: ModelSpec, seed: number): Float32Array {
  const { entries, total } = parameterTable(spec);
  const weights = new Float32Array(total);
  const steep = spec.latentActivation === 'unit' ? weightsOnLatent(spec) : [];
  const { last } = headOf(spec, 'encoder');
  const small = spec.latentSkip ? [`${last}.weight`, `${last}.bias`] : [];
  for (const entry of entries) {
    if (entry.role === 'shift') continue;
    const factor = steep.includes(entry.name)
      ? STEEPER_ON_SPHERE
      : small.includes(entry.name)
        ? SMALLER_BESIDE_SKIP
        : 1;
    const bound = factor / Math.sqrt(Math.max(1, entry.fanIn));
    for (let i = entry.offset; i < entry.offset + entry.size; i++) {
      weights[i] =
        entry.role === 'scale' ? 1 : (2 * randomUniform(seed, Stream.weights, 0, i) - 1) * bound;
    }
  }
  return weights;
}

/**
 * Sets the linear skip to the whitened principal components of rows: weight Vₖ / σₖ and bias
 * −μ · Vₖ / σₖ for the component Vₖ of mean μ and standard deviation σₖ. What the rows do not vary
 * along is left at 0.
 *
 * @param weights of the spec, flat; changed in place
 * @param inputs  of the encoder, [rows, input width]
 */
export function beginLatentSkip(
  weights: Float32Array,
  spec: ModelSpec,
  inputs: Float32Array,
): void {
  const columns = inputWidth(spec);
  const { entries } = parameterTable(spec);
  const at = (part: string): number =>
    entries.find(({ name }) => name === `${LATENT_SKIP}.${part}`)?.offset ?? Number.NaN;
  const [weightAt, biasAt] = [at('weight'), at('bias')];
  weights.fill(0, weightAt, weightAt + spec.latent * columns);
  weights.fill(0, biasAt, biasAt + spec.latent);
  const { mean, axes } = principalComponents(inputs, columns, Math.min(spec.latent, columns));
  const spreads = axes.map((axis) => spreadAlong(inputs, mean, axis));
  axes.forEach((axis, k) => {
    const spread = spreads[k] ?? 0;
    if (!(spread > SMALLEST_SPREAD * (spreads[0] ?? 0))) return;
    let level = 0;
    axis.forEach((part, i) => {
      weights[weightAt + k * columns + i] = part / spread;
      level += (part / spread) * (mean[i] ?? 0);
    });
    weights[biasAt + k] = -level;
  });
}

/** Standard deviation of rows along an axis of length 1. */
function spreadAlong(rows: Float32Array, mean: Float64Array, axis: Float64Array): number {
  let squares = 0;
  for (let start = 0; start < rows.length; start += axis.length) {
    let along = 0;
    for (let i = 0; i < axis.length; i++) {
      along += (axis[i] ?? 0) * ((rows[start + i] ?? 0) - (mean[i] ?? 0));
    }
    squares += along ** 2;
  }
  return Math.sqrt((squares * axis.length) / rows.length);
}

/** Names of the decoder's weights whose input is the latent. */
function weightsOnLatent(spec: ModelSpec): string[] {
  const prefix = blocksOf(spec, 'decoder')[0]?.prefix ?? '';
  return ['0', 'main_path.0', 'skip'].map((layer) => `${prefix}.${layer}.weight`);
}
