import { describe, expect, it } from 'vitest';
import type { SafeData } from '../../src/data/rows';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { sampleModel } from '../../src/testing/sample-model';
import { mapRows } from './map-rows';

const setting = (gain: number) => FLAT_SETTING.with(0, gain);
const model = sampleModel();
/** The words of the sample's map in its order, and a row of another word. */
const data: SafeData = {
  rows: ['bright', 'wärm', 'thin', 'bright', 'wärm', 'bright'].map((word, i) => ({
    line: i + 1,
    word,
    contributor: i + 1,
    setting: setting(i + 0.5),
  })),
  rejected: [],
  rejectedTotal: 0,
  sha256: 'a'.repeat(64),
  synthetic: true,
};

describe('the settings of a map’s points', () => {
  it('are those of the rows it was made of, in order, 13 numbers and a contributor each and nothing else', () => {
    const settings = Float32Array.from([0.5, 1.5, 3.5, 4.5, 5.5].flatMap(setting));
    expect(mapRows(model, data)).toEqual({ settings, contributors: Int32Array.of(1, 2, 4, 5, 6) });
  });

  it('are not known of other data, or without a map', () => {
    expect(mapRows(model, null)).toBeNull();
    expect(mapRows({ ...model, map: null }, data)).toBeNull();
    expect(mapRows(model, { ...data, sha256: 'b'.repeat(64) })).toBeNull();
    expect(mapRows(model, { ...data, rows: data.rows.slice(1) })).toBeNull();
    expect(mapRows(model, { ...data, rows: data.rows.toReversed().slice(1) })).toBeNull();
  });
});
