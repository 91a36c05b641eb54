/**
 * What a training step asks of a graphics card, counted from the tape and from how the kernels cut
 * it: nothing here is measured.
 */
import { flopsOf } from '../tape/describe-tape';
import {
  PHASES,
  type Finish,
  type GradientFinish,
  type Matrix,
  type Op,
  type Parameter,
  type Phase,
  type Tape,
} from '../tape/tape';
import type { Profile } from './profiles';
import { tilesOf } from './program-updates';

const FLOAT_BYTES = 4;

/** Rows that an invocation takes at once, in the four parts of a vector. */
const FOUR = 4;

export interface DispatchCost {
  readonly phase: Phase;
  readonly workgroups: number;
  /** Multiplications, additions and the like. */
  readonly flop: number;
  /**
   * What all workgroups read and write, in bytes, whichever cache answers: what a workgroup's
   * invocations read at once counts once, what it reads again counts again.
   */
  readonly bytes: number;
  /** Each matrix that the dispatch touches once: what memory must give and take at least. */
  readonly leastBytes: number;
  /** At which the invocations of one workgroup wait for each other. */
  readonly barriers: number;
  /**
   * Trips of the products' innermost loop that one workgroup makes one after the other, each of
   * which waits for memory once.
   */
  readonly trips: number;
}

/** Of what one workgroup does: floats read and written, barriers, trips. */
interface Share {
  readonly floats: number;
  readonly barriers: number;
  readonly trips: number;
}

/** The dispatches of a step in their order, for a full batch. */
export function stepCost(tape: Tape, profile: Profile): DispatchCost[] {
  return PHASES.map((phase) => {
    const ops = tape.phases[phase];
    const flop = ops.reduce((sum, op) => sum + flopsOf(op, tape.batchSize), 0);
    const touched = new Map(ops.flatMap(touchedBy).map((matrix) => [matrix.offset, matrix]));
    const least = [...touched.values()].reduce((sum, { rows, columns }) => sum + rows * columns, 0);
    const cost = phase === 'update' ? updateCost(ops, tape, profile) : rowsCost(ops, tape, profile);
    return { phase, flop, leastBytes: least * FLOAT_BYTES, ...cost };
  });
}

type Counted = Pick<DispatchCost, 'workgroups' | 'bytes' | 'barriers' | 'trips'>;

/** A dispatch whose workgroups take some rows each through all operations. */
function rowsCost(ops: readonly Op[], { batchSize }: Tape, profile: Profile): Counted {
  const workgroups = Math.ceil(batchSize / profile.rows);
  const shares = ops.map((op) => rowsShare(op, batchSize, profile));
  const sum = (of: keyof Share): number => shares.reduce((all, share) => all + share[of], 0);
  return {
    workgroups,
    bytes: workgroups * sum('floats') * FLOAT_BYTES,
    barriers: sum('barriers'),
    trips: sum('trips'),
  };
}

/** A dispatch whose workgroups take a tile of a tensor each. */
function updateCost(ops: readonly Op[], { batchSize }: Tape, profile: Profile): Counted {
  const tiles = ops.flatMap((op) =>
    tilesOf(op, profile).map(([row, column]) => tileFloats(op, row, column, batchSize, profile)),
  );
  return {
    workgroups: tiles.length,
    bytes: tiles.reduce((sum, floats) => sum + floats, 0) * FLOAT_BYTES,
    barriers: 0,
    trips: tripsOf(batchSize, profile),
  };
}

/** Through a sum of so many products, the last few of which come one by one. */
function tripsOf(inner: number, { together }: Profile): number {
  return Math.floor(inner / together) + (inner % together);
}

/** Barriers of a sum or maximum over a workgroup's invocations, as reduce.wgsl has them. */
export function reductionBarriers({ lanes }: Profile): number {
  return Math.log2(lanes) + 2;
}

/** Sums and maxima over a workgroup's invocations that four rows take. */
export const REDUCTIONS: Partial<Record<Op['op'], number>> = {
  normalise: 2,
  normaliseBack: 2,
  unitRows: 1,
  unitRowsBack: 1,
  reconstruction: 1,
  similarity: 4,
  sample: 1,
  wordLoss: 4,
  // The level, the loss, and two or three outputs of each of five bands.
  response: 15,
};

function rowsShare(op: Op, batch: number, profile: Profile): Share {
  const { rows } = profile;
  const fours = rows / FOUR;
  const barriers = fours * (REDUCTIONS[op.op] ?? 0) * reductionBarriers(profile);
  const share = (floats: number, product?: Share): Share => ({
    floats: floats + (product?.floats ?? 0),
    barriers: barriers + (product?.barriers ?? 0),
    trips: product?.trips ?? 0,
  });
  switch (op.op) {
    case 'gather': {
      const taken = [op.inputs, op.targets, op.mask, op.votes].map((it) => it?.columns ?? 0);
      return share(2 * rows * (taken.reduce((sum, it) => sum + it, 0) + 1));
    }
    case 'linear': {
      const { x, y, finish } = op;
      const bias = y.columns;
      return share(bias + finished(finish, y, rows), product(x.columns, y.columns, profile));
    }
    case 'linearBack': {
      const { outputGradient, gradient, finish } = op;
      const multiplied = product(outputGradient.columns, gradient.columns, profile);
      return share(finished(finish, gradient, rows), multiplied);
    }
    case 'dropout':
      return share(rows * op.factors.columns);
    case 'normalise':
      // Read three times, written as x̂; scale and shift for every four rows.
      return share((4 * rows + 2 * fours) * op.x.columns + rows + finished(op.finish, op.y, rows));
    case 'normaliseBack':
      return share((5 * rows + 2 * fours) * op.unit.columns + rows);
    case 'unitRows':
      return share(4 * rows * op.unit.columns + rows);
    case 'unitRowsBack':
      return share(4 * rows * op.unit.columns + rows + finished(op.finish, op.gradient, rows));
    case 'reconstruction': {
      const masked = op.mask === null ? 0 : 2;
      const { columns } = op.output;
      return share((2 + masked) * rows * columns + rows + finished(op.finish, op.gradient, rows));
    }
    case 'response':
      // The curve is read and written for each band, read again for each band's gradient, and twice
      // more between.
      return share((2 * 5 + 5 + 5) * rows * op.target.columns + rows * op.output.columns);
    case 'sample':
      return share(5 * rows * op.z.columns + rows);
    case 'sampleBack':
      return share(6 * rows * op.mean.columns);
    case 'similarity': {
      // Dot products are scaled in their place, then read for the sum and for the loss.
      const scaled = 4 * rows * batch + 3 * fours * batch + 3 * rows;
      return share(rows * batch + scaled, product(op.unit.columns, batch, profile));
    }
    case 'similarityBack': {
      const coefficients = 2 * rows * batch + 3 * fours * batch + 3 * rows;
      const given = rows * op.unit.columns;
      return share(coefficients + given, product(batch, op.unit.columns, profile));
    }
    case 'wordLoss':
      return share(8 * rows * op.logits.columns + rows);
    case 'updateLinear':
    case 'updateNorm':
    case 'sumLosses':
      throw new Error(`The operation ${op.op} goes by tiles, not by rows.`);
  }
}

/** Of a workgroup's rows with a whole matrix, without what becomes of the result. */
function product(inner: number, columns: number, profile: Profile): Share {
  const { rows, lanes, columns: wide } = profile;
  const passes = Math.ceil(columns / (lanes * wide));
  return {
    floats: passes * rows * inner + inner * columns,
    barriers: 1,
    trips: passes * tripsOf(inner, profile),
  };
}

/** What is read and written of a result after it is computed. */
function finished(finish: Finish | GradientFinish, y: Matrix, rows: number): number {
  const gradient = !('kept' in finish);
  const kept = gradient ? finish.saved : finish.kept;
  const before = [finish.add, kept, finish.factors].filter((matrix) => matrix !== null).length;
  // Some activations are an operation of their own, which reads and writes the result once more.
  const apart = ['tanh', 'sigmoid', 'heads'].includes(finish.activation) ? 2 : 0;
  return (1 + before + apart) * rows * y.columns;
}

/** Value and both moments, read and written. */
const ADAM_FLOATS = 6;

function tileFloats(
  op: Op,
  row: number,
  column: number,
  batch: number,
  { rows, lanes, columns }: Profile,
): number {
  switch (op.op) {
    case 'updateLinear': {
      const { value } = op.layer.weight;
      const down = Math.min(rows, value.rows - row);
      const across = Math.min(lanes * columns, value.columns - column);
      const bias = column === 0 ? down * (batch + ADAM_FLOATS) : 0;
      // The transposed copy is written, too.
      return batch * (rows + across) + (ADAM_FLOATS + 1) * down * across + bias;
    }
    case 'updateNorm':
      return (2 * batch + 2 * ADAM_FLOATS) * Math.min(lanes, op.unit.columns - column);
    case 'sumLosses':
      return (op.kl === null ? 2 : 3) * (batch + 1);
    default:
      throw new Error(`The operation ${op.op} goes by rows, not by tiles.`);
  }
}

/** All matrices that an operation reads or writes. */
function touchedBy(op: Op): Matrix[] {
  const all = (...matrices: (Matrix | null)[]): Matrix[] =>
    matrices.filter((matrix) => matrix !== null);
  const tensor = ({ value, firstMoment, secondMoment }: Parameter): Matrix[] => [
    value,
    firstMoment,
    secondMoment,
  ];
  const of = (finish: Finish | GradientFinish): Matrix[] =>
    all(finish.add, 'kept' in finish ? finish.kept : finish.saved, finish.factors);
  switch (op.op) {
    case 'gather':
      return all(op.inputs, op.targets, op.mask, op.votes, op.labels);
    case 'linear':
      return [op.x, op.layer.transposed, op.layer.bias.value, op.y, ...of(op.finish)];
    case 'dropout':
      return [op.factors];
    case 'normalise': {
      const { scale, shift } = op.norm;
      return [op.x, op.inverse, scale.value, shift.value, op.y, ...of(op.finish)];
    }
    case 'unitRows':
      return [op.x, op.unit, op.transposed, op.inverse];
    case 'reconstruction':
      return all(op.output, op.target, op.mask, op.losses, op.gradient, ...of(op.finish));
    case 'response':
      return [op.output, op.target, op.differences, op.losses, op.gradient, ...of(op.finish)];
    case 'sample':
      return [op.mean, op.logVariance, op.deviation, op.z, op.losses];
    case 'similarity':
      return [op.unit, op.transposed, op.pairs, op.labels, op.logSums, op.shares, op.losses];
    case 'similarityBack':
      return [op.pairs, op.labels, op.logSums, op.shares, op.unit, op.gradient];
    case 'unitRowsBack':
      return [op.unit, op.unitGradient, op.inverse, op.gradient, ...of(op.finish)];
    case 'sampleBack':
      return [
        ...[op.outputGradient, op.mean, op.meanGradient],
        ...[op.logVariance, op.logVarianceGradient, op.deviation],
      ];
    case 'wordLoss':
      return [op.logits, op.votes, op.losses, op.gradient];
    case 'linearBack':
      return [op.outputGradient, op.layer.weight.value, op.gradient, ...of(op.finish)];
    case 'normaliseBack':
      return [op.unit, op.outputGradient, op.inverse, op.norm.scale.value, op.gradient];
    case 'updateLinear': {
      const { weight, bias, transposed } = op.layer;
      return [op.outputGradient, op.x, transposed, ...tensor(weight), ...tensor(bias)];
    }
    case 'updateNorm':
      return [op.outputGradient, op.unit, ...tensor(op.norm.scale), ...tensor(op.norm.shift)];
    case 'sumLosses':
      return all(op.reconstruction, op.contrastive, op.kl);
  }
}
