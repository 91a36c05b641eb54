/** Words mixed with weights, and made stronger, weaker or the other way round. */
import { withMinus } from '../base/number-text';
import { clampToBounds, EQ_PARAMETERS, type EqSetting } from '../eq/parameters';
import type { ModelDocument } from '../model/model';

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
