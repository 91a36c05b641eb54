import { describe, expect, it } from 'vitest';
import { logFrequencies } from '../../eq/response';
import { CURVE_POINTS } from '../metrics/curves';
import { nameCurves } from './cluster-names';

const FREQUENCIES = logFrequencies(CURVE_POINTS);

/** So many dB from one frequency up to another, and none elsewhere; several parts add up. */
function bump(...parts: [fromHz: number, toHz: number, db: number][]): Float64Array {
  return FREQUENCIES.map((hz) =>
    parts.reduce((sum, [from, to, db]) => (hz >= from && hz < to ? sum + db : sum), 0),
  );
}

describe('nameCurves', () => {
  it.each([
    ['low-mid lift', [bump([120, 500, 6])]],
    ['top cut', [bump([6000, 21_000, -8])]],
    ['low lift and top cut', [bump([20, 120, 6], [6000, 21_000, -6])]],
    ['low and low-mid lift', [bump([20, 500, 5], [2000, 6000, 1])]],
    ['gentle', [bump([120, 500, 1])]],
    ['gentle', [bump()]],
  ])('says “%s”', (name, curves) => {
    expect(nameCurves(curves)).toEqual([name]);
  });

  it('calls a lift of half the spectrum a lift, and a cut a cut', () => {
    expect(nameCurves([bump([2000, 21_000, 6], [500, 2000, 4])])).toEqual([
      'high-mid and top lift',
    ]);
    expect(nameCurves([bump([20, 2000, -6])])).toEqual(['low and low-mid cut']);
  });

  it('takes the level out', () => {
    expect(nameCurves([bump([20, 21_000, 9])])).toEqual(['gentle']);
    expect(nameCurves([bump([20, 21_000, -9], [120, 500, 6])])).toEqual(['low-mid lift']);
  });

  it('tells a third region where two do not part the curves', () => {
    const curves = [
      bump([120, 500, 8], [500, 2000, -8]),
      bump([120, 500, 8], [500, 2000, -8], [6000, 21_000, -7]),
    ];
    expect(nameCurves(curves)).toEqual([
      'low-mid lift and mid cut',
      'low-mid lift, mid and top cut',
    ]);
  });

  it('tells how much where the curves do the same', () => {
    const curves = [9, 3, 6].map((db) => bump([120, 500, db]));
    expect(nameCurves(curves)).toEqual([
      'strong low-mid lift',
      'mild low-mid lift',
      'medium low-mid lift',
    ]);
    const loud = [bump([120, 500, 6], [20, 21_000, 5]), bump([120, 500, 6])];
    expect(nameCurves(loud)).toEqual(['low-mid lift, louder', 'low-mid lift, quieter']);
  });

  it('gives equal curves different names', () => {
    const names = nameCurves([bump(), bump(), bump(), bump()]);
    expect(new Set(names).size).toBe(4);
  });
});
