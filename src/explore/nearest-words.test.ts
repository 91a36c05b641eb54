import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { nearestWords } from './nearest-words';

const lifted = (gain: number) => FLAT_SETTING.map((value, i) => (i === 2 ? gain : value));

describe('the nearest words', () => {
  it('come in order, with the RMS difference of the curves in dB', () => {
    const words = [
      { name: 'loud', setting: lifted(9) },
      { name: 'same', setting: lifted(3) },
      { name: 'flat', setting: FLAT_SETTING },
    ];
    const near = nearestWords(lifted(3), words);
    expect(near.map(({ name }) => name)).toEqual(['same', 'flat', 'loud']);
    expect(near[0]?.distanceDb).toBe(0);
    const curve = responseDb(lifted(3), logFrequencies(256));
    const rms = Math.sqrt(curve.reduce((sum, db) => sum + db * db, 0) / 256);
    expect(near[1]?.distanceDb).toBeCloseTo(rms, 9);
    // Asked again, of the curves it remembers.
    expect(nearestWords(FLAT_SETTING, words)[0]).toEqual({ name: 'flat', distanceDb: 0 });
  });
});
