/** What becomes of a result or a gradient before it is stored, in float64. */
import { placeOf } from '../tape/arena';
import { OUTPUT_HEADS, type OutputHead } from '../../model/heads';
import type { Activation, Finish, GradientFinish, Matrix } from '../tape/tape';

/** factors ⊙ activation(result + add); keeps result + add where it is to be kept. */
export function finished(
  arena: Float64Array,
  { add, activation, kept, factors }: Finish,
  row: number,
  column: number,
  result: number,
): number {
  const read = (matrix: Matrix): number => arena[placeOf(matrix, row, column)] ?? Number.NaN;
  const sum = result + (add === null ? 0 : read(add));
  if (kept !== null) arena[placeOf(kept, row, column)] = sum;
  return activated(activation, sum, column) * (factors === null ? 1 : read(factors));
}

/** (gradient + add) ⊙ factors ⊙ activation′ */
export function finishGradient(
  arena: Float64Array,
  { add, factors, activation, saved }: GradientFinish,
  row: number,
  column: number,
  gradient: number,
): number {
  const read = (matrix: Matrix | null, otherwise: number): number =>
    matrix === null ? otherwise : (arena[placeOf(matrix, row, column)] ?? Number.NaN);
  return (gradient + read(add, 0)) * read(factors, 1) * slope(activation, read(saved, 0), column);
}

function activated(activation: Activation, x: number, column: number): number {
  switch (activation) {
    case 'none':
      return x;
    case 'relu':
      return Math.max(0, x);
    case 'silu':
      return x * sigmoid(x);
    case 'tanh':
      return Math.tanh(x);
    case 'sigmoid':
      return sigmoid(x);
    case 'heads': {
      const { low, high, steepness } = headOf(column);
      return low + (high - low) * sigmoid(steepness * x);
    }
  }
}

/** The activation's derivative from what is saved of it: see GradientFinish. */
function slope(activation: Activation, saved: number, column: number): number {
  switch (activation) {
    case 'none':
      return 1;
    case 'relu':
      return saved > 0 ? 1 : 0;
    case 'silu': {
      const s = sigmoid(saved);
      return s + saved * s * (1 - s);
    }
    case 'tanh':
      return 1 - saved ** 2;
    case 'sigmoid':
      return saved * (1 - saved);
    case 'heads': {
      const { low, high, steepness } = headOf(column);
      return (steepness * (saved - low) * (high - saved)) / (high - low);
    }
  }
}

function headOf(column: number): OutputHead {
  const head = OUTPUT_HEADS[column];
  if (head === undefined) throw new Error(`There is no output head ${String(column)}.`);
  return head;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
