import { describe, expect, it } from 'vitest';
import {
  CURVE_POINTS,
  logSpectralDistance,
  meanSquares,
  NEIGHBOUR_POINTS,
  neighbourCurves,
} from './curves';

/** Curves that rise by so many dB a point, [rows, 256]. */
function rising(...steps: number[]): Float64Array {
  return Float64Array.from(
    steps.flatMap((step) => Array.from({ length: CURVE_POINTS }, (_, i) => 3 + step * i)),
  );
}

describe('distances of curves', () => {
  it('are roots of mean squares, row by row', () => {
    const squares = meanSquares(rising(0, 1), rising(0, 0));
    expect(squares[0]).toBe(0);
    // Mean of i² for i from 0 to 255.
    expect(squares[1]).toBeCloseTo((255 * 511) / 6, 8);
    expect(logSpectralDistance(rising(0), rising(1))).toBeCloseTo(Math.sqrt((255 * 511) / 6), 8);
  });
});

describe('the curves that neighbours are told by', () => {
  it('have no level, and the means of four points', () => {
    const curves = neighbourCurves(rising(0, 1));
    expect(curves).toHaveLength(2 * NEIGHBOUR_POINTS);
    expect([...curves.subarray(0, NEIGHBOUR_POINTS)].every((db) => db === 0)).toBe(true);
    expect(curves[NEIGHBOUR_POINTS]).toBeCloseTo(1.5 - 127.5, 10);
    expect(curves.at(-1)).toBeCloseTo(253.5 - 127.5, 10);
  });
});
