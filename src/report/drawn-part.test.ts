import { describe, expect, it } from 'vitest';
import { silhouette } from '../analysis/metrics/silhouette';
import { FLAT_SETTING } from '../eq/parameters';
import { drawnApart, wordPull } from '../explore/draw-apart';
import { encodeSettings } from '../model/encode-settings';
import { wordHeadModel } from '../testing/word-head-model';
import { smallSet } from '../testing/small-run';
import { drawnParts } from './drawn-part';

describe('the silhouette of words drawn apart', () => {
  it('is of the held-out rows of the words, where they are drawn at each amount', () => {
    const { weights, ...rest } = wordHeadModel();
    // As it begins, its latents are all alike.
    const model = { ...rest, weights: weights.map((value) => 2 * value) };
    const rows = [1, 2, 3, -1, -2, -3, 9, 8].map((gain, row) => ({
      line: row,
      word: row === 6 ? 'thin' : row < 3 ? 'wärm' : 'bright',
      contributor: row,
      setting: FLAT_SETTING.with(0, gain),
    }));
    const heldOut = Uint8Array.of(1, 1, 1, 1, 1, 1, 1, 0);
    const set = { ...smallSet(rows), heldOut };
    const parts = drawnParts([{ model, plan: { set } }], ['bright', 'wärm']);
    expect(parts.map(({ amount }) => amount)).toEqual([0, 20, 50, 200]);
    const latents = encodeSettings(
      model,
      rows.slice(0, 6).map(({ setting }) => setting),
    );
    const pull = wordPull(model, 50);
    if (pull === null) throw new Error('The model has a word head.');
    const places = [0, 3, 6, 9, 12, 15].flatMap((from) =>
      drawnApart(latents.subarray(from, from + 3), pull),
    );
    const labels = [0, 0, 0, 1, 1, 1];
    expect(parts[0]?.silhouette.mean).toBeCloseTo(silhouette(latents, 3, labels) ?? NaN, 6);
    expect(parts[2]?.silhouette.mean).toBeCloseTo(
      silhouette(Float32Array.from(places), 3, labels) ?? NaN,
      6,
    );
    expect(parts[2]?.silhouette.mean).not.toBeCloseTo(parts[0]?.silhouette.mean ?? NaN, 3);
  });
});
