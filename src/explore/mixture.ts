/** Words mixed with weights, and made stronger, weaker or the other way round. */
import { withMinus } from '../base/number-text';
import { clampToBounds, EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import { InputError } from '../base/input-error';
import type { Model, ModelDocument } from '../model/model';
import { decodeSetting, offeredSetting } from '../model/word-settings';

/** A word, or one of its clusters, and how much of it. */
export interface Part {
  readonly word: string;
  /** Name of one of the word's clusters; null for the word as a whole. */
  readonly cluster: string | null;
  /** 0 or more; only the ratio of the parts' weights matters. */
  readonly weight: number;
}

export interface Mixture {
  readonly parts: readonly Part[];
  /** What is averaged: the parts' latents, which are then decoded, or their 13 numbers. */
  readonly space: 'latent' | 'parameters';
  /** See {@link strengthened}. */
  readonly strength: number;
}

export interface Mixed {
  readonly setting: EqSetting;
  /** Where it lies in the latent, [latent]; null where only the encoder can say. */
  readonly latent: readonly number[] | null;
}

/** Strengths that people are offered. */
export const STRENGTHS = { min: -1, max: 2 } as const;

/** A word or a cluster of it, as it is. */
export function wordAlone(word: string, cluster: string | null = null): Mixture {
  return { parts: [{ word, cluster, weight: 1 }], space: 'latent', strength: 1 };
}

/**
 * A setting with its gains multiplied, inside the plug-in's bounds; frequencies and Qs stay.
 *
 * So 0 is flat, 1 the setting itself, and −1 its inverse: the cookbook's bells and shelves of
 * opposite gains cancel each other exactly. (A straight way through the latent does none of the
 * three: no point of it need be flat, and beyond that point lies another sound, not the inverse.)
 * Gains that would leave the bounds stop there, each for itself.
 *
 * @param strength 1: as it is; finite
 */
export function strengthened(setting: EqSetting, strength: number): EqSetting {
  return clampToBounds(
    setting.map((value, i) => (EQ_PARAMETERS[i]?.kind === 'gain' ? strength * value : value)),
  );
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

/** Whether a model knows all of a mixture's words, and where they lie. */
export function knowsWords({ words }: ModelDocument, { parts }: Mixture): boolean {
  return parts.every(({ word }) => words.some((own) => own.word === word && own.centroid !== null));
}

/** "warm", "70 % warm, 30 % bright", "warm, low lift at −100 %". */
export function mixtureName({ parts, strength }: Mixture): string {
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const mixed = parts.filter(({ weight }) => weight > 0);
  const name = mixed
    .map((part) => {
      const share = `${String(Math.round((100 * part.weight) / total))} % `;
      return `${mixed.length > 1 ? share : ''}${partName(part)}`;
    })
    .join(', ');
  return strengthName(name, strength);
}

/** "warm", "warm at −100 %" */
export function strengthName(name: string, strength: number): string {
  const percent = withMinus(String(Math.round(100 * strength)));
  return strength === 1 ? name : `${name} at ${percent} %`;
}

/** "warm", "warm, low lift". */
export function partName({ word, cluster }: Pick<Part, 'word' | 'cluster'>): string {
  return cluster === null ? word : `${word}, ${cluster}`;
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
