/** Initial weights: the reference model's, from counted randomness. */
import { Stream, randomUniform } from '../random/threefry';
import { parameterTable } from './parameter-table';
import type { ModelSpec } from './spec';

/**
 * Linear weights and biases uniform in ±1/√fan-in (PyTorch's default for a linear layer), layer
 * normalisation's scale 1 and shift 0.
 *
 * @returns the flat weight vector, shape [parameterTable(spec).total]
 */
export function initialWeights(spec: ModelSpec, seed: number): Float32Array {
  const { entries, total } = parameterTable(spec);
  const weights = new Float32Array(total);
  for (const entry of entries) {
    if (entry.role === 'shift') continue;
    const bound = entry.fanIn > 0 ? 1 / Math.sqrt(entry.fanIn) : 0;
    for (let i = entry.offset; i < entry.offset + entry.size; i++) {
      weights[i] =
        entry.role === 'scale' ? 1 : (2 * randomUniform(seed, Stream.weights, 0, i) - 1) * bound;
    }
  }
  return weights;
}
