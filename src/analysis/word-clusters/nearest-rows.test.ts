import { describe, expect, it } from 'vitest';
import { randomUniform, Stream } from '../../math/threefry';
import { findNearest, nearestRows } from './nearest-rows';

const draws = (number: number, count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => 10 * randomUniform(1, Stream.sample, number, i));

/** The nearest curve of every row, each looked at in full. */
function lookedAt(values: Float64Array, curves: Float64Array, width: number) {
  const rows = values.length / width;
  const labels = new Int32Array(rows);
  const squares = new Float64Array(rows).fill(Infinity);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < curves.length / width; k++) {
      let sum = 0;
      for (let i = 0; i < width; i++) {
        const difference = (values[row * width + i] ?? 0) - (curves[k * width + i] ?? 0);
        sum += difference * difference;
      }
      if (sum >= (squares[row] ?? 0)) continue;
      squares[row] = sum;
      labels[row] = k;
    }
  }
  return { labels, squares };
}

describe('findNearest', () => {
  it.each([
    [1, 3, 7],
    [2, 2, 30],
    [4, 64, 41],
    [5, 20, 60],
  ])(
    'gives every bit that a look at each of %i curves of %i numbers gives',
    (count, width, rows) => {
      const values = draws(0, rows * width);
      const found = nearestRows(rows);
      const curves = draws(1, count * width);
      let moved = Infinity;
      const passed = [];
      for (let round = 0; round < 30; round++) {
        findNearest(values, curves, width, found, moved);
        const { labels, squares } = lookedAt(values, curves, width);
        expect(found.labels).toEqual(labels);
        expect(found.squares).toEqual(squares);
        passed.push(labels.join());
        // Ever smaller steps, as centres take that settle.
        const steps = draws(2 + round, curves.length).map((draw) => (draw - 5) / (1 + round));
        steps.forEach((step, i) => {
          curves[i] = (curves[i] ?? 0) + step;
        });
        moved = Math.max(
          ...Array.from({ length: count }, (_, k) =>
            Math.hypot(...steps.subarray(k * width, (k + 1) * width)),
          ),
        );
      }
      // Rows did change over, where they could.
      expect(new Set(passed).size > 1).toBe(count > 1);
    },
  );

  it('takes the first of equals, wherever the search begins', () => {
    const found = nearestRows(1);
    found.labels[0] = 2;
    findNearest(Float64Array.of(1, 1), Float64Array.of(9, 9, 0, 0, 2, 2, 0, 2), 2, found);
    expect([...found.labels, ...found.squares]).toEqual([1, 2]);
  });
});
