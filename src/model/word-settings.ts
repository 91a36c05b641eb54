/** What a point of the latent sounds like, and what lies between two words. */
import type { EqSetting } from '../eq/parameters';
import { decodeRows } from './inference';
import type { Model } from './model';
import { denormalise } from './normaliser';

/**
 * The setting a latent decodes to, inside the plug-in's bounds. A word's setting is that of its
 * centroid.
 *
 * @param latent [latent]
 */
export function decodeSetting(
  { document, weights }: Pick<Model, 'document' | 'weights'>,
  latent: ArrayLike<number>,
): EqSetting {
  const decoded = decodeRows(document.spec, weights, Float32Array.from(latent));
  return denormalise(decoded, document.normaliser);
}

/**
 * The point `share` of the way from a to b on a straight line: of two latents (then decode it) or
 * of two settings.
 *
 * @param share 0: a, 1: b
 * @returns as long as a and b
 */
export function blend(a: readonly number[], b: readonly number[], share: number): number[] {
  return a.map((value, i) => (1 - share) * value + share * (b[i] ?? Number.NaN));
}
