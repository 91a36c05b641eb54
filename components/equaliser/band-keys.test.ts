import { describe, expect, it } from 'vitest';
import { bandsOf, EQ_PARAMETERS } from '../../src/eq/parameters';
import { afterBandKey } from './band-keys';

const start = EQ_PARAMETERS.map(({ kind, initial }) => (kind === 'gain' ? 3 : initial));
const band2 = (key: string, fine = false) => bandsOf(afterBandKey(start, 2, key, fine) ?? [])[2];

describe('keys on a band', () => {
  it('change its gain and frequency, in small steps with Shift', () => {
    expect(band2('ArrowUp')?.gainDb).toBe(3.5);
    expect(band2('ArrowDown', true)?.gainDb).toBeCloseTo(2.9, 12);
    expect(band2('ArrowRight')?.frequencyHz).toBeCloseTo(1000 * 2 ** (1 / 12), 9);
    const fine = (band2('ArrowLeft', true)?.frequencyHz ?? 0) / 1000;
    expect(fine).toBeLessThan(1);
    expect(fine).toBeGreaterThan(2 ** (-1 / 12));
  });

  it('change its Q, silence it, and reset it', () => {
    expect(band2('PageUp')?.q).toBeGreaterThan(0.71);
    expect(band2(']')?.q).toBe(band2('PageUp')?.q);
    // What Shift makes of the bracket.
    expect(band2('{', true)?.q).toBe(band2('PageDown', true)?.q);
    expect(band2('[')?.q).toBeLessThan(band2('{', true)?.q ?? 0);
    expect(band2('Home')).toMatchObject({ gainDb: 0, frequencyHz: 1000 });
    const moved = start.map((value, i) => (i === 6 ? 2000 : value));
    expect(bandsOf(afterBandKey(moved, 2, 'Delete', false) ?? [])[2]).toMatchObject({
      gainDb: 0,
      frequencyHz: 1000,
      q: 0.71,
    });
  });

  it('stop at the plug-in’s bounds, and leave other keys alone', () => {
    let setting = start as readonly number[];
    for (let i = 0; i < 99; i++) setting = afterBandKey(setting, 0, 'ArrowLeft', false) ?? [];
    for (let i = 0; i < 99; i++) setting = afterBandKey(setting, 0, 'ArrowDown', false) ?? [];
    expect(bandsOf(setting)[0]).toMatchObject({ gainDb: -12, frequencyHz: 22 });
    // A shelf's Q is fixed.
    expect(afterBandKey(start, 4, 'PageUp', false)).toEqual(start);
    expect(afterBandKey(start, 1, 'a', false)).toBeNull();
    expect(afterBandKey(start, 1, 'Tab', false)).toBeNull();
  });
});
