import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { scoreboardSchema } from '../model/model';
import { scoreboard } from './scoreboard';

const ROWS = 8;
const inputs = Float32Array.from({ length: ROWS * 13 }, (_, i) => (i % 7) / 7);
/** Off by 0.5 in the even rows, by 0.25 in the odd ones. */
const reconstruction = inputs.map((value, i) =>
  Math.floor(i / 13) % 2 === 0 ? value + 0.5 : value - 0.25,
);
/** On a line. Even rows: words far apart. Odd rows: words in turn. */
const latents = Float32Array.of(0, 0, 1, 2, 10, 1, 11, 3);
const labels = [0, 0, 0, 1, 1, 0, 1, 1];
const measured = { latents, inputs, reconstruction, labels };

describe('scoreboard', () => {
  it('measures held-out rows alone when there are any', () => {
    const heldOut = [1, 0, 1, 0, 1, 0, 1, 0];
    const board = scoreboard({ ...measured, heldOut });
    expect(board.on).toBe('held-out rows');
    expect(board.rows).toBe(4);
    // Rows at 0, 1 | 10, 11: a = 1; b = 10.5 for the outer two, 9.5 for the inner two.
    expect(board.silhouette).toBeCloseTo((9.5 / 10.5 + 8.5 / 9.5) / 2, 6);
    // Spreads 0.5 and 0.5, centroids 10 apart.
    expect(board.daviesBouldin).toBeCloseTo(0.1, 6);
    expect(board.reconstruction).toBeCloseTo(0.25, 6);
    expect(v.is(scoreboardSchema, board)).toBe(true);
  });

  it('measures all rows, and says so, when none is held out', () => {
    const board = scoreboard({ ...measured, heldOut: new Uint8Array(ROWS) });
    expect(board.on).toBe('training rows');
    expect(board.rows).toBe(ROWS);
    expect(board.reconstruction).toBeCloseTo((0.25 + 0.0625) / 2, 6);
  });

  it('has no cluster figures where the held-out rows are of one word', () => {
    const board = scoreboard({ ...measured, heldOut: [1, 0, 1, 0, 0, 0, 0, 0] });
    expect(board.silhouette).toBeNull();
    expect(board.daviesBouldin).toBeNull();
  });
});
