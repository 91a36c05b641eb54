/** The word head of a model: what it takes a latent for. */
import type { ModelSpec } from '../recipe/model-spec';
import { parameterTable, WORD_HEAD } from './parameter-table';

/** A linear layer from the latent to the words. */
export interface WordHead {
  /** [words][latent] */
  readonly weight: readonly (readonly number[])[];
  /** [words] */
  readonly bias: readonly number[];
}

/**
 * @param weights flat, in parameter-table order, [total]
 * @returns null where the model has none
 */
export function wordHeadOf(spec: ModelSpec, weights: Float32Array): WordHead | null {
  if (spec.wordHead === 0) return null;
  const { entries } = parameterTable(spec);
  const tensor = (name: string): number[] => {
    const entry = entries.find((own) => own.name === `${WORD_HEAD}.${name}`);
    return entry === undefined
      ? []
      : Array.from(weights.subarray(entry.offset, entry.offset + entry.size));
  };
  const weight = tensor('weight');
  return {
    weight: Array.from({ length: spec.wordHead }, (_, word) =>
      weight.slice(word * spec.latent, (word + 1) * spec.latent),
    ),
    bias: tensor('bias'),
  };
}

/**
 * Of each latent the word that the head gives most; of equal ones the first.
 *
 * @param latents [rows, latent]
 * @returns [rows]
 */
export function wordsByHead(latents: Float32Array, { weight, bias }: WordHead): Int32Array {
  const width = weight[0]?.length ?? 1;
  return Int32Array.from({ length: latents.length / width }, (_, row) => {
    let [best, most] = [0, -Infinity];
    weight.forEach((factors, word) => {
      const logit = factors.reduce(
        (sum, factor, d) => sum + factor * (latents[row * width + d] ?? 0),
        bias[word] ?? 0,
      );
      if (logit > most) [best, most] = [word, logit];
    });
    return best;
  });
}
