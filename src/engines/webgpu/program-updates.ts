/** The part of a program that changes the weights: records of struct Update, and their tiles. */
import type { Matrix, Op, Parameter } from '../tape/tape';
import { NONE, UPDATE } from './codes';
import type { Profile } from './profiles';

/** Struct Matrix in bindings.wgsl. */
export function matrixWords(m: Matrix | null): number[] {
  return m === null ? [NONE, 0] : [m.offset, m.panel];
}

/** Struct Update in bindings.wgsl. */
export function updateRecord(op: Op): number[] {
  switch (op.op) {
    case 'updateLinear': {
      const { weight, transposed, bias } = op.layer;
      const { rows, columns, panel } = weight.value;
      return [
        ...[UPDATE.UPDATE_LINEAR, rows, columns, panel],
        ...matrixWords(op.outputGradient),
        ...matrixWords(op.x),
        ...tensor(weight),
        ...matrixWords(transposed),
        ...tensor(bias),
      ];
    }
    case 'updateNorm':
      return [
        ...[UPDATE.UPDATE_NORM, 1, op.unit.columns, op.unit.panel],
        ...matrixWords(op.outputGradient),
        ...matrixWords(op.unit),
        ...tensor(op.norm.scale),
        ...matrixWords(null),
        ...tensor(op.norm.shift),
      ];
    case 'sumLosses':
      return [
        ...[UPDATE.SUM_LOSSES, 1, 1, 0],
        ...matrixWords(op.reconstruction),
        ...matrixWords(op.contrastive),
        ...[NONE, NONE, NONE],
        ...matrixWords(op.kl),
        ...[NONE, NONE, NONE],
      ];
    default:
      throw new Error(`The operation ${op.op} goes by rows, not by tiles.`);
  }
}

function tensor({ value, firstMoment, secondMoment }: Parameter): number[] {
  return [value.offset, firstMoment.offset, secondMoment.offset];
}

/** First row and column of each tile. */
export function tilesOf(op: Op, { lanes, rows, columns }: Profile): [number, number][] {
  switch (op.op) {
    case 'updateLinear': {
      const { value } = op.layer.weight;
      return every(value.rows, rows).flatMap((row) =>
        every(value.columns, lanes * columns).map((column): [number, number] => [row, column]),
      );
    }
    case 'updateNorm':
      return every(op.unit.columns, lanes).map((column) => [0, column]);
    default:
      return [[0, 0]];
  }
}

/** 0, size, 2 size … below `end`. */
function every(end: number, size: number): number[] {
  return Array.from({ length: Math.ceil(end / size) }, (_, i) => i * size);
}
