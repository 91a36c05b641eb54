import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FLAT_SETTING } from '../eq/parameters';
import { randomUniform } from '../math/threefry';
import { cleanData } from '../data/audit/clean';
import { parseSafeCsv } from '../data/parse-safe-csv';
import { chooseHeldOut } from '../data/split';
import { countWords } from '../data/words';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../recipe/audit-choices';
import { sharedFile } from '../testing/shared-files';
import { curvesOf, logSpectralDistance } from './metrics/curves';
import { wordValues, type ValuedFold } from './word-values';

/** A low shelf over the whole band, near enough: curves differ by the gains alone. */
const shelf = (gain: number): number[] => FLAT_SETTING.with(0, gain).with(1, 1000);
const lsd = (a: number, b: number): number =>
  logSpectralDistance(curvesOf([shelf(a)]), curvesOf([shelf(b)]));

interface Given {
  readonly word: string;
  readonly contributor: number;
  readonly gain: number;
}

function valuesOf(
  given: readonly Given[],
  held: readonly number[],
  models: ValuedFold['models'] = [],
) {
  const rows = given.map(({ gain, ...row }) => ({ ...row, setting: shelf(gain) }));
  const heldOut = given.map(({ contributor }) => Number(held.includes(contributor)));
  return wordValues(rows, ['warm', 'bright'], [{ heldOut, models }]);
}

describe('what a word is worth', () => {
  const given: Given[] = [
    { word: 'warm', contributor: 1, gain: 4 },
    { word: 'warm', contributor: 2, gain: 6 },
    { word: 'bright', contributor: 2, gain: -5 },
    { word: 'warm', contributor: 3, gain: 5 },
  ];

  it('is told on held-out rows by what the training rows say', () => {
    const models = [{ name: 'a model', curveOf: () => curvesOf([shelf(5)]) }];
    const [warm, ...none] = valuesOf(given, [3], models);
    expect(none, 'no row of bright is held out').toEqual([]);
    expect(warm).toMatchObject({ word: 'warm', rows: 1, people: 1 });
    const scores = new Map(warm?.ways.map((way) => [way.way, way.energyScore.byRows]));
    const drawing = (gains: readonly number[]): number => {
      const apart = gains.flatMap((a) => gains.map((b) => lsd(a, b)));
      const to = gains.map((gain) => lsd(gain, 5));
      const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
      return mean(to) - mean(apart) / 2;
    };
    const wanted = {
      flat: lsd(0, 5),
      'a model': 0,
      'the word': drawing([4, 6]),
      'other words': lsd(-5, 5),
      'word unknown': drawing([4, 6, -5]),
    };
    for (const [way, score] of Object.entries(wanted))
      expect(scores.get(way)).toBeCloseTo(score, 5);
    expect(warm?.gain.byRows).toBeCloseTo(drawing([4, 6, -5]) - drawing([4, 6]), 5);
    const wins = new Map(warm?.ways.map((way) => [way.way, way.winRate.byRows]));
    expect(wins.get('flat')).toBe(0);
    expect(wins.get('a model')).toBe(1);
    expect(wins.get('the word')).toBe(0.5);
    expect([...wins.keys()].sort()).toEqual([...Object.keys(wanted), 'mean', 'medoid'].sort());
  });

  it('is nothing where words are used alike, and something where they are not', () => {
    const people = (apart: number): Given[] =>
      Array.from({ length: 240 }, (_, i) => ({
        word: i % 2 === 0 ? 'warm' : 'bright',
        contributor: i >> 2,
        gain: 8 * randomUniform(1, 99, apart, i) - 4 + (i % 2 === 0 ? apart : -apart),
      }));
    const held = Array.from({ length: 20 }, (_, i) => 3 * i);
    for (const { gain } of valuesOf(people(0), held)) {
      expect(gain.peopleInterval?.[0]).toBeLessThan(0.1);
      expect(gain.peopleInterval?.[1]).toBeGreaterThan(-0.1);
      expect(Math.abs(gain.byPeople)).toBeLessThan(0.1);
    }
    for (const { gain, ways } of valuesOf(people(4), held)) {
      expect(gain.peopleInterval?.[0]).toBeGreaterThan(0.5);
      // Whoever draws from what people do, does best of all.
      const [best] = ways.toSorted((a, b) => a.energyScore.byRows - b.energyScore.byRows);
      expect(best?.way).toBe('the word');
    }
  });
});

const path = sharedFile('data/SAFEEqualiserUserData.csv');

it.skipIf(path === null)(
  'is what a trial found on five splits of the real file (needs ../shared/data)',
  async () => {
    const real = await parseSafeCsv(readFileSync(path ?? ''), { synthetic: false });
    const { rows } = cleanData(real, { ...SENSIBLE_CHOICES, copies: 'keep' });
    const frequent = new Set(
      countWords(cleanData(real, FOUNDING_CHOICES)).flatMap(({ word, rows }) =>
        rows >= 5 ? [word] : [],
      ),
    );
    const split = rows.filter(({ word }) => frequent.has(word));
    const two = ['warm', 'bright'];
    const folds = [31, 32, 33, 34, 35].map((seed) => ({
      heldOut: chooseHeldOut(split, { holdout: 0.2, seed }).filter((_, row) =>
        two.includes(split[row]?.word ?? ''),
      ),
      models: [],
    }));
    const compared = split.filter(({ word }) => two.includes(word));
    const found = wordValues(compared, two, folds).map(({ ways }) =>
      ['flat', 'medoid', 'the word', 'word unknown'].map(
        (wanted) => ways.find(({ way }) => way === wanted)?.energyScore.byRows ?? Number.NaN,
      ),
    );
    // Computed by others, with other code, to two digits.
    const trial = [
      [4.51, 4.05, 2.94, 3.25],
      [4.87, 3.79, 2.7, 3.22],
    ];
    trial.forEach((ofWord, word) => {
      ofWord.forEach((score, way) => {
        expect(Math.abs((found[word]?.[way] ?? NaN) - score)).toBeLessThan(0.01);
      });
    });
  },
);
