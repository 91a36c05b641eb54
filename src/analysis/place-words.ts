/** Where a model's words lie, told from a data set, for files that do not say it themselves. */
import type { SafeData, SafeRow } from '../data/rows';
import { encodeSettings } from '../model/encode-settings';
import type { Model } from '../model/model';
import { wordCentroids } from './metrics/centroids';
import { fitProjection, project } from './projection';
import { clustersOfWords, placeClusters } from './word-clusters/word-clusters';

/** The rows of a data set whose word a model knows. */
interface KnownRows {
  readonly rows: readonly SafeRow[];
  /** Index of each row's word in the model's list, [rows]. */
  readonly labels: Int32Array;
  /** [rows, latent] */
  readonly latents: Float32Array;
}

/** Encodes the rows whose word the model knows; there may be none. */
export function encodeKnownRows(model: Model, data: SafeData): KnownRows {
  const labelOf = new Map(model.document.words.map(({ word }, label) => [word, label]));
  const rows = data.rows.filter(({ word }) => labelOf.has(word));
  return {
    rows,
    labels: Int32Array.from(rows, ({ word }) => labelOf.get(word) ?? 0),
    latents: encodeSettings(
      model,
      rows.map(({ setting }) => setting),
    ),
  };
}

/** True for a model whose file names words without saying where they lie. */
export function wantsPlaces({ document }: Model): boolean {
  return document.words.some(({ centroid }) => centroid === null);
}

/**
 * The model with row counts, centroids, clusters and a map from the data set's rows, all of which count as
 * trained on, since nobody says otherwise. A word without a row stays without a place.
 */
export function placeWords(model: Model, data: SafeData): Model {
  const { document } = model;
  const { latent } = document.spec;
  const { rows: known, labels, latents } = encodeKnownRows(model, data);
  if (labels.length === 0) return model;
  const centroids = wordCentroids(latents, latent, labels, document.words.length);
  const { origin, axes } = fitProjection(latents, latent, null);
  const points = project(latents, { origin, axes });
  const heldOut = new Uint8Array(labels.length);
  const set = { words: document.words.map(({ word }) => word), rows: known, labels, heldOut };
  const schools = placeClusters(clustersOfWords(set), latents, latent);
  const words = document.words.map(({ word }, label) => {
    const centroid = centroids[label] ?? null;
    const rows = labels.reduce((sum, of) => (of === label ? sum + 1 : sum), 0);
    return {
      word,
      rows,
      centroid: centroid === null ? null : [...centroid],
      schools: schools.words[label] ?? [],
      ...schools.offered[label],
    };
  });
  return {
    document: { ...document, words },
    weights: model.weights,
    map: { points, labels, heldOut, schools: schools.ofRow, origin, axes },
  };
}
