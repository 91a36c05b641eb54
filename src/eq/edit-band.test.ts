import { describe, expect, it } from 'vitest';
import { withBand, withBandReset } from './edit-band';
import { BANDS, bandsOf, FLAT_SETTING, parameterOf, type EqSetting } from './parameters';

describe('a band', () => {
  it('is changed alone, inside its own bounds', () => {
    const changed = withBand(FLAT_SETTING, 2, { gain: 99, frequency: 10, q: 2 });
    const bands = bandsOf(changed);
    expect(bands[2]).toEqual({ kind: 'bell', gainDb: 12, frequencyHz: 180, q: 2 });
    expect(bands.toSpliced(2, 1)).toEqual(bandsOf(FLAT_SETTING).toSpliced(2, 1));
  });

  it('of a shelf has no Q to change', () => {
    expect(parameterOf(0, 'q')).toBeNull();
    expect(parameterOf(4, 'frequency')).toBe(12);
    expect(withBand(FLAT_SETTING, 4, { q: 3 })).toEqual(FLAT_SETTING);
  });

  it('goes back to where the plug-in begins', () => {
    const moved = BANDS.reduce<EqSetting>(
      (setting, band) => withBand(setting, band, { gain: 3, frequency: 700, q: 5 }),
      FLAT_SETTING,
    );
    expect(bandsOf(withBandReset(moved, 3))[3]).toEqual(bandsOf(FLAT_SETTING)[3]);
    expect(BANDS.reduce(withBandReset, moved)).toEqual(FLAT_SETTING);
  });
});
