import { expect, it } from 'vitest';
import { logFrequencies, responseGrid, responseOn } from './response';
import { fromScale, responseSlopes, toScale } from './setting-scale';

const GRID = responseGrid(logFrequencies(20));
const SETTING = [-6, 150, 8, 560, 2.5, -3, 1000, 0.71, 0, 3300, 6, 11, 8200];
const STEP = 1e-3;

it('tells how the response changes with each parameter', () => {
  const at = toScale(SETTING);
  const slopes = responseSlopes(SETTING, at, GRID);
  expect(slopes).toHaveLength(SETTING.length);
  for (const [i, slope] of slopes.entries()) {
    const [below, above] = [-STEP, STEP].map((step) =>
      responseOn(GRID, fromScale(at.with(i, (at[i] ?? NaN) + step))),
    );
    for (const [k, value] of slope.entries()) {
      expect(value).toBeCloseTo(((above?.[k] ?? NaN) - (below?.[k] ?? NaN)) / (2 * STEP), 1);
    }
  }
});
