import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import type { SafeData } from '../data/rows';
import { sampleModel } from '../testing/sample-model';
import { trainingSetFor } from '../training/rows/as-chosen';
import { rowsFor } from './known-rows';

const data: SafeData = {
  rows: Array.from({ length: 24 }, (_, i) => ({
    line: i + 1,
    word: ['bright', 'wärm', 'other'][i % 3] ?? '',
    contributor: 1 + Math.floor(i / 3),
    setting: FLAT_SETTING.with(0, i / 4 + 1),
  })),
  rejected: [],
  rejectedTotal: 0,
  sha256: 'b'.repeat(64),
  synthetic: true,
};

describe('what the loaded data tell of a model', () => {
  const model = sampleModel();
  const { run } = model.document;
  if (run === null) throw new Error('The sample has a run.');

  it('is nothing without data', async () => {
    expect(await rowsFor(model, null)).toEqual({ rows: null, trainedOn: null });
  });

  it('is its own split, of the data that it was trained on', async () => {
    const set = await trainingSetFor(run.recipe, data, ['bright', 'wärm']);
    const own = { ...run, dataSha256: data.sha256, splitHash: set.splitHash };
    const known = await rowsFor({ ...model, document: { ...model.document, run: own } }, data);
    expect(known.rows?.heldOut).toEqual(set.heldOut);
    expect(known.trainedOn).toEqual(set.rows);
  });

  it('is rows of its words, of other data, and not what it was trained on', async () => {
    const { rows, trainedOn } = await rowsFor(model, data);
    expect(rows?.rows).toHaveLength(16);
    expect(rows?.heldOut.some((flag) => flag === 1)).toBe(false);
    expect(trainedOn).toBe(null);
    // Another split of the same data does not say what was held out.
    const same = { ...run, dataSha256: data.sha256 };
    const other = await rowsFor({ ...model, document: { ...model.document, run: same } }, data);
    expect(other.trainedOn).toBe(null);
  });

  it('is where the words of another program’s model were found', async () => {
    const known = await rowsFor({ ...model, document: { ...model.document, run: null } }, data);
    expect(known.trainedOn).toHaveLength(16);
  });

  it('is nothing where the data have none of its words', async () => {
    const strange = { ...data, rows: data.rows.filter(({ word }) => word === 'other') };
    expect(await rowsFor(model, strange)).toEqual({ rows: null, trainedOn: null });
  });
});
