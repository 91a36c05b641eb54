/** The tape as the records that the WebAssembly module reads. */
import { Stream } from '../../math/threefry';
import {
  PHASES,
  type Activation,
  type Matrix,
  type Op,
  type Parameter,
  type Tape,
} from '../tape/tape';
import type { Layout } from '../tape/arena';
import * as words from './assembly/layout';

/**
 * Rows are an odd number of 32-byte halves of a cache line apart: a column's rows then spread
 * over all sets of the processor's cache.
 */
export const WASM_LAYOUT: Layout = {
  panel: words.PANEL,
  stride: (columns) => (Math.ceil(columns / 8) | 1) * 8,
};

const ACTIVATIONS: Readonly<Record<Activation, number>> = {
  none: words.NO_ACTIVATION,
  relu: words.RELU,
  silu: words.SILU,
  tanh: words.TANH,
  sigmoid: words.SIGMOID,
  heads: words.HEADS,
};

const WORDS = words.OP_BYTES / 4;

export interface OpRecords {
  /** One record after another. */
  readonly words: Uint32Array;
  /** Number of the first operation of each phase, and of all. */
  readonly phaseStarts: readonly number[];
}

/** @param arena address of the arena in bytes */
export function opRecords(tape: Tape, arena: number): OpRecords {
  const ops = PHASES.flatMap((phase) => tape.phases[phase]);
  const all = new Uint32Array(ops.length * WORDS);
  ops.forEach((op, i) => {
    all.set(recordOf(op, arena), i * WORDS);
  });
  let count = 0;
  const phaseStarts = PHASES.map((phase) => {
    const start = count;
    count += tape.phases[phase].length;
    return start;
  });
  return { words: all, phaseStarts: [...phaseStarts, count] };
}

/** The operation's kind, then its operands as its kernel's comment lists them. */
function recordOf(op: Op, arena: number): number[] {
  const at = (matrix: Matrix | null): number => (matrix === null ? 0 : arena + matrix.offset * 4);
  const row = (matrix: Matrix): number[] => [at(matrix), matrix.panel * 4];
  const rows = (matrix: Matrix): number[] => [...row(matrix), matrix.columns];
  const tensor = ({ value, firstMoment, secondMoment }: Parameter): number[] =>
    [value, firstMoment, secondMoment].map(at);
  const finish = (
    add: Matrix | null,
    activation: Activation,
    saved: Matrix | null,
    factors: Matrix | null,
  ): number[] => [at(add), ACTIVATIONS[activation], at(saved), at(factors)];

  switch (op.op) {
    case 'gather':
      return [
        words.GATHER,
        at(op.labels),
        ...rows(op.inputs),
        ...(op.targets === null ? [0, 0, 0] : rows(op.targets)),
        ...(op.mask === null ? [0, 0, 0] : rows(op.mask)),
        ...(op.votes === null ? [0, 0, 0] : rows(op.votes)),
      ];
    case 'linear': {
      const { add, activation, kept, factors } = op.finish;
      return [
        words.LINEAR,
        ...rows(op.x),
        at(op.layer.transposed),
        at(op.layer.bias.value),
        ...rows(op.y),
        ...finish(add, activation, kept, factors),
      ];
    }
    case 'dropout':
      return [words.DROPOUT, Stream.dropout + op.site, ...rows(op.factors)];
    case 'normalise': {
      const { add, activation, kept, factors } = op.finish;
      return [
        words.NORMALISE,
        ...rows(op.x),
        at(op.inverse),
        at(op.norm.scale.value),
        at(op.norm.shift.value),
        at(op.y),
        ...finish(add, activation, kept, factors),
      ];
    }
    case 'unitRows':
      return [words.UNIT_ROWS, ...rows(op.x), at(op.unit), at(op.transposed), at(op.inverse)];
    case 'reconstruction': {
      const { add, activation, saved, factors } = op.finish;
      return [
        words.RECONSTRUCTION,
        ...rows(op.output),
        at(op.target),
        at(op.losses),
        at(op.gradient),
        op.kind === 'mae' ? words.MAE : words.MSE,
        at(op.mask),
        ...finish(add, activation, saved, factors),
      ];
    }
    case 'response': {
      const { add, activation, saved, factors } = op.finish;
      return [
        words.RESPONSE,
        ...row(op.output),
        at(op.gradient),
        ...row(op.target),
        at(op.differences),
        at(op.losses),
        op.levelFree ? 1 : 0,
        ...finish(add, activation, saved, factors),
      ];
    }
    case 'sample':
      return [
        words.SAMPLE,
        ...rows(op.mean),
        at(op.logVariance),
        at(op.deviation),
        at(op.z),
        at(op.losses),
      ];
    case 'similarity':
      return [
        words.SIMILARITY,
        ...rows(op.unit),
        at(op.transposed),
        at(op.labels),
        ...row(op.pairs),
        at(op.logSums),
        at(op.shares),
        at(op.losses),
      ];
    case 'similarityBack':
      return [
        words.SIMILARITY_BACK,
        ...row(op.pairs),
        at(op.logSums),
        at(op.shares),
        at(op.labels),
        ...rows(op.unit),
        at(op.gradient),
      ];
    case 'unitRowsBack': {
      const { add, activation, saved, factors } = op.finish;
      return [
        words.UNIT_ROWS_BACK,
        ...rows(op.unit),
        at(op.inverse),
        at(op.unitGradient),
        at(op.gradient),
        ...finish(add, activation, saved, factors),
      ];
    }
    case 'sampleBack':
      return [
        words.SAMPLE_BACK,
        ...rows(op.mean),
        at(op.logVariance),
        at(op.deviation),
        at(op.outputGradient),
        at(op.meanGradient),
        at(op.logVarianceGradient),
      ];
    case 'wordLoss':
      return [words.WORD_LOSS, ...rows(op.logits), at(op.votes), at(op.losses), at(op.gradient)];
    case 'linearBack': {
      const { add, activation, saved, factors } = op.finish;
      return [
        words.LINEAR_BACK,
        ...rows(op.outputGradient),
        at(op.layer.weight.value),
        0,
        ...rows(op.gradient),
        ...finish(add, activation, saved, factors),
      ];
    }
    case 'normaliseBack':
      return [
        words.NORMALISE_BACK,
        ...rows(op.outputGradient),
        at(op.unit),
        at(op.inverse),
        at(op.norm.scale.value),
        at(op.gradient),
      ];
    case 'updateLinear':
      return [
        words.UPDATE_LINEAR,
        ...rows(op.x),
        ...rows(op.outputGradient),
        ...tensor(op.layer.weight),
        at(op.layer.transposed),
        ...tensor(op.layer.bias),
      ];
    case 'updateNorm':
      return [
        words.UPDATE_NORM,
        at(op.unit),
        ...rows(op.outputGradient),
        ...tensor(op.norm.scale),
        ...tensor(op.norm.shift),
      ];
    case 'sumLosses':
      return [words.SUM_LOSSES, at(op.reconstruction), at(op.contrastive), at(op.kl)];
  }
}
