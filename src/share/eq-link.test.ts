import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS, FLAT_SETTING } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import fc from '../testing/fast-check';
import { damaged, fuzz } from '../testing/fuzz';
import { decodeEqLink, encodeEqLink } from './eq-link';

const settings = fc.tuple(
  ...EQ_PARAMETERS.map(({ min, max }) => fc.double({ min, max, noNaN: true })),
);
const FREQUENCIES = logFrequencies(40);

describe('a link to a setting', () => {
  it('brings any setting to within a hundredth of a decibel, and its name', () => {
    fc.assert(
      fc.property(settings, fc.string({ maxLength: 20 }), (setting, name) => {
        const link = encodeEqLink({ name, setting });
        const back = decodeEqLink(link);
        const heard = responseDb(back.setting, FREQUENCIES);
        responseDb(setting, FREQUENCIES).forEach((db, i) => {
          expect(Math.abs(db - (heard[i] ?? NaN))).toBeLessThan(0.01);
        });
        back.setting.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(EQ_PARAMETERS[i]?.min ?? NaN);
          expect(value).toBeLessThanOrEqual(EQ_PARAMETERS[i]?.max ?? NaN);
        });
      }),
    );
    const named = encodeEqLink({ name: 'warm at 150 % 🎛', setting: FLAT_SETTING });
    expect(decodeEqLink(named).name).toBe('warm at 150 % 🎛');
  });

  it('is short, whatever the name is', () => {
    for (const name of ['warm', 'w'.repeat(500), '暖かい'.repeat(50), '\ud800']) {
      const link = encodeEqLink({ name, setting: FLAT_SETTING });
      expect(link.length).toBeLessThanOrEqual(150);
      expect(link).toMatch(/^[\w.~!*'()%-]+$/);
      expect(decodeEqLink(link).setting).toHaveLength(EQ_PARAMETERS.length);
    }
  });

  it('says what became of it on the way', () => {
    const link = encodeEqLink({ name: 'warm', setting: FLAT_SETTING });
    expect(() => decodeEqLink(link.slice(0, 30))).toThrow('cut short');
    expect(() => decodeEqLink(link.replace('eq1', 'eq2'))).toThrow('later version');
    expect(() => decodeEqLink('warmbright-eqx')).toThrow('damaged');
    const at = 20;
    const other = link[at] === 'A' ? 'B' : 'A';
    expect(() => decodeEqLink(link.slice(0, at) + other + link.slice(at + 1))).toThrow('damaged');
    // The name alone is no reason to lose the setting.
    expect(decodeEqLink(`${link}%E0%A4%A`).name).toBe('linked EQ');
  });

  const links = ['warm', 'a b', '暖'].map((name) =>
    Buffer.from(encodeEqLink({ name, setting: FLAT_SETTING })),
  );
  fuzz('links to settings', damaged(...links), (bytes) => {
    const { setting } = decodeEqLink(Buffer.from(bytes).toString('latin1'));
    expect(setting.every(Number.isFinite)).toBe(true);
  });
});
