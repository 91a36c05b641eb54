import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../eq/parameters';
import type { Model } from './model';
import { fromFounding } from './normaliser-schema';
import { parameterTable } from './parameter-table';
import type { ModelSpec } from './spec';
import { blend, decodeSetting } from './word-settings';

/** A model whose weights are all 0 but for the last bias: it decodes all latents alike. */
function constantModel(outputBias: number): Pick<Model, 'document' | 'weights'> {
  const spec: ModelSpec = {
    latent: 2,
    hidden: [3],
    activation: 'relu',
    normalisation: 'layer',
    projection: null,
    body: 'residual',
    variational: false,
    input: 'parameters',
    latentActivation: 'tanh',
    output: 'sigmoid',
  };
  const normaliser = fromFounding({
    gainDb: [-12, 12],
    frequencyLog10: [1, 5],
    frequencyOffsetHz: 1,
    qLog10: [-1, 1],
  });
  const weights = new Float32Array(parameterTable(spec).total);
  weights.fill(outputBias, weights.length - 13);
  return {
    document: { version: 1, spec, normaliser, words: [], run: null },
    weights,
  };
}

describe('decodeSetting', () => {
  it('de-normalises what the decoder says, inside the bounds', () => {
    // Sigmoid of 0 is the middle of each range: 0 dB, 10³ − 1 Hz, Q 1.
    decodeSetting(constantModel(0), [0.3, -0.4]).forEach((value, i) => {
      const { kind } = EQ_PARAMETERS[i] ?? { kind: 'gain' };
      expect(value).toBeCloseTo({ gain: 0, frequency: 999, q: 1 }[kind], 3);
    });
    expect(decodeSetting(constantModel(50), [0, 0])).toEqual(EQ_PARAMETERS.map(({ max }) => max));
  });
});

describe('blend', () => {
  it('goes straight from a to b', () => {
    const a = [0.1, -3, 1000];
    const b = [0.7, 9, 3000];
    expect(blend(a, b, 0)).toEqual(a);
    expect(blend(a, b, 1)).toEqual(b);
    const [x, y, z] = blend(a, b, 0.25);
    expect(x).toBeCloseTo(0.25, 12);
    expect(y).toBeCloseTo(0, 12);
    expect(z).toBeCloseTo(1500, 9);
  });
});
