import { describe, expect, it } from 'vitest';
import { firstMap, firstMove, type Drawing } from './drawn';

const DRAWINGS: readonly Drawing[] = [
  { at: 400, points: 900, places: 1 },
  // The ready-made map, moved by the layout.
  { at: 900, points: 900, places: 2 },
  // The sample's, before the run's first epoch and after it.
  { at: 1500, points: 600, places: 3 },
  { at: 1600, points: 600, places: 4 },
  { at: 1900, points: 600, places: 4 },
  { at: 2000, points: 600, places: 5 },
  { at: 2100, points: 600, places: 6 },
];

describe('drawings of the map', () => {
  it('tell when there was a map', () => {
    expect(firstMap(DRAWINGS)).toBe(400);
    expect(firstMap([])).toBe(null);
  });

  it('tell when training moved a point', () => {
    expect(firstMove(DRAWINGS, 1700)).toBe(2000);
    expect(firstMove(DRAWINGS, 2050)).toBe(2100);
  });

  it('tell of no move where none was drawn, or another map', () => {
    expect(firstMove(DRAWINGS, 2100)).toBe(null);
    expect(firstMove(DRAWINGS.slice(0, 3), 1000)).toBe(null);
    expect(firstMove([], 0)).toBe(null);
  });
});
