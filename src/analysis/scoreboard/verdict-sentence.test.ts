import { describe, expect, it } from 'vitest';
import type { ModelWord, Scoreboard } from '../../model/model';
import { sampleModel } from '../../testing/sample-model';
import { verdictSentence } from './verdict-sentence';

const { document } = sampleModel();
const { run } = document;
if (run?.scoreboard == null) throw new Error('The sample model has figures.');
const trained: NonNullable<typeof run> = { ...run, synthetic: false };
const scoreboard: Scoreboard = run.scoreboard;

function verdict(error: number | null, curveComponents: number, gain: [number, number] | null) {
  const none = { flat: null, parameterComponents: null, curveComponents: gain };
  return verdictSentence({
    ...document,
    run: {
      ...trained,
      scoreboard: {
        ...scoreboard,
        on: 'held-out rows',
        responseErrorDb: error,
        baselines: { neighbourAccuracy: null, flat: 6, parameterComponents: 1, curveComponents },
        intervals: {
          silhouette: null,
          neighbourAccuracy: null,
          responseErrorDb: null,
          neighbourGain: null,
          headAccuracy: null,
          headGain: null,
          responseGain: none,
        },
      },
    },
  });
}

describe('the verdict on a model', () => {
  it.each<[[number, number], string]>([
    [[0.1, 0.3], 'less than principal components of the curves'],
    [[-0.3, -0.1], 'more than principal components of the curves'],
    [[-0.1, 0.1], 'no clear difference from principal components of the curves'],
  ])('with a gain of %j on principal components says %s', (gain, words) => {
    expect(verdict(0.41, 0.5, gain)).toContain(
      `Redraws EQ curves of people it has not seen with an error of 0.41 dB, ${words} (0.50 dB).`,
    );
  });

  it('says that there is no clear difference where it cannot be told', () => {
    expect(verdict(0.41, 0.5, null)).toContain('no clear difference');
  });

  it('says of a model of synthetic rows whose curves they are, and which curve is meant', () => {
    const words = ['warm', 'airy'].map((word): ModelWord => ({
      ...{ word, rows: 6, centroid: [0], schools: [] },
      evidence: { people: 5, mean: [0.25, 1], medoid: null },
    }));
    const of: Scoreboard = { ...scoreboard, on: 'held-out rows', responseErrorDb: 0.41, words: [] };
    const said = verdictSentence({
      words,
      run: { ...trained, synthetic: true, scoreboard: { ...of, baselines: null } },
    });
    expect(said).toBe(
      'Redraws EQ curves of made-up people it has not seen with an error of 0.41 dB. For all of its 2 words, one curve, the model’s or people’s mean or medoid, is surely nearer to what they set than no EQ at all.',
    );
  });

  it('is none without a response error', () => {
    expect(verdict(null, 0.5, null)).toBe(null);
    expect(verdictSentence({ ...document, run: null })).toBe(null);
  });
});
