/** Another engineer's word: a setting drawn from what people mean by it. */
import type { NamedSetting } from '../eq/named-setting';
import { InputError } from '../base/input-error';
import type { DensityPart, Model } from '../model/model';
import { decodeSetting } from '../model/word-settings';
import { randomNormal } from '../math/normal';
import { randomBits, randomUniform, Stream } from '../math/threefry';
import { knownWord } from './proposals';

export interface WordDraw extends NamedSetting {
  /** Where it lies, [latent]. */
  readonly latent: readonly number[];
}

/**
 * A draw from the density of a word in the latent, decoded: p(setting | word) as the model knows it.
 * The density is a mixture of normal distributions, one around the mean of the rows of each
 * proposal, as wide as those rows are in each dimension and as likely as they are many.
 *
 * @param seed an unsigned 32-bit integer
 * @param draw which draw, from 1; equal seeds, words and draws give equal latents
 * @throws InputError where the model does not know the word, or not how people differ on it
 */
export function drawWord(
  model: Pick<Model, 'document' | 'weights'>,
  word: string,
  { seed, draw }: { readonly seed: number; readonly draw: number },
): WordDraw {
  const { density: parts = [] } = knownWord(model.document, word);
  if (parts.length === 0) {
    throw new InputError(
      `The model does not say how people differ on “${word}”: its file is of an earlier version, or the word has too few rows.`,
    );
  }
  const key = seedOf(word, seed);
  const { mean, deviation } = partAt(parts, randomUniform(key, Stream.wordDraws, draw, 0));
  const latent = mean.map(
    (middle, d) => middle + (deviation[d] ?? 0) * randomNormal(key, Stream.wordDraws, draw, d + 1),
  );
  return { name: drawName(word, draw), setting: decodeSetting(model, latent), latent };
}

/** "warm, another engineer’s (3)" */
function drawName(word: string, draw: number): string {
  return `${word}, another engineer’s (${String(draw)})`;
}

/** A seed of the word's own, so that two words do not draw alike. */
function seedOf(word: string, seed: number): number {
  let key = seed;
  for (let place = 0; place < word.length; place++) {
    key = randomBits(key, Stream.wordSeeds, place, word.charCodeAt(place));
  }
  return key;
}

/** The part that a random number in [0, 1) falls on, where each has its share of the rows. */
function partAt(parts: readonly DensityPart[], random: number): Omit<DensityPart, 'rows'> {
  let left = random * parts.reduce((sum, { rows }) => sum + rows, 0);
  const found = parts.find(({ rows }) => (left -= rows) < 0);
  return found ?? parts[0] ?? { mean: [], deviation: [] };
}
