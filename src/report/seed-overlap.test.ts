import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanData } from '../data/audit/clean';
import { parseSafeCsv } from '../data/parse-safe-csv';
import type { SafeData } from '../data/rows';
import { makeTrainingSet } from '../data/training-set';
import { syntheticCsv } from '../data/synthetic';
import { RECIPES } from '../recipe/recipes';
import { sharedFile } from '../testing/shared-files';
import { seedOverlap } from './seed-overlap';

/** Lines that a seed's run holds out. */
async function heldOutLines(data: SafeData, words: readonly string[], seed: number) {
  const { recipe } = RECIPES.warmbright;
  const { rows, heldOut } = await makeTrainingSet(cleanData(data, recipe.audit), words, {
    ...recipe,
    seed,
  });
  return new Set(rows.filter((_, row) => heldOut[row] === 1).map(({ line }) => line));
}

describe('how fresh held-out rows are', () => {
  it('is told by the rows that runs of those seeds hold out', async () => {
    const data = await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), { synthetic: true });
    const words = ['warm', 'bright'];
    const { seen, shared, seenSeeds } = seedOverlap(data, words, 2);
    const early = new Set<number>();
    for (let seed = 1; seed <= seenSeeds; seed++) {
      for (const line of await heldOutLines(data, words, seed)) early.add(line);
    }
    const [a, b] = [await heldOutLines(data, words, 11), await heldOutLines(data, words, 12)];
    const all = [...new Set([...a, ...b])];
    expect(seen).toBeCloseTo(all.filter((line) => early.has(line)).length / all.length, 12);
    const both = [...a].filter((line) => b.has(line)).length;
    const shares = [both / a.size, both / b.size].sort((x, y) => x - y);
    expect(shared?.least).toBeCloseTo(shares[0] ?? NaN, 12);
    expect(shared?.most).toBeCloseTo(shares[1] ?? NaN, 12);
  });

  const path = sharedFile('data/SAFEEqualiserUserData.csv');

  it.skipIf(path === null)(
    'is not at all, on the real file, and two people are never held out (needs ../shared/data)',
    async () => {
      const data = await parseSafeCsv(readFileSync(path ?? ''), { synthetic: false });
      const { seen, shared, neverHeldOut } = seedOverlap(data, ['warm', 'bright'], 5);
      expect(seen).toBe(1);
      expect(shared?.mean).toBeCloseTo(0.454, 3);
      expect(neverHeldOut.map(({ contributor }) => contributor)).toEqual([1, 79]);
      const share = neverHeldOut.reduce((sum, own) => sum + own.share, 0);
      expect(share).toBeCloseTo(0.61, 2);
    },
  );
});
