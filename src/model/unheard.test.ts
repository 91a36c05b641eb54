import { describe, expect, it } from 'vitest';
import { SMALL_SPEC } from '../testing/small-spec';
import type { Model } from './model';
import { fromFounding, type Normaliser } from './normaliser-schema';
import { parameterTable } from './parameter-table';
import { unheardFrequencies } from './unheard';
import type { ModelSpec } from '../recipe/model-spec';

const spec: ModelSpec = { ...SMALL_SPEC, normalisation: 'none' };
const founding = fromFounding({
  gainDb: [-12, 12],
  frequencyLog10: [Math.log10(20), Math.log10(20_000)],
  frequencyOffsetHz: 0,
  qLog10: [-1, 1],
});

/** A model of two words whose decoder says the same for all latents: sigmoid of the bias. */
function constantModel(
  outputBias: number,
  normaliser: Normaliser,
): Pick<Model, 'document' | 'weights'> {
  const weights = new Float32Array(parameterTable(spec).total);
  weights.fill(outputBias, weights.length - 13);
  const words = ['bright', 'warm', 'lost'].map((word, i) => ({
    ...{ word, rows: 1, schools: [] },
    centroid: i < 2 ? [0, i] : null,
    schools: [],
  }));
  return { document: { version: 1, spec, normaliser, words, run: null }, weights };
}

describe('unheardFrequencies', () => {
  it('finds none where the normaliser leaves no way out, whatever the decoder says', () => {
    for (const bias of [-80, 0, 80]) {
      expect(unheardFrequencies(constantModel(bias, founding))).toBe(null);
    }
  });

  it('counts them over the words that have a place, and names the farthest', () => {
    const columns = founding.columns.map((column, i) =>
      i === 12 ? { scale: 'linear' as const, offset: 0, from: 0, to: 3.2e6 } : column,
    );
    expect(unheardFrequencies(constantModel(0, { columns }))).toMatchObject({
      count: 2,
      of: 10,
      farthest: { word: 'bright', parameter: 'high shelf frequency', hz: 1.6e6 },
    });
    const below = columns.map((column, i) =>
      i === 3 ? { scale: 'linear' as const, offset: 0, from: -3000, to: 1000 } : column,
    );
    expect(unheardFrequencies(constantModel(0, { columns: below }))).toMatchObject({
      count: 4,
      farthest: { parameter: 'bell 1 frequency', hz: -1000 },
    });
  });

  it('finds none in a file that places no word', () => {
    const { document, weights } = constantModel(0, founding);
    const words = document.words.map((word) => ({ ...word, centroid: null, schools: [] }));
    expect(unheardFrequencies({ document: { ...document, words }, weights })).toBe(null);
  });
});
