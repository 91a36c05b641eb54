import { describe, expect, it } from 'vitest';
import { colourNumbers, colourOf } from './word-colours';

describe('the colours of words', () => {
  it('are the same in other data, whichever words are beside and however many rows they have', () => {
    const here = colourNumbers([
      { word: 'thin', rows: 5 },
      { word: 'full', rows: 9 },
      { word: 'crunchy', rows: 4 },
    ]);
    const there = colourNumbers([
      { word: 'crunchy', rows: 90 },
      { word: 'warm', rows: 2 },
      { word: 'full', rows: 1 },
      { word: 'boomy', rows: 1 },
      { word: 'thin', rows: 700 },
    ]);
    expect([there[4], there[2], there[0]]).toEqual(here);
  });

  it('keep the warm colour for warm and the bright one for bright', () => {
    const words = [
      { word: 'airy', rows: 90 },
      { word: 'bright', rows: 3 },
      { word: 'warm', rows: 2 },
    ];
    expect(colourNumbers(words).slice(1)).toEqual([1, 0]);
  });

  it('go to the word with more rows where two want the same, and repeat only where there are too few', () => {
    const words = Array.from({ length: 30 }, (_, i) => ({ word: `w${String(i)}`, rows: i }));
    const numbers = colourNumbers(words);
    expect(colourNumbers(words.slice(29))).toEqual([numbers[29]]);
    expect(new Set(numbers).size).toBe(14);
  });

  it('are one each, for as many words as there are colours', () => {
    const words = Array.from({ length: 14 }, (_, i) => ({ word: `w${String(i)}`, rows: i }));
    expect(new Set(colourNumbers(words)).size).toBe(14);
    expect(colourOf(3)).toBe('var(--wb-word-3)');
  });
});
