import { describe, expect, it } from 'vitest';
import { FLAT_SETTING, PARAMETER_COUNT } from '../eq/parameters';
import { farOut, farOutText } from './far-out';

/** Both shelves and all bells by so many dB: the sum of five at once is far more than each. */
function by(gainDb: number): number[] {
  const setting = [...FLAT_SETTING];
  for (const gain of [0, 2, 5, 8, 11]) setting[gain] = gainDb;
  return setting;
}

describe('a setting that is far out', () => {
  it('is none that stays within 18 dB', () => {
    expect(farOut(FLAT_SETTING, null)).toBeNull();
    expect(farOut(by(4), null)).toBeNull();
  });

  it('is told of with its extreme, and with its distance from the nearest of people’s settings', () => {
    const people = Float32Array.from([...FLAT_SETTING, ...by(11), ...by(6)]);
    const far = farOut(by(-24), people);
    expect(far?.extremeDb).toBeLessThan(-18);
    const near = farOut(by(24), people);
    expect(near?.extremeDb).toBeGreaterThan(24);
    expect(near?.nearestDb).toBeLessThan(far?.nearestDb ?? 0);
    expect(farOut(by(24), null)?.nearestDb).toBeNull();
    expect(farOutText(by(24), people)).toMatch(
      /^\+\d+\.\d dB at its extreme.*, \d+\.\d dB from the nearest/,
    );
    expect(farOutText(by(-24), null)).toMatch(
      /^−\d+\.\d dB at its extreme, which leaves the graph: turn/,
    );
  });

  it('looks at every so manyth of very many', () => {
    const rows = 3001;
    const people = new Float32Array(rows * PARAMETER_COUNT);
    for (let row = 0; row < rows; row++) people.set(FLAT_SETTING, row * PARAMETER_COUNT);
    const few = Float32Array.from(FLAT_SETTING);
    expect(farOut(by(24), people)).toEqual(farOut(by(24), few));
  });
});
