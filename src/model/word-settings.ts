/** What points of the latent sound like. */
import type { NamedSetting } from '../eq/named-setting';
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

/** The words that have a place in the latent, each with its setting, in the document's order. */
export function wordSettings({
  document,
  weights,
}: Pick<Model, 'document' | 'weights'>): NamedSetting[] {
  const placed = document.words.flatMap(({ word, centroid }) =>
    centroid === null ? [] : [{ word, centroid }],
  );
  const latents = Float32Array.from(placed.flatMap(({ centroid }) => centroid));
  const decoded = decodeRows(document.spec, weights, latents);
  return placed.map(({ word }, row) => ({
    name: word,
    setting: denormalise(decoded, document.normaliser, row),
  }));
}
