/** The reconstruction loss and its gradient, in float64. */
import { placeOf } from '../tape/arena';
import type { Op } from '../tape/tape';
import { finishGradient } from './finish';

export function reconstruction(
  arena: Float64Array,
  { kind, output, target, mask, losses, gradient, finish }: Extract<Op, { op: 'reconstruction' }>,
  rows: number,
): void {
  const { columns } = output;
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      const made = arena[placeOf(output, row, c)] ?? Number.NaN;
      const difference = made - (arena[placeOf(target, row, c)] ?? Number.NaN);
      const weight = mask === null ? 1 : (arena[placeOf(mask, row, c)] ?? Number.NaN);
      sum += weight * (kind === 'mse' ? difference ** 2 : Math.abs(difference));
      const slope = kind === 'mse' ? 2 * difference : Math.sign(difference);
      const g = (weight * slope) / (columns * rows);
      arena[placeOf(gradient, row, c)] = finishGradient(arena, finish, row, c, g);
    }
    arena[placeOf(losses, 0, row)] = sum / columns;
  }
}
