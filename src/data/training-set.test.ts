import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../input-error';
import { sharedFile } from '../testing/shared-files';
import { parseSafeCsv } from './parse-safe-csv';
import type { SafeData, TrainingSet } from './rows';
import { syntheticCsv } from './synthetic';
import { makeTrainingSet } from './training-set';
import { countWords } from './words';

function data(rows: readonly { word: string; contributor: number }[]): SafeData {
  return {
    rows: rows.map((row, i) => ({ ...row, line: i + 1, setting: [] })),
    rejected: [],
    rejectedTotal: 0,
    sha256: '',
    synthetic: false,
  };
}

const sample = parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true });
const heldOutCount = (set: TrainingSet): number => set.heldOut.reduce((a, b) => a + b, 0);

/** No contributor on both sides, and a training row for every word. */
function expectSound(set: TrainingSet): void {
  const side = new Map<number, number>();
  const trained = new Set<number>();
  set.rows.forEach(({ contributor, word }, i) => {
    const held = set.heldOut[i] ?? 0;
    expect(side.get(contributor) ?? held).toBe(held);
    side.set(contributor, held);
    expect(set.words[set.labels[i] ?? -1]).toBe(word);
    if (held === 0) trained.add(set.labels[i] ?? -1);
  });
  expect(trained.size).toBe(set.words.length);
}

describe('makeTrainingSet', () => {
  it('labels the rows of the chosen words, in file order, words by alphabet', async () => {
    const set = await makeTrainingSet(await sample, ['warm', 'airy', 'warm'], {
      holdout: 0,
      seed: 1,
    });
    expect(set.words).toEqual(['airy', 'warm']);
    expect(set.rows).toEqual(
      (await sample).rows.filter(({ word }) => word === 'airy' || word === 'warm'),
    );
    expect(heldOutCount(set)).toBe(0);
    expectSound(set);
  });

  it('repeats itself, and differs with the seed', async () => {
    const make = async (seed: number): Promise<TrainingSet> =>
      makeTrainingSet(await sample, ['warm', 'bright', 'thin'], { holdout: 0.2, seed });
    expect(await make(5)).toEqual(await make(5));
    expect((await make(6)).heldOut).not.toEqual((await make(5)).heldOut);
    expect((await make(6)).splitHash).not.toBe((await make(5)).splitHash);
  });

  it('hashes the words and the held-out lines', async () => {
    const set = await makeTrainingSet(await sample, ['warm', 'bright'], { holdout: 0.2, seed: 1 });
    const lines = set.rows.filter((_, i) => set.heldOut[i] === 1).map(({ line }) => line);
    const json = JSON.stringify([['bright', 'warm'], lines]);
    expect(set.splitHash).toBe(createHash('sha256').update(json).digest('hex'));
  });

  it.each([0.1, 0.2, 0.3, 0.5])('holds out close to %d of the sample', async (holdout) => {
    const words = countWords(await sample).filter(({ rows }) => rows >= 5);
    for (let seed = 0; seed < 20; seed++) {
      const set = await makeTrainingSet(
        await sample,
        words.map(({ word }) => word),
        { holdout, seed },
      );
      expectSound(set);
      expect(Math.abs(heldOutCount(set) / set.rows.length - holdout)).toBeLessThan(0.02);
    }
  });

  it('passes over a giant, and leaves rare words most of their rows', async () => {
    // 100 rows of one person; then words a and b from ten people, rare from five of them.
    const rows = [
      ...Array.from({ length: 100 }, (_, i) => ({ word: i % 2 ? 'a' : 'b', contributor: 1 })),
      ...Array.from({ length: 100 }, (_, i) => ({
        word: i % 3 ? 'a' : 'b',
        contributor: 2 + (i % 10),
      })),
      ...Array.from({ length: 5 }, (_, i) => ({ word: 'rare', contributor: 2 + i })),
    ];
    for (let seed = 0; seed < 50; seed++) {
      const set = await makeTrainingSet(data(rows), ['a', 'b', 'rare'], { holdout: 0.2, seed });
      expectSound(set);
      expect(set.heldOut[0]).toBe(0);
      expect(heldOutCount(set)).toBeGreaterThanOrEqual(35);
      expect(heldOutCount(set)).toBeLessThanOrEqual(47);
      const rare = set.rows.filter(({ word }, i) => word === 'rare' && set.heldOut[i] === 1);
      expect(rare.length).toBeLessThanOrEqual(2);
    }
  });

  it('holds out one of a few large contributors rather than none', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      word: i % 2 ? 'a' : 'b',
      contributor: 1 + Math.floor(i / 10),
    }));
    const set = await makeTrainingSet(data(rows), ['a', 'b'], { holdout: 0.2, seed: 1 });
    expect(heldOutCount(set)).toBe(10);
  });

  it('holds out no one when there is one contributor only', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => ({
      word: i % 2 ? 'a' : 'b',
      contributor: 1,
    }));
    const set = await makeTrainingSet(data(rows), ['a', 'b'], { holdout: 0.5, seed: 1 });
    expect(heldOutCount(set)).toBe(0);
  });

  it('keeps its promises on any data', async () => {
    const row = fc.record({
      word: fc.constantFrom('a', 'b', 'c'),
      contributor: fc.integer({ min: 1, max: 6 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 60 }),
        fc.double({ min: 0, max: 0.8, noNaN: true }),
        fc.nat(),
        async (rows, holdout, seed) => {
          const set = await makeTrainingSet(data(rows), ['a', 'b', 'c'], { holdout, seed }).catch(
            (error: unknown) => {
              expect(error).toBeInstanceOf(InputError);
              return null;
            },
          );
          if (set !== null) expectSound(set);
        },
      ),
    );
  });

  it.each([
    [['warm'], 'Choose at least two words to train on: a model learns how they differ.'],
    [['warm', 'warm'], 'Choose at least two words to train on: a model learns how they differ.'],
    [['warm', 'purple'], 'The data has no row of the word “purple”.'],
  ])('refuses the words %j', async (words, message) => {
    const made = makeTrainingSet(await sample, words, { holdout: 0.2, seed: 1 });
    await expect(made).rejects.toThrow(new InputError(message));
  });

  it('refuses to train on a handful of rows', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => ({ word: i % 2 ? 'a' : 'b', contributor: 1 }));
    await expect(
      makeTrainingSet(data(rows), ['a', 'b'], { holdout: 0.2, seed: 1 }),
    ).rejects.toThrow(
      new InputError('The chosen words leave 7 rows to train on; at least 8 are needed.'),
    );
  });
});

const realFile = sharedFile('data/SAFEEqualiserUserData.csv');

describe('the real data set', () => {
  it.skipIf(realFile === null)(
    'splits near 20 % with every word on both sides’ terms (needs ../shared/data/SAFEEqualiserUserData.csv)',
    async () => {
      const real = await parseSafeCsv(readFileSync(realFile ?? ''), { synthetic: false });
      const words = countWords(real)
        .filter(({ rows }) => rows >= 5)
        .map(({ word }) => word);
      for (let seed = 0; seed < 20; seed++) {
        const set = await makeTrainingSet(real, words, { holdout: 0.2, seed });
        expectSound(set);
        expect(set.rows).toHaveLength(1283);
        expect(Math.abs(heldOutCount(set) / 1283 - 0.2)).toBeLessThan(0.02);
      }
    },
  );
});
