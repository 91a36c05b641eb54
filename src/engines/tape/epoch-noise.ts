/** The noise of a variational model's latents for a whole epoch, as fused engines take it. */
import { latentNoise } from '../../math/normal';
import type { ModelSpec } from '../../recipe/model-spec';
import type { StepValues } from './step-values';

/**
 * @param latent size of the latent; 0 gives no noise, for a model that is not variational
 * @returns the noise of each step's rows, one step after another, [rows of the plan, latent]
 */
export function epochNoise(
  seed: number,
  steps: readonly Pick<StepValues, 'first' | 'rows' | 'step'>[],
  latent: number,
): Float32Array {
  const rows = steps.reduce((sum, step) => sum + step.rows, 0);
  const noise = new Float32Array(rows * latent);
  for (const { first, rows, step } of steps) {
    noise.set(latentNoise({ seed, step }, rows, latent), first * latent);
  }
  return noise;
}

/** How many numbers of noise a row takes. */
export function noiseWidth({ variational, latent }: ModelSpec): number {
  return variational ? latent : 0;
}
