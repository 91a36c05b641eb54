import { describe, expect, it } from 'vitest';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import { EQ_PARAMETERS } from '../../eq/parameters';
import { mean } from '../../math/mean';
import { MOST_AUGMENTED, augmentedRows, countAugmented } from './augmented-rows';

/** Row r holds r + 1 in the place of every parameter, so that a value tells where it comes from. */
const settings = Array.from({ length: 200 }, (_, row) => EQ_PARAMETERS.map(() => row + 1));
const recipe = {
  madeUp: 8,
  madeUpSets: 1,
  exchange: 0.25,
  drawnBands: 0,
  seed: 5,
  audit: FOUNDING_CHOICES,
};

describe('augmentedRows', () => {
  const made = augmentedRows(settings, recipe);

  it('takes whole bands, one in four from other rows, any as likely as the others', () => {
    expect(made).toHaveLength(1600);
    const donors = new Map<number, number>();
    let own = 0;
    made.forEach((setting, i) => {
      const row = Math.floor(i / 8) + 1;
      const bands = [0, 1, 2, 3, 4].map((of) => [
        ...new Set(setting.filter((_, at) => EQ_PARAMETERS[at]?.band === of)),
      ]);
      for (const values of bands) {
        expect(values).toHaveLength(1);
        const [from = 0] = values;
        if (from === row) own++;
        else donors.set(from, (donors.get(from) ?? 0) + 1);
      }
    });
    // 8,000 bands: three standard deviations are 0.015.
    expect(Math.abs(own / 8000 - 0.75)).toBeLessThan(0.015);
    expect(donors.size).toBe(200);
    expect(Math.max(...donors.values())).toBeLessThan(30);
  });

  it('repeats itself, differs with the seed, and makes none where none are wanted', () => {
    expect(augmentedRows(settings, recipe)).toEqual(made);
    expect(augmentedRows(settings, { ...recipe, seed: 6 })).not.toEqual(made);
    expect(augmentedRows(settings, { ...recipe, madeUp: 0 })).toEqual([]);
    expect(augmentedRows(settings.slice(0, 1), recipe)).toEqual([]);
  });

  it('puts the bells in order where the audit does', () => {
    const unsorted = (setting: readonly number[]): boolean =>
      (setting[3] ?? 0) > (setting[6] ?? 0) || (setting[6] ?? 0) > (setting[9] ?? 0);
    expect(made.some(unsorted)).toBe(true);
    const sorted = augmentedRows(settings, { ...recipe, audit: SENSIBLE_CHOICES });
    expect(sorted.some(unsorted)).toBe(false);
    const total = (rows: readonly (readonly number[])[]): number =>
      rows.flat().reduce((sum, value) => sum + value, 0);
    expect(total(sorted)).toBe(total(made));
  });

  it('makes as many sets as are asked for, and exchanges bands as often', () => {
    const all = augmentedRows(settings, { ...recipe, madeUpSets: 3, exchange: 1 });
    expect(all).toHaveLength(4800);
    // Every band is another row's.
    const own = all.filter((setting, i) => setting.includes(Math.floor(i / 24) + 1));
    expect(own).toEqual([]);
    expect(
      augmentedRows(settings, { ...recipe, exchange: 0 }).every((row) => new Set(row).size === 1),
    ).toBe(true);
  });

  it('draws bands anywhere in the plug-in’s ranges, as often as is asked, whatever was exchanged', () => {
    const drawing = { ...recipe, exchange: 0, drawnBands: 0.2 };
    const drawn = augmentedRows(settings, drawing);
    expect(augmentedRows(settings, drawing)).toEqual(drawn);
    expect(augmentedRows(settings, { ...drawing, seed: 6 })).not.toEqual(drawn);
    EQ_PARAMETERS.forEach(({ kind, min, max }, i) => {
      const values = drawn.flatMap((setting, place) => {
        const value = setting[i] ?? Number.NaN;
        return value === Math.floor(place / 8) + 1 ? [] : [value];
      });
      // Of 1,600 bands: three standard deviations are 0.03, and 0.05 of the drawn ones' mean.
      expect(Math.abs(values.length / 1600 - 0.2)).toBeLessThan(0.03);
      const places = values.map((value) =>
        kind === 'gain' ? (value - min) / (max - min) : Math.log(value / min) / Math.log(max / min),
      );
      expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...places)).toBeLessThan(1);
      expect(Math.abs(mean(places) - 0.5)).toBeLessThan(0.05);
    });
  });

  it('makes no more than fit beside a large file, of rows from all of it', () => {
    const many = Array.from({ length: 20_000 }, (_, row) => EQ_PARAMETERS.map(() => row));
    const few = augmentedRows(many, { ...recipe, madeUp: 8 });
    expect(few).toHaveLength(MOST_AUGMENTED);
    expect(countAugmented(many.length, 8)).toBe(MOST_AUGMENTED);
    expect(countAugmented(200, 8)).toBe(1600);
    // A row's own value stands in most of its bands.
    const rows = few.map((setting) => setting.toSorted((a, b) => a - b)[6] ?? 0);
    expect(rows.filter((row) => row >= 10_000).length / rows.length).toBeCloseTo(0.5, 1);
  });
});
