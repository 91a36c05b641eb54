import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../../data/parse-safe-csv';
import { sharedFile } from '../../testing/shared-files';
import { CURVE_POINTS, curvesOf } from './curves';
import { coverage, median, wordDistances, wordReferences } from './word-distances';

/** Curves that are the same everywhere, [levels, 256]. */
function level(...levels: number[]): Float64Array {
  return Float64Array.from(levels.flatMap((db) => Array<number>(CURVE_POINTS).fill(db)));
}

describe('wordDistances', () => {
  it('takes medians over the held-out curves, of every candidate', () => {
    const of = wordDistances(wordReferences(level(0, 1, 8), level(1, 2, 6), [1, 2, 3]), level(2));
    expect(of.medians.flat).toBeCloseTo(2);
    expect(of.medians.model).toBeCloseTo(1);
    expect(of.medians.mean).toBeCloseTo(2);
    expect(of.medians.medoid).toBeCloseTo(1);
    // Of each person the median distance to the two others: 3, 2.5 and 4.5.
    expect(of.person).toBeCloseTo(3);
  });

  it('gives no person where there is but one curve', () => {
    expect(wordReferences(level(1), level(1), [1]).person).toBeNull();
  });

  it('gives an interval around the model’s median, and none of few people', () => {
    const heldOut = level(1, 2, 3, 4, 5);
    const [low = 0, high = 0] =
      wordDistances(wordReferences(level(1), heldOut, [1, 2, 3, 4, 5]), level(0)).modelInterval ??
      [];
    expect(low).toBeLessThan(3);
    expect(high).toBeGreaterThan(3);
    const alone = wordDistances(wordReferences(level(1), heldOut, [1, 2, 3, 3, 3]), level(0));
    expect(alone.modelInterval).toBeNull();
    expect(alone.nearerThanFlat).toBeNull();
  });

  it('compares the model with a flat curve on the same people', () => {
    // Curves far apart, but everybody's is nearer to 1 dB than to 0 by the same 1 dB.
    const references = wordReferences(level(1), level(2, 4, 8, 16), [1, 2, 3, 4]);
    const { nearerThanFlat } = wordDistances(references, level(1));
    expect(nearerThanFlat?.[0]).toBeCloseTo(1, 12);
    expect(nearerThanFlat?.[1]).toBeCloseTo(1, 12);
  });
});

describe('coverage', () => {
  it('is the mean distance to the nearest', () => {
    expect(coverage([level(0), level(10)], level(1, 4, 11))).toBeCloseTo(2);
  });
});

describe('median', () => {
  it('is the middle one, or the mean of two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });
});

const splitSchema = v.object({
  train: v.record(v.string(), v.array(v.number())),
  eval: v.record(v.string(), v.array(v.number())),
  figures: v.record(
    v.string(),
    v.looseObject({
      flat: v.number(),
      train_curve_mean: v.number(),
      train_medoid: v.number(),
      human_leave_one_out_median: v.number(),
    }),
  ),
});

const split = sharedFile('reference/listening-gap-split.json');
const file = sharedFile('data/SAFEEqualiserUserData.csv');
const absent = split === null || file === null;

describe.skipIf(absent)('the public split (needs ../shared/reference and ../shared/data)', () => {
  it.each(['warm', 'bright'])('has the published figures of “%s”', async (word) => {
    const {
      train,
      eval: judged,
      figures,
    } = v.parse(splitSchema, JSON.parse(readFileSync(split ?? '', 'utf8')));
    const { rows } = await parseSafeCsv(readFileSync(file ?? ''), { synthetic: false });
    const curves = (numbers: readonly number[] = []): Float64Array =>
      curvesOf(numbers.map((row) => rows[row]?.setting ?? []));
    const people = (judged[word] ?? []).map((row) => rows[row]?.contributor ?? 0);
    const references = wordReferences(curves(train[word]), curves(judged[word]), people);
    const of = wordDistances(references, level(0));
    const published = figures[word];
    expect(of.medians.flat).toBeCloseTo(published?.flat ?? 0, 3);
    expect(of.medians.mean).toBeCloseTo(published?.train_curve_mean ?? 0, 3);
    expect(of.medians.medoid).toBeCloseTo(published?.train_medoid ?? 0, 3);
    expect(of.person).toBeCloseTo(published?.human_leave_one_out_median ?? 0, 3);
  });
});
