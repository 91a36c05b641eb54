import { describe, expect, it } from 'vitest';
import { earlierScoreboard } from '../../src/testing/sample-model';
import { figuresText, wordsText } from './run-texts';

describe('what the list says of a run', () => {
  it('has the main figures, and which rows they are on', () => {
    const scoreboard = {
      ...earlierScoreboard({ silhouette: -0.25 }),
      responseErrorDb: 0.456,
      neighbourAccuracy: 0.875,
    };
    expect(figuresText(scoreboard)).toBe(
      'silhouette −0.250, response error 0.46 dB, and kNN accuracy 87.5 % on held-out rows',
    );
    expect(figuresText(earlierScoreboard({ silhouette: null }))).toBe('');
    expect(figuresText(null)).toBe('');
  });

  it('names the words with most rows, and counts the others', () => {
    const words = ['c', 'a', 'b'].map((word, i) => ({ word, rows: i }));
    expect(wordsText(words)).toBe('b, a, and c');
    const many = Array.from({ length: 9 }, (_, i) => ({ word: `w${String(i)}`, rows: 9 - i }));
    expect(wordsText(many)).toBe('w0, w1, w2, w3, w4, w5 and 3 more words');
    expect(wordsText(many.slice(0, 7))).toMatch(/ and 1 more word$/);
  });
});
