import { describe, expect, it } from 'vitest';
import type { ModelWord } from '../model/model';
import type { Interval } from './metrics/bootstrap';
import { evidenceSentence, wordEvidence } from './word-evidence';

const airy = (evidence?: ModelWord['evidence']): ModelWord => ({
  word: 'airy',
  rows: 6,
  centroid: [0],
  schools: [],
  ...(evidence === undefined ? {} : { evidence }),
});

const sentence = (mean: Interval | null, medoid: Interval | null): string | undefined => {
  const document = { words: [airy({ people: 5, mean, medoid })], run: null };
  const evidence = wordEvidence(document, 'airy');
  return evidence === null ? undefined : evidenceSentence(evidence);
};

describe('wordEvidence', () => {
  it.each<[Interval | null, Interval | null, string]>([
    [
      [-1, 0.5],
      [-2, 1],
      'For airy, no single curve is surely nearer to what people set than no EQ at all: 6 settings by 5 people.',
    ],
    [
      [0.25, 1],
      [-2, 1],
      'For airy, one curve is surely nearer to what people set than no EQ at all: 6 settings by 5 people.',
    ],
    [null, null, 'For airy, too little is known to say what people mean: 6 settings by 5 people.'],
  ])('with intervals of %j and %j says: %3$s', (mean, medoid, expected) => {
    expect(sentence(mean, medoid)).toBe(expected);
  });

  it('says nothing of people where the file does not, and nothing of unknown words', () => {
    const document = { words: [{ ...airy(), rows: 1 }], run: null };
    expect(wordEvidence(document, 'airy')).toEqual({
      ...{ word: 'airy', rows: 1, synthetic: false, people: null, beatsFlat: 'unknown' },
    });
    const one = { word: 'airy', rows: 1, people: null, beatsFlat: 'no' } as const;
    expect(evidenceSentence({ ...one, synthetic: false })).toBe(
      'For airy, no single curve is surely nearer to what people set than no EQ at all: one setting.',
    );
    expect(evidenceSentence({ ...one, people: 4, synthetic: true })).toBe(
      'For airy, no single curve is surely nearer to what people set than no EQ at all: one synthetic setting by 4 made-up people.',
    );
    expect(wordEvidence(document, 'thin')).toBeNull();
  });
});
