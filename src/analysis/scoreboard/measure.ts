/** The scoreboard of a finished model, in plain TypeScript and without an engine. */
import type { SafeData, TrainingSet } from '../../data/rows';
import { decodeRows } from '../../model/inference';
import { encodeSettings } from '../../model/encode-settings';
import type { Model, Scoreboard } from '../../model/model';
import { wordHeadOf, wordsByHead } from '../../model/word-head';
import { decodeAsIs } from '../../model/word-settings';
import { wordCentroids } from '../metrics/centroids';
import { pickRows } from '../../math/pick-rows';
import { measuredRows } from './measured-sample';
import { Scorer } from './scoreboard';

export interface MeasureRequest {
  readonly model: Model;
  /** The rows of the model's words, in the order of its words. */
  readonly set: Pick<TrainingSet, 'words' | 'rows' | 'labels' | 'heldOut' | 'splitHash'>;
  /** Where the set comes from. */
  readonly data: Pick<SafeData, 'sha256'>;
}

/**
 * A model's figures on a set. They are on held-out rows only where the set is split as the model's
 * run says; of any other set all rows are measured as one, for the model may have learnt from each.
 *
 * They are of what the decoder says, not of the canonical settings that are offered in its place: a
 * figure of the model, which changes with the model only.
 */
export function measure({ model, set, data }: MeasureRequest): Scoreboard {
  const { spec, normaliser, run, words } = model.document;
  const same = run?.dataSha256 === data.sha256 && run.splitHash === set.splitHash;
  const heldOut = same ? set.heldOut : new Uint8Array(set.rows.length);
  const latents = encodeSettings(
    model,
    set.rows.map(({ setting }) => setting),
  );
  // Files of other programs keep no centroids: there the data's rows say where a word lies.
  const centroids = wordCentroids(latents, spec.latent, set.labels, words.length);
  const measured = { ...set, heldOut };
  const ofMeasured = pickRows(latents, spec.latent, measuredRows(measured));
  const head = wordHeadOf(spec, model.weights);
  const scorer = new Scorer({
    set: measured,
    normaliser,
    latent: spec.latent,
    split: run?.recipe.split ?? 'contributor',
  });
  const board = scorer.measure({
    epoch: run?.epochs ?? null,
    latents: ofMeasured,
    reconstruction: decodeRows(spec, model.weights, ofMeasured),
    wordSettings: words.map(({ centroid }, label) => {
      const latent = centroid ?? centroids[label] ?? null;
      return latent === null ? null : decodeAsIs(model, latent);
    }),
    headWords: head === null ? null : wordsByHead(ofMeasured, head),
  });
  return same ? board : { ...board, on: 'all rows' };
}
