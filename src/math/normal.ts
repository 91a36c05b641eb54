/** Normally distributed numbers from counted random bits. */
import { Stream, threefry2x32 } from './threefry';

/**
 * A number of the standard normal distribution, in float64.
 *
 * Source: G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates",
 * Annals of Mathematical Statistics 29 (1958), of whose two numbers this is the first.
 */
export function randomNormal(seed: number, stream: number, step: number, index: number): number {
  const [first, second] = threefry2x32(seed, stream, step, index);
  // In (0, 1], so that the logarithm is finite.
  const radius = Math.sqrt(-2 * Math.log((first + 1) / 2 ** 32));
  return radius * Math.cos((2 * Math.PI * second) / 2 ** 32);
}

/**
 * What a variational model's latents deviate by in one training step, in standard deviations. Made
 * in float64 and rounded, so that every engine has the same bits.
 *
 * @param step Adam steps taken before this one
 * @returns shape [rows, latent], row-major
 */
export function latentNoise(
  { seed, step }: { readonly seed: number; readonly step: number },
  rows: number,
  latent: number,
): Float32Array {
  return Float32Array.from({ length: rows * latent }, (_, i) =>
    randomNormal(seed, Stream.latent, step, i),
  );
}
