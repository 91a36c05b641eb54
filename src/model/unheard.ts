/** Frequencies that a model says before they are moved inside the plug-in's bounds, and nobody hears. */
import { EQ_PARAMETERS } from '../eq/parameters';
import { decodeRows } from './inference';
import type { Model } from './model';
import { denormaliseFreely } from './normaliser';

const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;
/** Share by which rounding may take a frequency past an end. */
const ROUNDING = 1e-4;

interface Frequency {
  readonly word: string;
  /** "bell 1 frequency" */
  readonly parameter: string;
  readonly hz: number;
}

export interface Unheard {
  /** Of all frequencies of all words, those outside 20 Hz to 20 kHz. */
  readonly count: number;
  readonly of: number;
  /** The one farthest away, in octaves; one below 0 Hz is farther than any other. */
  readonly farthest: Frequency;
  readonly frequencies: readonly Frequency[];
}

/**
 * What the words of a model decode to, as it comes.
 *
 * @returns null where all can be heard, or the model does not say where its words lie
 */
export function unheardFrequencies({
  document,
  weights,
}: Pick<Model, 'document' | 'weights'>): Unheard | null {
  const { spec, normaliser, words } = document;
  const placed = words.flatMap(({ word, centroid }) =>
    centroid === null ? [] : [{ word, centroid }],
  );
  const latents = Float32Array.from(placed.flatMap(({ centroid }) => centroid));
  const decoded = decodeRows(spec, weights, latents);
  const frequencies = placed.flatMap(({ word }, row) => {
    const setting = denormaliseFreely(decoded, normaliser, row);
    return EQ_PARAMETERS.flatMap(({ kind, name }, i): Frequency[] =>
      kind === 'frequency' ? [{ word, parameter: name, hz: setting[i] ?? Number.NaN }] : [],
    );
  });
  const unheard = frequencies
    .map((frequency) => ({ frequency, octaves: octavesOutside(frequency.hz) }))
    .filter(({ octaves }) => octaves > ROUNDING)
    .sort((a, b) => b.octaves - a.octaves);
  const [first] = unheard;
  if (first === undefined) return null;
  return {
    count: unheard.length,
    of: frequencies.length,
    farthest: first.frequency,
    frequencies,
  };
}

/** How far a frequency is from the nearest one that can be heard; 0 for those that can. */
function octavesOutside(hz: number): number {
  if (hz <= 0) return Infinity;
  return Math.max(0, Math.log2(LOWEST_HZ / hz), Math.log2(hz / HIGHEST_HZ));
}
