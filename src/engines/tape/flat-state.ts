/** Between flat vectors in the order of the parameter table and the matrices of an arena. */
import type { TrainingState } from '../engine';
import { placeOf } from './arena';
import type { Matrix, Parameter, Tape } from './tape';

/** What of a training state lies in an arena; each [total]. */
export type FlatState = Omit<TrainingState, 'step'>;

const PARTS = [
  ['weights', 'value'],
  ['firstMoment', 'firstMoment'],
  ['secondMoment', 'secondMoment'],
] as const;

/** Writes a state, and the transposed copies of the weights, into the arena. */
export function writeState(arena: Float32Array, tape: Tape, state: FlatState): void {
  for (const [flat, part] of PARTS) {
    for (const parameter of tape.parameters) {
      const from = parameter.entry.offset;
      const values = state[flat];
      eachRun(parameter[part], (place, i, length) => {
        for (let k = 0; k < length; k++) arena[place + k] = values[from + i + k] ?? Number.NaN;
      });
    }
  }
  for (const { weight, transposed } of tape.layers) {
    const { value } = weight;
    eachRun(value, (place, i, length) => {
      const row = Math.floor(i / value.columns);
      const column = i % value.columns;
      for (let k = 0; k < length; k++) {
        arena[placeOf(transposed, column + k, row)] = arena[place + k] ?? Number.NaN;
      }
    });
  }
}

/** A copy of the state in the arena. */
export function readState(arena: Float32Array, { parameters }: Tape): FlatState {
  const read = (part: (typeof PARTS)[number][1]): Float32Array => {
    const flat = new Float32Array(totalOf(parameters));
    for (const parameter of parameters) {
      const to = parameter.entry.offset;
      eachRun(parameter[part], (place, i, length) => {
        for (let k = 0; k < length; k++) flat[to + i + k] = arena[place + k] ?? Number.NaN;
      });
    }
    return flat;
  };
  return {
    weights: read('value'),
    firstMoment: read('firstMoment'),
    secondMoment: read('secondMoment'),
  };
}

function totalOf(parameters: readonly Parameter[]): number {
  return parameters.reduce((sum, { entry }) => sum + entry.size, 0);
}

/**
 * Calls for every run of elements that lie side by side, panel after panel: with the place of the
 * first, its number counted row after row, and how many there are.
 */
function eachRun(matrix: Matrix, visit: (place: number, i: number, length: number) => void): void {
  const { rows, columns, panel } = matrix;
  for (let column = 0; column < columns; column += panel) {
    const length = Math.min(panel, columns - column);
    for (let row = 0; row < rows; row++) {
      visit(placeOf(matrix, row, column), row * columns + column, length);
    }
  }
}
