/** Seed V1's output heads: three activations that give dB, Hz and Q themselves. */
import { EQ_PARAMETERS } from '../eq/parameters';

/** y = low + (high − low) · sigmoid(steepness · x) */
export interface OutputHead {
  readonly low: number;
  readonly high: number;
  readonly steepness: number;
}

/**
 * By parameter, [13]: frequencies and Qs within the plug-in's bounds by a sigmoid, and gains by
 * 12 tanh x, which is the same as −12 + 24 sigmoid 2x.
 */
export const OUTPUT_HEADS: readonly OutputHead[] = EQ_PARAMETERS.map(({ kind, min, max }) => ({
  low: min,
  high: max,
  steepness: kind === 'gain' ? 2 : 1,
}));
