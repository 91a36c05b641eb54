/** Which activations a training step drops. */
import { Stream, randomBits } from './threefry';

export interface DropoutSite {
  /** Seed of the run. */
  readonly seed: number;
  /** Adam steps taken before this one. */
  readonly step: number;
  /** Number of the hidden layer: the encoder's first, then the decoder's. */
  readonly site: number;
}

/**
 * Factors for the activations of one hidden layer: 0 with probability `dropout`, else
 * 1 / (1 − dropout), so that the expected activation stays what it was.
 *
 * An element is dropped when the top 24 bits of its random number are below
 * round(dropout × 2²⁴): an integer comparison, exact on every engine.
 *
 * @returns shape [rows, width], row-major
 */
export function dropoutMask(
  { seed, step, site }: DropoutSite,
  dropout: number,
  rows: number,
  width: number,
): Float32Array {
  const threshold = Math.round(dropout * 2 ** 24);
  const kept = 1 / (1 - dropout);
  const mask = new Float32Array(rows * width);
  for (let i = 0; i < mask.length; i++) {
    const bits = randomBits(seed, Stream.dropout + site, step, i);
    mask[i] = bits >>> 8 < threshold ? 0 : kept;
  }
  return mask;
}
