/** What a mixture of words does, by a model. */
import type { EqSetting } from '../eq/parameters';
import { InputError } from '../base/input-error';
import type { Model, ModelDocument } from '../model/model';
import { decodeSetting, offeredSetting } from '../model/word-settings';
import { strengthened, type Mixture, type Part } from './mixture';

export interface Mixed {
  readonly setting: EqSetting;
  /** Where it lies in the latent, [latent]; null where only the encoder can say. */
  readonly latent: readonly number[] | null;
}

/**
 * What a mixture does, as {@link offeredSetting} has it. A mixture of one part is that part: a word's
 * decoded centroid, or a cluster's own setting, which was found without the model.
 *
 * @throws InputError where the model does not know a part or where it lies, a weight is negative or
 *   no number, or no part has any weight
 */
export function mix(model: Pick<Model, 'document' | 'weights'>, mixture: Mixture): Mixed {
  const { space, strength } = mixture;
  const parts = mixture.parts
    .map((part) => ({ ...placeOf(model.document, part), share: checkedWeight(part) }))
    .filter(({ share }) => share > 0);
  const total = parts.reduce((sum, { share }) => sum + share, 0);
  const [first] = parts;
  if (first === undefined) throw new InputError('Give at least one word a weight above 0.');
  const shares = parts.map(({ share }) => share / total);
  const settingOf = ({ latent, setting }: Place): EqSetting =>
    setting === null ? decodeSetting(model, latent) : offeredSetting(model.document, setting);
  let latent: readonly number[] | null = null;
  let setting: EqSetting;
  if (parts.length === 1) {
    latent = first.latent;
    setting = settingOf(first);
  } else if (space === 'latent') {
    latent = mean(
      parts.map((part) => part.latent),
      shares,
    );
    setting = decodeSetting(model, latent);
  } else {
    setting = offeredSetting(model.document, mean(parts.map(settingOf), shares));
  }
  return { setting: strengthened(setting, strength), latent: strength === 1 ? latent : null };
}

interface Place {
  readonly latent: readonly number[];
  /** null: what the latent decodes to. */
  readonly setting: EqSetting | null;
}

function placeOf({ words }: ModelDocument, { word, cluster }: Part): Place {
  const known = words.find((own) => own.word === word);
  if (known === undefined) throw new InputError(`The model does not know the word “${word}”.`);
  if (known.centroid === null) {
    throw new InputError(`The model does not say where the word “${word}” lies.`);
  }
  if (cluster === null) return { latent: known.centroid, setting: null };
  const own = known.schools.find(({ name }) => name === cluster);
  if (own === undefined) throw new InputError(`The word “${word}” has no cluster “${cluster}”.`);
  return own;
}

function checkedWeight({ word, weight }: Part): number {
  if (Number.isFinite(weight) && weight >= 0) return weight;
  throw new InputError(`The weight of “${word}” must be 0 or more, not ${String(weight)}.`);
}

/** Weighted mean of rows of numbers; the shares add up to 1. */
function mean(rows: readonly (readonly number[])[], shares: readonly number[]): number[] {
  const [first = []] = rows;
  return first.map((_, i) =>
    rows.reduce((sum, row, k) => sum + (shares[k] ?? 0) * (row[i] ?? Number.NaN), 0),
  );
}
