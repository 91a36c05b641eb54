import { describe, expect, it } from 'vitest';
import {
  FREQUENCY_MARKS,
  frequencyAt,
  frequencyMark,
  frequencyShare,
  gainEdge,
  gainMark,
  gainMarks,
} from './response-axes';

describe('the frequency axis', () => {
  it('goes from 20 Hz to 20 kHz, with a decade a third', () => {
    expect([20, 200, 2000, 20_000].map(frequencyShare).map((share) => share * 3)).toEqual([
      0,
      expect.closeTo(1, 12),
      expect.closeTo(2, 12),
      3,
    ]);
    expect(frequencyShare(FREQUENCY_MARKS[0] ?? NaN)).toBe(0);
    expect(frequencyShare(FREQUENCY_MARKS.at(-1) ?? NaN)).toBe(1);
  });

  it('finds back from a place to what is there', () => {
    for (const hz of [20, 113, 999, 20_000]) {
      expect(frequencyAt(frequencyShare(hz))).toBeCloseTo(hz, 8);
    }
  });

  it('is marked in Hz and kHz', () => {
    expect([50, 500, 1000, 20_000].map(frequencyMark)).toEqual(['50', '500', '1k', '20k']);
  });
});

describe('the gain axis', () => {
  it('widens in whole steps for what is louder', () => {
    expect(gainEdge([3, -11], 18)).toBe(18);
    expect(gainEdge([3, -18.1], 18)).toBe(24);
    expect(gainEdge([], 12)).toBe(12);
  });

  it('has marks from edge to edge, 0 dB among them', () => {
    expect(gainMarks(18).map(gainMark)).toEqual(['+18', '+12', '+6', '0', '−6', '−12', '−18']);
    expect(gainMarks(18, 12)).toEqual([12, 0, -12]);
  });
});
