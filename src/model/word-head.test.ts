import { describe, expect, it } from 'vitest';
import { sampleModel } from '../testing/sample-model';
import { wordHeadModel } from '../testing/word-head-model';
import { parameterTable } from './parameter-table';
import { wordHeadOf, wordsByHead } from './word-head';

describe('the word head of a model', () => {
  it('is the layer of that name', () => {
    const model = wordHeadModel();
    const { entries } = parameterTable(model.document.spec);
    const offset = entries.find(({ name }) => name === 'encoder.word_head.weight')?.offset ?? -1;
    const weights = model.weights.slice();
    weights.set([1, 2, 3, 4, 5, 6, 7, 8], offset);
    expect(wordHeadOf(model.document.spec, weights)).toEqual({
      weight: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      bias: [7, 8],
    });
  });

  it('is not there without one', () => {
    const { document, weights } = sampleModel();
    expect(wordHeadOf(document.spec, weights)).toBeNull();
  });

  it('takes a latent for the word that it gives most, the first of equal ones', () => {
    const head = {
      weight: [
        [1, 0],
        [0, 1],
        [0, 1],
      ],
      bias: [0.5, 0, 0],
    };
    const latents = Float32Array.of(0, 0, 0, 1, 2, 2, -1, -0.5);
    expect([...wordsByHead(latents, head)]).toEqual([0, 1, 0, 0]);
  });
});
