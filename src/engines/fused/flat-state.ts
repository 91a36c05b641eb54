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
      eachPlace(parameter[part], (place, i) => {
        arena[place] = state[flat][from + i] ?? Number.NaN;
      });
    }
  }
  for (const { weight, transposed } of tape.layers) {
    const { value } = weight;
    eachPlace(value, (place, i) => {
      const row = Math.floor(i / value.columns);
      arena[placeOf(transposed, i % value.columns, row)] = arena[place] ?? Number.NaN;
    });
  }
}

/** A copy of the state in the arena. */
export function readState(arena: Float32Array, { parameters }: Tape): FlatState {
  const read = (part: (typeof PARTS)[number][1]): Float32Array => {
    const flat = new Float32Array(totalOf(parameters));
    for (const parameter of parameters) {
      const to = parameter.entry.offset;
      eachPlace(parameter[part], (place, i) => {
        flat[to + i] = arena[place] ?? Number.NaN;
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

/** Calls with the place of every element and its number, row after row. */
function eachPlace(matrix: Matrix, visit: (place: number, i: number) => void): void {
  for (let row = 0; row < matrix.rows; row++) {
    for (let column = 0; column < matrix.columns; column++) {
      visit(placeOf(matrix, row, column), row * matrix.columns + column);
    }
  }
}
