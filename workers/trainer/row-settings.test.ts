import { describe, expect, it } from 'vitest';
import type { SafeData } from '../../src/data/rows';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { sampleModel } from '../../src/testing/sample-model';
import { mapSettings } from './row-settings';

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
  it('are those of the rows it was made of, in order, 13 numbers each and nothing else', () => {
    const settings = mapSettings(model, data);
    expect(settings).toEqual(Float32Array.from([0.5, 1.5, 3.5, 4.5, 5.5].flatMap(setting)));
  });

  it('are not known of other data, or without a map', () => {
    expect(mapSettings(model, null)).toBeNull();
    expect(mapSettings({ ...model, map: null }, data)).toBeNull();
    expect(mapSettings(model, { ...data, sha256: 'b'.repeat(64) })).toBeNull();
    expect(mapSettings(model, { ...data, rows: data.rows.slice(1) })).toBeNull();
    expect(mapSettings(model, { ...data, rows: data.rows.toReversed().slice(1) })).toBeNull();
  });
});
