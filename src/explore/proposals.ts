/** What is offered for a word instead of an average: a few settings that people may mean by it. */
import { curvesOf, logSpectralDistance } from '../analysis/metrics/curves';
import { encodeSettings } from '../model/encode-settings';
import { InputError } from '../base/input-error';
import type { EqSetting } from '../eq/parameters';
import {
  MOST_PROPOSALS,
  type Model,
  type ModelDocument,
  type ModelWord,
  type Proposal,
} from '../model/model';
import { decodeSetting } from '../model/word-settings';

export interface OfferedProposal {
  /** "low-mid lift" */
  readonly name: string;
  readonly setting: EqSetting;
  /** Where it lies in the latent, [latent]. */
  readonly latent: readonly number[];
  /** Whether the model decodes it, or it was fitted to people's curves without the model. */
  readonly from: 'model' | 'people';
}

/**
 * Log-spectral distance in dB up to which what a model makes of a proposal stands for it: so far off,
 * and to a side, it is about 0.5² / (2 · 3) = 0.04 dB farther from people who are 3 dB away.
 */
const FAITHFUL_DB = 0.5;

/**
 * A proposal as it is offered: what the model decodes from where it puts the setting that was fitted
 * to people's curves, or that setting itself where the model comes no nearer to it than 0.5 dB.
 */
export function offeredProposal(
  model: Pick<Model, 'document' | 'weights'>,
  { name, setting }: Pick<Proposal, 'name' | 'setting'>,
): OfferedProposal {
  const latent = [...encodeSettings(model, [setting])];
  const decoded = decodeSetting(model, latent);
  const faithful = logSpectralDistance(curvesOf([decoded]), curvesOf([setting])) <= FAITHFUL_DB;
  return faithful
    ? { name, latent, setting: decoded, from: 'model' }
    : { name, latent, setting, from: 'people' };
}

/**
 * So many proposals for a word: the set of that size, or the best of the next larger one; fewer where
 * the word has no larger set.
 *
 * @throws InputError where the model does not know the word, or has no proposals for it
 */
export function proposalsFor(
  { document }: Pick<Model, 'document'>,
  word: string,
  count: number = MOST_PROPOSALS,
): readonly Proposal[] {
  const { proposals = [] } = knownWord(document, word);
  const set = proposals.find(({ length }) => length >= count) ?? proposals.at(-1) ?? [];
  if (set.length > 0) return set.slice(0, count);
  throw new InputError(
    `The model has no proposals for “${word}”: its file is of an earlier version, or the word has too few rows.`,
  );
}

/** @throws InputError where the model does not know the word */
export function knownWord({ words }: Pick<ModelDocument, 'words'>, word: string): ModelWord {
  const known = words.find((own) => own.word === word);
  if (known === undefined) throw new InputError(`The model does not know the word “${word}”.`);
  return known;
}
