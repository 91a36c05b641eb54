import { describe, expect, it } from 'vitest';
import { wordFound } from './word-search';

const words = [
  { word: 'warmth', rows: 20 },
  { word: 'warm', rows: 5 },
  { word: 'Bright', rows: 9 },
  { word: 'not so warm', rows: 90 },
];

describe('a word that is searched for', () => {
  it('is the one itself, else what begins so, else what has it', () => {
    expect(wordFound(' Warm ', words)).toBe('warm');
    expect(wordFound('wa', words)).toBe('warmth');
    expect(wordFound('bri', words)).toBe('Bright');
    expect(wordFound('so', words)).toBe('not so warm');
  });

  it('is none where none has it, or nothing was typed', () => {
    expect(wordFound('muddy', words)).toBeNull();
    expect(wordFound(' ', words)).toBeNull();
  });
});
