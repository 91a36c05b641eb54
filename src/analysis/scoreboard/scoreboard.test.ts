import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FLAT_SETTING, PARAMETER_COUNT, type EqSetting } from '../../eq/parameters';
import { responseDb } from '../../eq/response';
import { scoreboardSchema, type Scoreboard } from '../../model/model';
import { fitNormaliser, normalise } from '../../model/normaliser';
import { logFrequencies } from '../../eq/response';
import { Scorer, type ScorerPlan, type Outcome } from './scoreboard';

/** A low shelf of so many dB, else flat. */
function shelf(gain: number): EqSetting {
  return FLAT_SETTING.map((value, i) => (i === 0 ? gain : value));
}

/** Rows of two words that boost and cut the lows; the last six are held out, of four people. */
const GAINS = Array.from({ length: 46 }, (_, i) => (i % 2 === 0 ? 4 + (i % 8) : -4 - (i % 8)));
const settings = GAINS.map(shelf);
const normaliser = fitNormaliser('data', settings);

const plan: ScorerPlan = {
  set: {
    words: ['dark', 'thin'],
    rows: settings.map((setting, row) => ({
      line: row + 1,
      word: row % 2 === 0 ? 'dark' : 'thin',
      contributor: row < 40 ? row % 5 : 10 + Math.floor((row - 40) / 1.5),
      setting,
    })),
    labels: Int32Array.from(GAINS, (_, i) => i % 2),
    heldOut: Uint8Array.from(GAINS, (_, i) => (i < 40 ? 0 : 1)),
  },
  normaliser,
  latent: 1,
  split: 'contributor',
};

/** A model that gives back shelves of half the gain. */
const outcome: Outcome = {
  epoch: 3,
  latents: Float32Array.from(GAINS),
  reconstruction: normalise(
    GAINS.map((gain) => shelf(gain / 2)),
    normaliser,
  ),
  wordSettings: [shelf(7), null],
  headWords: null,
};

const measure = (changed: Partial<Outcome> = {}, of: ScorerPlan = plan): Scoreboard =>
  new Scorer(of).measure({ ...outcome, ...changed });

/** Root of the mean square difference of responses, from the definition. */
function errorDb(from: number, to: number, decoded: (gain: number) => EqSetting): number {
  const frequencies = logFrequencies(256);
  const squares = GAINS.slice(from, to).flatMap((gain) => {
    const wanted = responseDb(shelf(gain), frequencies, 48_000);
    const given = responseDb(decoded(gain), frequencies, 48_000);
    return [...wanted].map((db, i) => (db - (given[i] ?? 0)) ** 2);
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

describe('the scoreboard', () => {
  it('measures held-out rows, and training rows beside them', () => {
    const board = measure();
    expect(board).toMatchObject({ on: 'held-out rows', rows: 6, contributors: 4, wordsPresent: 2 });
    expect(board.training).toMatchObject({ rows: 40, contributors: 5, wordsPresent: 2 });
    expect(board.epoch).toBe(3);
    expect(board.responseErrorDb).toBeCloseTo(
      errorDb(40, 46, (gain) => shelf(gain / 2)),
      6,
    );
    expect(board.training?.responseErrorDb).toBeCloseTo(
      errorDb(0, 40, (gain) => shelf(gain / 2)),
      6,
    );
    // Gains are off by a half, on a scale of 24 dB; twelve parameters are right.
    const mse = [40, 41, 42, 43, 44, 45].map((row) => ((GAINS[row] ?? 0) / 48) ** 2);
    expect(board.reconstruction).toBeCloseTo(mse.reduce((a, b) => a + b) / 6 / PARAMETER_COUNT, 8);
    expect(v.is(scoreboardSchema, board)).toBe(true);
  });

  it('has the cluster figures of the rows they are of', () => {
    // Held out: 0, 1 | 10, 11. Training rows: words in turn.
    const latents = Float32Array.from(GAINS, (_, i) => i % 5);
    latents.set([0, 10, 1, 11, 0, 10], 40);
    const board = measure({ latents });
    // a and b of the rows at 0 (twice), 1, 10 (twice) and 11.
    const at = (a: number, b: number) => (b - a) / b;
    const left = 2 * at(0.5, 31 / 3) + at(1, 28 / 3);
    const right = 2 * at(0.5, 29 / 3) + at(1, 32 / 3);
    const expected = (left + right) / 6;
    expect(board.silhouette).toBeCloseTo(expected, 6);
    expect(board.daviesBouldin).toBeCloseTo((2 * (4 / 9)) / 10, 6);
    expect(board.training?.silhouette).toBeLessThan(0.1);
  });

  it('sets the model beside what anyone could do with the training rows', () => {
    const { baselines, training, intervals, responseErrorDb } = measure();
    expect(baselines?.flat).toBeCloseTo(
      errorDb(40, 46, () => FLAT_SETTING),
      9,
    );
    expect(training?.baselines?.flat).toBeCloseTo(
      errorDb(0, 40, () => FLAT_SETTING),
      9,
    );
    // One number makes these settings, so one component of their parameters has it all.
    expect(baselines?.parameterComponents).toBeLessThan(1e-3);
    expect(baselines?.curveComponents).toBeGreaterThan(1e-3);
    expect(baselines?.curveComponents).toBeLessThan(0.1 * (baselines?.flat ?? 0));
    // All people agree: better than flat, worse than the components.
    expect(intervals?.responseGain.flat?.[0]).toBeGreaterThan(0);
    expect(intervals?.responseGain.parameterComponents?.[1]).toBeLessThan(0);
    expect(intervals?.responseErrorDb?.[0]).toBeLessThanOrEqual(responseErrorDb ?? 0);
    expect(intervals?.responseErrorDb?.[1]).toBeGreaterThanOrEqual(responseErrorDb ?? 0);
  });

  it('has the word head’s accuracy, of each word alike and of each word', () => {
    // Held out, of words in turn: dark right in two of three, thin in one of three.
    const headWords = Int32Array.from(GAINS, (_, i) => i % 2);
    headWords.set([0, 0, 1, 0, 0, 1], 40);
    const board = measure({ headWords });
    expect(board.headAccuracy).toBeCloseTo((2 / 3 + 1 / 3) / 2, 12);
    expect(board.training?.headAccuracy).toBe(1);
    expect(board.words.map(({ headAccuracy }) => headAccuracy)).toEqual([2 / 3, 1 / 3]);
    const [low, high] = board.intervals?.headAccuracy ?? [];
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    // The curves tell all.
    expect(board.intervals?.headGain?.[1]).toBeLessThanOrEqual(0);
    expect(v.is(scoreboardSchema, board)).toBe(true);
    const without = measure();
    expect([without.headAccuracy, without.intervals?.headAccuracy]).toEqual([null, null]);
    expect(without.words.map(({ headAccuracy }) => headAccuracy)).toEqual([null, null]);
  });

  it('lets neighbours tell the word, in the latent and by the curves', () => {
    const seeing = measure();
    expect(seeing.neighbourAccuracy).toBe(1);
    expect(seeing.training?.neighbourAccuracy).toBe(1);
    expect(seeing.baselines?.neighbourAccuracy).toBe(1);
    const blind = measure({ latents: new Float32Array(GAINS.length) });
    expect(blind.neighbourAccuracy).toBe(0.5);
    expect(blind.baselines?.neighbourAccuracy).toBe(1);
    expect(blind.intervals?.neighbourGain?.[1]).toBeLessThan(0);
  });

  it('measures every word that has a curve, and counts the rows of those that have none', () => {
    const [dark, thin] = measure().words;
    expect(dark).toMatchObject({ word: 'dark', rows: 23, heldOutRows: 3 });
    expect(dark?.contributors).toBe(8);
    expect(dark?.distances?.medians.model).toBeLessThan(dark?.distances?.medians.flat ?? 0);
    expect(thin).toMatchObject({ word: 'thin', rows: 23, heldOutRows: 3, distances: null });
  });

  it('takes nothing from the held-out rows into what they are measured against', () => {
    const rows = plan.set.rows.map((row, i) => (i === 45 ? { ...row, setting: shelf(12) } : row));
    const changed = measure({}, { ...plan, set: { ...plan.set, rows } });
    const same = measure();
    expect(changed.words[0]).toEqual(same.words[0]);
    expect(changed.training).toEqual(same.training);
    expect(changed.baselines?.flat).not.toBe(same.baselines?.flat);
  });

  it('says so when nothing is held out, and compares with nothing', () => {
    const heldOut = new Uint8Array(GAINS.length);
    const board = measure({}, { ...plan, set: { ...plan.set, heldOut } });
    expect(board).toMatchObject({ on: 'training rows', rows: 46, baselines: null, training: null });
    expect(board.intervals).toBeNull();
    expect(board.words.map(({ distances }) => distances)).toEqual([null, null]);
    expect(v.is(scoreboardSchema, board)).toBe(true);
  });

  it('has no cluster figures where the held-out rows are of one word', () => {
    const heldOut = Uint8Array.from(GAINS, (_, i) => Number(i >= 40 && i % 2 === 0));
    const board = measure({}, { ...plan, set: { ...plan.set, heldOut } });
    expect(board).toMatchObject({ silhouette: null, daviesBouldin: null, wordsPresent: 1 });
  });

  it('opens as it was written before there were more figures', () => {
    const earlier = {
      on: 'held-out rows',
      rows: 9,
      silhouette: 0.5,
      daviesBouldin: null,
      reconstruction: 0.25,
    };
    const board = v.parse(scoreboardSchema, earlier);
    expect(board).toMatchObject({ ...earlier, training: null, words: [], epoch: null });
  });
});
