/** Initial weights: the reference model's, from counted randomness. */
import { Stream, randomUniform } from '../math/threefry';
import { blocksOf, parameterTable } from './parameter-table';
import type { ModelSpec } from '../recipe/model-spec';

/**
 * What the decoder's first layer begins steeper by where the latent is a point of the unit sphere.
 * A contrastive loss leaves the rows of a word a few hundredths apart there, and all that makes one
 * curve another is in these hundredths; a layer of the usual size takes the whole run to grow to
 * them.
 */
const STEEPER_ON_SPHERE = 16;

/**
 * Linear weights and biases uniform in ±1/√fan-in (PyTorch's default for a linear layer), layer
 * normalisation's scale 1 and shift 0. The weights that see a latent on the unit sphere are steeper.
 *
 * @returns the flat weight vector, shape [parameterTable(spec).total]
 */
export function initialWeights(spec: ModelSpec, seed: number): Float32Array {
  const { entries, total } = parameterTable(spec);
  const weights = new Float32Array(total);
  const steep = spec.latentActivation === 'unit' ? weightsOnLatent(spec) : [];
  for (const entry of entries) {
    if (entry.role === 'shift') continue;
    const bound =
      (steep.includes(entry.name) ? STEEPER_ON_SPHERE : 1) / Math.sqrt(Math.max(1, entry.fanIn));
    for (let i = entry.offset; i < entry.offset + entry.size; i++) {
      weights[i] =
        entry.role === 'scale' ? 1 : (2 * randomUniform(seed, Stream.weights, 0, i) - 1) * bound;
    }
  }
  return weights;
}

/** Names of the decoder's weights whose input is the latent. */
function weightsOnLatent(spec: ModelSpec): string[] {
  const prefix = blocksOf(spec, 'decoder')[0]?.prefix ?? '';
  return ['0', 'main_path.0', 'skip'].map((layer) => `${prefix}.${layer}.weight`);
}
