import { describe, expect, it } from 'vitest';
import { responseDb, logFrequencies } from '../eq/response';
import { encodeSettings } from '../model/encode-settings';
import type { Model } from '../model/model';
import { decodeAsIs, decodeSetting } from '../model/word-settings';
import { sampleModel } from '../testing/sample-model';
import { smallRows } from '../testing/small-run';
import { isCheap, packingCost } from './packing-cost';

const model = sampleModel();
const other: Model = { ...model, weights: model.weights.map((weight) => 1.1 * weight) };
const rows = smallRows(20);
const heldOut = Uint8Array.from(rows, (_, row) => Number(row % 4 === 0));

const FREQUENCIES = logFrequencies(256);
const curve = (setting: readonly number[]): number[] => [
  ...responseDb(setting, FREQUENCIES, 48_000),
];

/** Response error, worked out plainly. */
function errorOf(one: Model, settings: readonly (readonly number[])[]): number {
  const squares = settings.flatMap((setting) => {
    const out = curve(decodeAsIs(one, encodeSettings(one, [setting])));
    return curve(setting).map((db, i) => (db - (out[i] ?? 0)) ** 2);
  });
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

describe('what packing costs', () => {
  it('is measured on held-out rows, or on all where none are held out', () => {
    const settings = rows.map(({ setting }) => setting);
    const held = settings.filter((_, row) => row % 4 === 0);
    const { responseErrorDb } = packingCost(model, other, { rows, heldOut });
    expect(responseErrorDb.before).toBeCloseTo(errorOf(model, held), 5);
    expect(responseErrorDb.after).toBeCloseTo(errorOf(other, held), 5);
    expect(responseErrorDb.after).not.toBeCloseTo(responseErrorDb.before, 3);
    const none = packingCost(model, other, { rows, heldOut: new Uint8Array(20) });
    expect(none.responseErrorDb.before).toBeCloseTo(errorOf(model, settings), 5);
  });

  it('is the farthest that a word’s curve moves', () => {
    const moves = model.document.words.flatMap(({ centroid }) => {
      const [before, after] = [model, other].map((one) =>
        curve(decodeSetting(one, centroid ?? [])),
      );
      return (before ?? []).map((db, i) => Math.abs(db - (after?.[i] ?? 0)));
    });
    expect(packingCost(model, other, { rows, heldOut }).wordCurvesDb).toBeCloseTo(
      Math.max(...moves),
      5,
    );
    expect(packingCost(model, model, { rows, heldOut }).wordCurvesDb).toBe(0);
  });

  it('is cheap below 0.05 dB of error and 0.1 dB of a word’s curve', () => {
    const cost = (before: number, after: number, wordCurvesDb: number) => ({
      responseErrorDb: { before, after },
      wordCurvesDb,
    });
    expect(isCheap(cost(0.4, 0.449, 0.099))).toBe(true);
    expect(isCheap(cost(0.4, 0.3, 0))).toBe(true);
    expect(isCheap(cost(0.4, 0.451, 0))).toBe(false);
    expect(isCheap(cost(0.4, 0.4, 0.1))).toBe(false);
  });
});
