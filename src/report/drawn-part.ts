/** What drawing the words apart does to their silhouette. */
import { silhouette } from '../analysis/metrics/silhouette';
import { drawnApart, wordPull } from '../explore/draw-apart';
import { spreadOf, type Spread } from '../math/spread';
import { encodeSettings } from '../model/encode-settings';
import type { Model } from '../model/model';
import type { RunPlan } from '../training/run-plan';

/** The silhouette of words at an amount, in the latent as it is drawn. */
export interface DrawnPart {
  /** A; at 0 nothing is drawn apart. */
  readonly amount: number;
  readonly silhouette: Spread;
}

const AMOUNTS = [0, 20, 50, 200];

/**
 * @param trained models with a word head
 * @param words   whose held-out rows are looked at
 */
export function drawnParts(
  trained: readonly { readonly model: Model; readonly plan: Pick<RunPlan, 'set'> }[],
  words: readonly string[],
): DrawnPart[] {
  const runs = trained.map(({ model, plan: { set } }) => {
    const rows = set.rows.filter(({ word }, row) => set.heldOut[row] === 1 && words.includes(word));
    const latents = encodeSettings(
      model,
      rows.map(({ setting }) => setting),
    );
    return { model, latents, labels: rows.map(({ word }) => words.indexOf(word)) };
  });
  return AMOUNTS.map((amount) => ({
    amount,
    silhouette: spreadOf(
      runs.map(({ model, latents, labels }) => {
        const { latent: dimensions } = model.document.spec;
        const pull = wordPull(model, amount);
        const places = labels.flatMap((_, row) => {
          const own = latents.subarray(row * dimensions, (row + 1) * dimensions);
          return pull === null ? [...own] : drawnApart(own, pull);
        });
        return silhouette(Float32Array.from(places), dimensions, labels) ?? Number.NaN;
      }),
    ),
  }));
}
