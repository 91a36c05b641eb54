import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../src/eq/parameters';
import { decodeSetting } from '../../src/model/word-settings';
import { sampleModel } from '../../src/testing/sample-model';
import { EMPTY_TIMELINE } from '../../src/timeline/timeline';
import { allPlaces, epochAt, frameBy, settingBy } from './earlier-run';

const model = sampleModel();
const frames = [0, 1].map((epoch) => ({
  epoch,
  points: new Float32Array(10).fill(epoch),
  settings: Float32Array.from([...FLAT_SETTING, ...FLAT_SETTING.with(0, 3)]),
}));
/** Two epochs, and what is kept of the first. */
const run = { ...model, id: 'a', history: [], timeline: { frames, scoreboards: [] } };
const bare = { ...run, timeline: EMPTY_TIMELINE };

describe('a compared run some way into it', () => {
  it('is at the same share of its epochs as the others', () => {
    expect([null, 0, 0.2, 0.5, 0.9].map((share) => epochAt(run, share))).toEqual([2, 0, 0, 1, 2]);
    expect([null, 0, 0.5, 0.99].map((share) => frameBy(run, share)?.epoch)).toEqual([
      undefined,
      0,
      1,
      1,
    ]);
    expect(frameBy(bare, 0.5)).toBeNull();
  });

  it('has its words as they were then, and as they are where nothing was kept', () => {
    const { centroid } = model.document.words[1] ?? { centroid: null };
    const newest = decodeSetting(model, centroid ?? []);
    expect(settingBy(run, 'wärm', 0.5)?.[0]).toBeCloseTo(3, 5);
    expect(settingBy(run, 'bright', 0.5)?.[0]).toBe(0);
    expect(settingBy(run, 'wärm', null)).toEqual(newest);
    expect(settingBy(bare, 'wärm', 0.5)).toEqual(newest);
    expect(settingBy(run, 'unknown', 0.5)).toBeNull();
  });

  it('has room for all its places', () => {
    expect(allPlaces(run)).toHaveLength(30);
    expect(allPlaces({ ...bare, map: null })).toHaveLength(0);
  });
});
