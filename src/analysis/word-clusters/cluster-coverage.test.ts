import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import { cleanData } from '../../data/audit/clean';
import { parseSafeCsv } from '../../data/parse-safe-csv';
import type { SafeRow } from '../../data/rows';
import { makeTrainingSet } from '../../data/training-set';
import { FLAT_SETTING, type EqSetting } from '../../eq/parameters';
import { sharedFile } from '../../testing/shared-files';
import { curvesOf } from '../metrics/curves';
import { coverage, wordDistances, wordReferences } from '../metrics/word-distances';
import { oneCurve } from './one-curve';
import { coverageOfWords, clusterCoverage } from './cluster-coverage';
import { clustersOf } from './clusters';
import { CLUSTER_SEED } from './word-clusters';

const shelf = (gain: number): EqSetting => FLAT_SETTING.map((value, i) => (i === 0 ? gain : value));

describe('schoolCoverage', () => {
  const training = {
    settings: Array.from({ length: 24 }, (_, i) => shelf(i % 2 === 0 ? 8 : -8)),
    contributors: Array.from({ length: 24 }, (_, i) => i >> 1),
  };

  it('measures clusters of every number, and plain k-means, on held-out rows', () => {
    const { rows, chosen, byCount, kMeans } = clusterCoverage(training, [shelf(8), shelf(-8)]);
    expect(rows).toBe(2);
    expect(chosen).toBe(2);
    expect(byCount.map(({ count }) => count)).toEqual([1, 2, 3, 4]);
    expect(byCount[0]?.settings).toBeGreaterThan(1);
    expect(byCount[1]?.settings).toBeLessThan(0.01);
    expect(byCount[1]?.centres).toBeLessThan(0.01);
    expect(kMeans.map(({ count }) => count)).toEqual([3, 8]);
    expect(kMeans[0]?.centres).toBeLessThan(0.01);
  });

  it('leaves out words without rows on one side of the split', () => {
    const words = ['low', 'trained on only', 'absent'];
    const rows = [...training.settings, shelf(3)].map((setting, contributor) => ({
      ...{ line: contributor + 1, word: 'low' },
      ...{ setting, contributor },
    }));
    const labels = Int32Array.from(rows, (_, i) => (i < 24 ? 0 : 1));
    const heldOut = Uint8Array.from(rows, (_, i) => (i === 0 ? 1 : 0));
    const [first, second, third] = coverageOfWords({ words, rows, labels, heldOut });
    expect(first?.rows).toBe(1);
    expect([second, third]).toEqual([null, null]);
  });
});

const file = sharedFile('data/SAFEEqualiserUserData.csv');
const split = sharedFile('reference/listening-gap-split.json');
const splitSchema = v.object({
  train: v.record(v.string(), v.array(v.number())),
  eval: v.record(v.string(), v.array(v.number())),
  figures: v.record(
    v.string(),
    v.looseObject({ oracle_mean_best_of: v.record(v.string(), v.number()) }),
  ),
});

async function realData() {
  return parseSafeCsv(readFileSync(file ?? ''), { synthetic: false });
}

const practiceOf = (rows: readonly SafeRow[]) => ({
  settings: rows.map(({ setting }) => setting),
  contributors: rows.map(({ contributor }) => contributor),
});

describe.skipIf(file === null || split === null)(
  'the public split (needs ../shared/reference and ../shared/data)',
  () => {
    // By the row, not by the person: three curves fitted to the held-out rows themselves come no
    // nearer to them than 3.45 and 3.11 dB.
    it.each([
      ['warm', 3.52],
      ['bright', 3.31],
    ])('has k-means as published and three clusters of “%s” within %f dB', async (word, most) => {
      const {
        train,
        eval: judged,
        figures,
      } = v.parse(splitSchema, JSON.parse(readFileSync(split ?? '', 'utf8')));
      const { rows } = await realData();
      const pick = (numbers: readonly number[] = []) =>
        numbers.flatMap((row) => rows.slice(row, row + 1));
      const { byCount, kMeans } = clusterCoverage(
        practiceOf(pick(train[word])),
        pick(judged[word]).map(({ setting }) => setting),
      );
      const published = figures[word]?.oracle_mean_best_of ?? {};
      expect(kMeans[0]?.centres).toBeCloseTo(published['3'] ?? 0, 2);
      // With eight centres, the starts decide which of many valleys is found.
      expect(Math.abs((kMeans[1]?.centres ?? 0) - (published['8'] ?? 0))).toBeLessThan(0.06);
      expect(byCount[2]?.settings).toBeLessThan(most);
      expect(Math.abs((byCount[2]?.settings ?? 0) - (byCount[2]?.centres ?? 0))).toBeLessThan(0.02);
    });
  },
);

describe.skipIf(file === null)(
  'five splits by contributor, rows cleaned as is sensible (needs ../shared/data)',
  () => {
    it('has three clusters that cover, and one curve nearer than the medoid', async () => {
      const data = cleanData(await realData(), SENSIBLE_CHOICES);
      const figures = new Map<string, Record<'schools' | 'curve' | 'medoid', number>>();
      for (const seed of [1, 2, 3, 4, 5]) {
        const set = await makeTrainingSet(data, ['warm', 'bright'], { holdout: 0.2, seed });
        for (const [label, word] of set.words.entries()) {
          const side = (held: number) =>
            set.rows.filter((_, i) => set.labels[i] === label && set.heldOut[i] === held);
          const [training, heldOut] = [practiceOf(side(0)), practiceOf(side(1))];
          const [known, heard] = [curvesOf(training.settings), curvesOf(heldOut.settings)];
          const { schools } = clustersOf(training, CLUSTER_SEED, 3);
          const curves = schools.map(({ setting }) => curvesOf([setting]));
          const { medians } = wordDistances(
            wordReferences(known, heard, heldOut.contributors),
            curvesOf([oneCurve(training.settings, CLUSTER_SEED).setting]),
          );
          const sums = figures.get(word) ?? { schools: 0, curve: 0, medoid: 0 };
          figures.set(word, {
            schools: sums.schools + coverage(curves, heard) / 5,
            curve: sums.curve + medians.model / 5,
            medoid: sums.medoid + medians.medoid / 5,
          });
        }
      }
      const [warm, bright] = [figures.get('warm'), figures.get('bright')];
      // Measured: 3.43 and 3.08 dB, where plain k-means has 3.78 and 3.08.
      expect(warm?.schools).toBeLessThan(3.45);
      expect(bright?.schools).toBeLessThan(3.1);
      for (const of of [warm, bright]) expect(of?.curve).toBeLessThan(of?.medoid ?? 0);
    });
  },
);
