/** How far a word head's words are from a row's votes, and the gradient of its logits, in float64. */
import { placeOf } from '../tape/arena';
import type { Matrix, Op } from '../tape/tape';

export function wordLoss(
  arena: Float64Array,
  { logits, votes, losses, gradient }: Extract<Op, { op: 'wordLoss' }>,
  weight: number,
  rows: number,
): void {
  for (let row = 0; row < rows; row++) {
    const read = (matrix: Matrix): number[] =>
      Array.from(
        { length: matrix.columns },
        (_, c) => arena[placeOf(matrix, row, c)] ?? Number.NaN,
      );
    const [x, t] = [read(logits), read(votes)];
    const largest = Math.max(...x);
    const logSum = largest + Math.log(sum(x.map((value) => Math.exp(value - largest))));
    const all = sum(t);
    arena[placeOf(losses, 0, row)] = sum(
      t.map((share, c) => (share === 0 ? 0 : share * (Math.log(share) - (x[c] ?? 0) + logSum))),
    );
    x.forEach((value, c) => {
      const wrong = all * Math.exp(value - logSum) - (t[c] ?? Number.NaN);
      arena[placeOf(gradient, row, c)] = (weight / rows) * wrong;
    });
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
