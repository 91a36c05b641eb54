import { describe, expect, it } from 'vitest';
import type { SafeRow } from '../../data/rows';
import { EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from '../../eq/parameters';
import { curvesOf } from '../metrics/curves';
import { coarseCurves, groupedFolds, weightsOf, type Practice } from './practice';
import { clusteredError, countClusters } from './cluster-count';
import { clustersOf } from './clusters';
import { MOST_CLUSTERED, clusteredRows, clustersOfWords, placeClusters } from './word-clusters';

/** The flat setting with some numbers changed. */
function setTo(changes: Record<number, number>): EqSetting {
  return FLAT_SETTING.map((value, i) => changes[i] ?? value);
}

/** A little to either side of what the person means, the same in every run. */
const wobble = (i: number): number => 0.5 * Math.sin(12.9898 * (i + 1));

/** Low shelves of about +9 dB, high shelves of about −9 dB, and bells of about +9 dB at 1 kHz. */
const MEANINGS = [
  (i: number) => setTo({ 0: 9 + wobble(i) }),
  (i: number) => setTo({ 11: -9 + wobble(i) }),
  (i: number) => setTo({ 5: 9 + wobble(i), 7: 0.4 }),
];

/** Rows that mean one of so many things each, two of every person. */
function practice(rows: number, meanings: number): Practice {
  return {
    settings: Array.from({ length: rows }, (_, i) => MEANINGS[i % meanings]?.(i) ?? FLAT_SETTING),
    contributors: Array.from({ length: rows }, (_, i) => Math.floor(i / 2)),
  };
}

describe('schoolsOf', () => {
  it('finds what people mean, how many things, and who means which', () => {
    const { schools, labels } = clustersOf(practice(30, 3), 1);
    const found = schools.map(({ name, rows, contributors }) => [name, rows, contributors]);
    expect(found.toSorted()).toEqual([
      ['low lift', 10, 10],
      ['mid lift', 10, 10],
      ['top cut', 10, 10],
    ]);
    labels.forEach((label, row) => {
      expect(label).toBe(labels[row % 3]);
    });
    const low = schools.find(({ name }) => name === 'low lift');
    expect(low?.setting[0]).toBeGreaterThan(8);
    expect(low?.setting[0]).toBeLessThan(10);
  });

  it('puts the cluster with most rows first', () => {
    const { settings, contributors } = practice(30, 3);
    const kept = settings.map((_, row) => row).filter((row) => row % 3 !== 0 || row < 9);
    const { schools } = clustersOf(
      {
        settings: kept.map((row) => settings[row] ?? FLAT_SETTING),
        contributors: kept.map((row) => contributors[row] ?? 0),
      },
      1,
      3,
    );
    expect(schools.map(({ rows }) => rows)).toEqual([10, 10, 3]);
    expect(schools[2]?.name).toBe('low lift');
  });

  it('gives settings inside the bounds, whose curves come near the centres', () => {
    for (const { setting, centre } of clustersOf(practice(30, 3), 1).schools) {
      EQ_PARAMETERS.forEach(({ min, max }, i) => {
        expect(setting[i]).toBeGreaterThanOrEqual(min);
        expect(setting[i]).toBeLessThanOrEqual(max);
      });
      const curve = curvesOf([setting]);
      centre.forEach((db, i) => {
        expect(Math.abs(db - (curve[i] ?? Number.NaN))).toBeLessThan(0.3);
      });
    }
  });

  it('finds the same again', () => {
    expect(clustersOf(practice(30, 3), 7)).toEqual(clustersOf(practice(30, 3), 7));
  });

  it('makes no cluster of nobody', () => {
    const one = { settings: [FLAT_SETTING, FLAT_SETTING, FLAT_SETTING], contributors: [1, 2, 3] };
    const { schools } = clustersOf(one, 1, 3);
    expect(schools).toHaveLength(1);
    expect(schools[0]).toMatchObject({ name: 'gentle', rows: 3, contributors: 3 });
    expect(clustersOf({ settings: [], contributors: [] }, 1).schools).toEqual([]);
  });
});

describe('countClusters', () => {
  const count = ({ settings, contributors }: Practice): number =>
    countClusters(coarseCurves({ settings }), contributors, 1);

  it.each([1, 2, 3])('counts %i where people mean so many things', (meanings) => {
    expect(count(practice(30, meanings))).toBe(meanings);
  });

  it('gives a word of few rows or few people one cluster', () => {
    expect(count(practice(11, 3))).toBe(1);
    expect(count({ ...practice(30, 3), contributors: Array<number>(30).fill(1) })).toBe(1);
  });

  it('makes no cluster of one person’s habit', () => {
    const { settings, contributors } = practice(24, 1);
    const habit = Array.from({ length: 8 }, (_, i) => MEANINGS[1]?.(i) ?? FLAT_SETTING);
    const own = {
      settings: [...settings, ...habit],
      contributors: [...contributors, ...habit.map(() => 99)],
    };
    expect(count(own)).toBe(1);
  });
});

describe('clusteredError', () => {
  it('is larger where a person’s rows agree, and smaller where they make up for each other', () => {
    const values = Float64Array.of(1, 1, -1, -1);
    // Each on its own: √4 / 4.
    expect(clusteredError(values, [1, 2, 3, 4])).toBeCloseTo(0.5, 12);
    expect(clusteredError(values, [1, 1, 2, 2])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(clusteredError(values, [1, 2, 1, 2])).toBeCloseTo(0, 12);
  });
});

describe('folds and weights', () => {
  it('keep every contributor whole, in parts of about equal size', () => {
    const contributors = [1, 1, 1, 1, 2, 2, 3, 3, 4, 5];
    const folds = groupedFolds(contributors, 3);
    expect(folds.map((fold) => fold.length)).toEqual([4, 3, 3]);
    expect(folds.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const peopleOf = folds.map((fold) => new Set(fold.map((row) => contributors[row])));
    expect(peopleOf.reduce((sum, people) => sum + people.size, 0)).toBe(5);
    expect(groupedFolds([7, 7, 8], 5)).toHaveLength(2);
  });

  it('let those who gave many rows speak more softly, and louder than others all the same', () => {
    const weights = weightsOf([1, ...Array<number>(16).fill(2)]);
    expect(weights[0]).toBe(1);
    expect(weights[1]).toBeCloseTo(0.5);
  });
});

describe('placeClusters', () => {
  const { settings, contributors } = practice(30, 2);
  const rows = settings.map((setting, i): SafeRow => ({
    ...{ line: i + 1, word: 'warm', setting },
    contributor: contributors[i] ?? 0,
  }));
  const held = rows.map((_, i) => (i >= 26 ? 1 : 0));
  const setOf = (all: readonly SafeRow[]) => ({
    words: ['warm', 'nobody’s'],
    rows: all,
    labels: new Int32Array(30),
    heldOut: Uint8Array.from(held),
  });
  const latents = Float32Array.from(rows.flatMap((_, i) => [i % 2, 3]));

  it('gives each cluster the mean latent of those who make it up', () => {
    const { words, ofRow } = placeClusters(clustersOfWords(setOf(rows)), latents, 2);
    const [schools = [], none = []] = words;
    expect(none).toEqual([]);
    expect(schools).toHaveLength(2);
    for (const { name, latent, rows: own } of schools) {
      expect(own).toBe(13);
      expect(latent[0]).toBeCloseTo(name === 'low lift' ? 0 : 1, 5);
      expect(latent[1]).toBeCloseTo(3, 5);
    }
    // Held-out rows are told to which cluster they would belong, too.
    ofRow.forEach((cluster, row) => {
      expect(schools[cluster]?.name).toBe(row % 2 === 0 ? 'low lift' : 'top cut');
    });
  });

  it('says how much is done, word by word, and nothing where all is known', () => {
    const shares: number[] = [];
    const set = setOf(rows.toReversed());
    clustersOfWords(set, (share) => shares.push(share));
    expect(shares).toEqual([1, 1]);
    clustersOfWords(set, (share) => shares.push(share));
    expect(shares).toHaveLength(2);
    expect(clusteredRows({ ...set, labels: Int32Array.from(rows, (_, i) => i % 2) })).toEqual([
      13, 13,
    ]);
  });

  it('takes nothing from held-out rows', () => {
    const other = rows.map((row, i) => (held[i] === 1 ? { ...row, setting: FLAT_SETTING } : row));
    const of = (all: typeof rows) => placeClusters(clustersOfWords(setOf(all)), latents, 2).words;
    expect(of(other)).toEqual(of(rows));
  });

  it('finds them in a sample of very many rows, and counts all of them', () => {
    const many = Array.from({ length: 2 * MOST_CLUSTERED + 60 }, (_, i) => {
      const row = rows[i % 26];
      return { contributor: row?.contributor ?? 0, setting: row?.setting ?? [] };
    });
    const found = clustersOfWords({
      words: ['warm'],
      rows: many,
      labels: new Int32Array(many.length),
      heldOut: new Uint8Array(many.length),
    });
    const [{ schools, rows: sample } = { schools: [], rows: [] }] = found.words;
    expect(sample).toHaveLength(MOST_CLUSTERED);
    expect(schools.map(({ name }) => name).sort()).toEqual(['low lift', 'top cut']);
    expect(schools.map((of) => of.rows)).toEqual([many.length / 2, many.length / 2]);
    expect(schools.map((of) => of.shares.length)).toEqual([MOST_CLUSTERED, MOST_CLUSTERED]);
  });
});
