/** Settings made of other settings: several words at once, and one word more or less strongly. */
import { clampToBounds, EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { InputError } from '../input-error';
import type { Model } from './model';
import { decodeSetting } from './word-settings';

/** Where a mixture is taken: between latents, then decoded, or between the 13 parameters. */
export type MixtureSpace = 'latent' | 'parameters';

/** One of what is mixed, usually a word. */
export interface MixturePart {
  /** [latent] */
  readonly latent: readonly number[];
  readonly setting: EqSetting;
  /** Its share, 0 or more; shares are divided by their sum. */
  readonly weight: number;
}

/**
 * The weighted mean of several parts, inside the plug-in's bounds. In the latent it is the setting
 * that the mean of the latents decodes to; between parameters it is the mean of dB, Hz and Q as
 * they are, as in the founding log's blend of two words.
 *
 * @throws InputError without a part of a weight above 0, or where a weight is negative or not finite
 */
export function mixSettings(
  model: Pick<Model, 'document' | 'weights'>,
  parts: readonly MixturePart[],
  space: MixtureSpace,
): EqSetting {
  const weights = parts.map(({ weight }) => weight);
  if (weights.some((weight) => !Number.isFinite(weight) || weight < 0)) {
    throw new InputError('Weights of a mixture are numbers of 0 or more.');
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0 || !Number.isFinite(sum)) {
    throw new InputError('A mixture needs a weight above 0.');
  }
  const mean = (rows: readonly (readonly number[])[]): number[] =>
    (rows[0] ?? []).map((_, i) =>
      rows.reduce((total, row, at) => total + ((weights[at] ?? 0) / sum) * (row[i] ?? 0), 0),
    );
  return space === 'latent'
    ? decodeSetting(model, mean(parts.map(({ latent }) => latent)))
    : clampToBounds(mean(parts.map(({ setting }) => setting)));
}

/**
 * The setting with its gains multiplied and brought inside the plug-in's bounds; frequencies and Qs
 * stay. At strength −1 the response is the inverse, at 0 flat, at 1 the setting's own.
 */
export function atStrength(setting: EqSetting, strength: number): EqSetting {
  // Adding 0 turns −0 into 0, which a silent band would otherwise show at a negative strength.
  return clampToBounds(
    setting.map((value, i) => (EQ_PARAMETERS[i]?.kind === 'gain' ? value * strength + 0 : value)),
  );
}
