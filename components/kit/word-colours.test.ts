import { describe, expect, it } from 'vitest';
import { colourNumbers, colourOf } from './word-colours';

describe('the colours of words', () => {
  it('go by how many rows a word has', () => {
    expect(
      colourNumbers([
        { word: 'thin', rows: 5 },
        { word: 'full', rows: 9 },
      ]),
    ).toEqual([1, 0]);
  });

  it('keep the warm colour for warm and the bright one for bright', () => {
    const words = [
      { word: 'airy', rows: 90 },
      { word: 'bright', rows: 3 },
      { word: 'warm', rows: 2 },
    ];
    expect(colourNumbers(words)).toEqual([2, 1, 0]);
  });

  it('are one each, for as many words as there are colours', () => {
    const words = Array.from({ length: 14 }, (_, i) => ({ word: `w${String(i)}`, rows: i }));
    expect(new Set(colourNumbers(words)).size).toBe(14);
    expect(colourOf(3)).toBe('var(--wb-word-3)');
  });
});
