/** What points of the latent sound like. */
import { canonicalSetting } from '../eq/canonical-setting';
import type { NamedSetting } from '../eq/named-setting';
import type { EqSetting } from '../eq/parameters';
import { decodeRows } from './inference';
import type { Model, ModelDocument, WordCluster } from './model';
import { denormalise } from './normaliser';

/** Words whose latents are decoded before the first of them is given. */
const DECODED_AT_ONCE = 64;

/**
 * The setting a latent decodes to, inside the plug-in's bounds, as {@link offeredSetting} has it. A
 * word's setting is that of its centroid.
 *
 * @param latent [latent]
 */
export function decodeSetting(
  model: Pick<Model, 'document' | 'weights'>,
  latent: ArrayLike<number>,
): EqSetting {
  return offeredSetting(model.document, decodeAsIs(model, latent));
}

/**
 * The setting as the decoder says it, inside the plug-in's bounds: what models are measured by.
 *
 * @param latent [latent]
 */
export function decodeAsIs(
  { document, weights }: Pick<Model, 'document' | 'weights'>,
  latent: ArrayLike<number>,
): EqSetting {
  const decoded = decodeRows(document.spec, weights, Float32Array.from(latent));
  return denormalise(decoded, document.normaliser);
}

/**
 * The setting that people are shown, hear and export for one that a model has made. A model that
 * learnt from curves is free to have bands cancel each other, so its settings are made canonical;
 * those of all others are what the decoder says.
 */
export function offeredSetting({ run }: Pick<ModelDocument, 'run'>, setting: EqSetting): EqSetting {
  const loss = run?.recipe.reconstruction;
  return loss === 'response' || loss === 'shape' ? canonicalSetting(setting) : setting;
}

/** Clusters of a word with the settings that {@link offeredSetting} has for theirs. */
export function offeredClusters(
  document: Pick<ModelDocument, 'run'>,
  clusters: readonly WordCluster[],
): WordCluster[] {
  return clusters.map((cluster) => ({
    ...cluster,
    setting: [...offeredSetting(document, cluster.setting)],
  }));
}

/** The words that have a place in the latent, each with its setting, those with most rows first. */
export function wordSettings(model: Pick<Model, 'document' | 'weights'>): NamedSetting[] {
  return [...eachWordSetting(model)];
}

/** The same, one after another: {@link canonicalSetting} takes about a millisecond. */
export function* eachWordSetting({
  document,
  weights,
}: Pick<Model, 'document' | 'weights'>): Generator<NamedSetting, void, undefined> {
  const placed = document.words
    .toSorted((a, b) => b.rows - a.rows)
    .flatMap(({ word, centroid }) => (centroid === null ? [] : [{ word, centroid }]));
  for (let start = 0; start < placed.length; start += DECODED_AT_ONCE) {
    const some = placed.slice(start, start + DECODED_AT_ONCE);
    const latents = Float32Array.from(some.flatMap(({ centroid }) => centroid));
    const decoded = decodeRows(document.spec, weights, latents);
    for (const [row, { word }] of some.entries()) {
      const setting = denormalise(decoded, document.normaliser, row);
      yield { name: word, setting: offeredSetting(document, setting) };
    }
  }
}
