/** A small data set with everything that one can have. For tests only. */
import type { SafeData } from '../data/rows';
import { FLAT_SETTING } from '../eq/parameters';

export function sampleData(): SafeData {
  return {
    rows: [
      {
        line: 1,
        word: 'warm',
        contributor: 1,
        setting: FLAT_SETTING,
        instrument: 'guitar',
        genre: 'rock',
      },
      { line: 3, word: 'bright', label: 'Bright', contributor: 2, setting: FLAT_SETTING },
      {
        line: 4,
        word: 'warm',
        label: 'WARM',
        contributor: 1,
        setting: FLAT_SETTING,
        fitErrorDb: 0,
      },
    ],
    rejected: [{ line: 2, column: null, reason: 'The row has 3 columns.' }],
    rejectedTotal: 1,
    personal: [{ column: 3, rows: 1 }],
    sha256: 'ab'.repeat(32),
    synthetic: false,
    own: 4,
    name: 'some.csv',
  };
}
