import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../../eq/parameters';
import { fitNormaliser, normalise } from '../../model/normaliser';
import { MOST_MEASURED, measuredSample, type MeasuredSet } from './measured-sample';
import { Scorer } from './scoreboard';

/** Rows of three words by fifty people; the people from the fortieth on are held out. */
function setOf(count: number): MeasuredSet {
  const rows = Array.from({ length: count }, (_, i) => ({
    contributor: i % 50,
    setting: FLAT_SETTING.map((value, at) => (at === 0 ? (i % 3) * 4 - 4 + (i % 7) / 10 : value)),
  }));
  return {
    words: ['bright', 'plain', 'warm'],
    rows,
    labels: Int32Array.from(rows, (_, i) => i % 3),
    heldOut: Uint8Array.from(rows, ({ contributor }) => (contributor < 40 ? 0 : 1)),
  };
}

describe('measuredSample', () => {
  it('is the set itself where either side is small enough', () => {
    const set = setOf(MOST_MEASURED);
    const sample = measuredSample(set);
    expect(sample.set).toBe(set);
    expect(sample.rows).toEqual([...set.rows.keys()]);
  });

  it('draws from either side of a large one, and counts all rows of a word', () => {
    const set = setOf(30_000);
    const { rows, set: drawn, trainingRows, heldOutRows, words } = measuredSample(set);
    expect([trainingRows, heldOutRows]).toEqual([24_000, 6000]);
    expect(rows).toHaveLength(2 * MOST_MEASURED);
    expect(drawn.heldOut.reduce((sum, held) => sum + held, 0)).toBe(MOST_MEASURED);
    rows.forEach((row, i) => {
      if (drawn.rows[i] !== set.rows[row]) throw new Error(`Row ${String(i)} is another.`);
    });
    expect(Array.from(drawn.labels)).toEqual(rows.map((row) => set.labels[row]));
    expect(Array.from(drawn.heldOut)).toEqual(rows.map((row) => set.heldOut[row]));
    expect(words[1]).toEqual({
      rows: 10_000,
      contributors: 50,
      heldOutRows: 2000,
      heldOutContributors: 10,
    });
  });
});

describe('figures of many rows', () => {
  it('say how many rows they were drawn from, and are near those of all rows', () => {
    const board = (set: MeasuredSet) => {
      const settings = set.rows.map(({ setting }) => setting);
      const normaliser = fitNormaliser('fixed-log', settings);
      const scorer = new Scorer({ set, normaliser, latent: 1, split: 'contributor' });
      const measured = measuredSample(set).set.rows.map(({ setting }) => setting);
      const inputs = normalise(measured, normaliser);
      return scorer.measure({
        epoch: 1,
        latents: Float32Array.from(measured, (setting) => setting[0] ?? 0),
        reconstruction: inputs.map((value) => value * 0.9),
        wordSettings: [null, null, null],
        headWords: null,
      });
    };
    const few = board(setOf(1500));
    const many = board(setOf(20_000));
    expect(few).not.toHaveProperty('outOf');
    expect(many).toMatchObject({ rows: MOST_MEASURED, outOf: 4000 });
    expect(many.training).toMatchObject({ rows: MOST_MEASURED, outOf: 16_000 });
    expect(many.words[0]).toMatchObject({ heldOutContributors: 10 });
    expect(many.silhouette).toBeCloseTo(few.silhouette ?? NaN, 1);
    expect(many.responseErrorDb).toBeCloseTo(few.responseErrorDb ?? NaN, 1);
  });
});
