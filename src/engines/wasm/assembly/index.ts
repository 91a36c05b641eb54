/** Interprets the tape: every operation's record in turn, over this thread's share of the rows. */
import { barrier } from './barrier';
import { similarity, similarityBack, unitRows, unitRowsBack } from './contrast';
import { ADD, finishGradientRows, finishRows } from './finish';
import {
  DROPOUT,
  GATHER,
  LINEAR,
  LINEAR_BACK,
  LOSSES,
  LOSS_BYTES,
  NORMALISE,
  NORMALISE_BACK,
  OP_BYTES,
  PANEL,
  PHASE_OPS,
  RECONSTRUCTION,
  RESPONSE,
  SAMPLE,
  SAMPLE_BACK,
  SIMILARITY,
  SIMILARITY_BACK,
  STEPS,
  STEP_BYTES,
  SUM_LOSSES,
  UNIT_ROWS,
  UNIT_ROWS_BACK,
  UPDATE_LINEAR,
  UPDATE_NORM,
  WORD_LOSS,
} from './layout';
import { product } from './product';
import { response } from './response';
import { dropout, gather, normalise, normaliseBack, reconstruction } from './rows';
import { sample, sampleBack } from './sample';
import { readHeader, readStep, rowFrom, rowTo, training, useRows } from './step';
import { sumLosses, updateLinear, updateNorm } from './update';
import { wordLoss } from './word-loss';

/** Runs `steps` training steps; all of `threads` threads call this with their number. */
export function train(header: usize, steps: i32, thread: i32, threads: i32): void {
  readHeader(header, thread, threads);
  let step = load<usize>(header, STEPS);
  let losses = load<usize>(header, LOSSES);
  for (let i = 0; i < steps; i++) {
    readStep(header, step);
    for (let phase: usize = 0; phase < 4; phase++) {
      const ops = load<usize>(header + PHASE_OPS + (phase << 2));
      run(ops, load<usize>(header + PHASE_OPS + (phase << 2), 4), losses);
      barrier();
    }
    step += STEP_BYTES;
    losses += LOSS_BYTES;
  }
}

/** Runs forward operations on `rows` rows without dropout; one thread. */
export function use(header: usize, ops: usize, end: usize, rows: i32): void {
  useRows(header, rows);
  run(ops, end, 0);
}

function run(record: usize, end: usize, losses: usize): void {
  for (; record < end; record += OP_BYTES) {
    const operands = record + 4;
    switch (load<i32>(record)) {
      case GATHER:
        gather(operands);
        break;
      case LINEAR:
        linear(operands, false);
        break;
      case DROPOUT:
        if (training) dropout(operands);
        break;
      case NORMALISE:
        normalise(operands);
        break;
      case SAMPLE:
        sample(operands);
        break;
      case UNIT_ROWS:
        unitRows(operands);
        break;
      case RECONSTRUCTION:
        reconstruction(operands);
        break;
      case RESPONSE:
        response(operands);
        break;
      case WORD_LOSS:
        wordLoss(operands);
        break;
      case SIMILARITY:
        similarity(operands);
        break;
      case SIMILARITY_BACK:
        similarityBack(operands);
        break;
      case UNIT_ROWS_BACK:
        unitRowsBack(operands);
        break;
      case SAMPLE_BACK:
        sampleBack(operands);
        break;
      case LINEAR_BACK:
        linear(operands, true);
        break;
      case NORMALISE_BACK:
        normaliseBack(operands);
        break;
      case UPDATE_LINEAR:
        updateLinear(operands);
        break;
      case UPDATE_NORM:
        updateNorm(operands);
        break;
      case SUM_LOSSES:
        sumLosses(operands, losses);
        break;
      default:
        unreachable();
    }
  }
}

/**
 * record: x, stride, in, transposed weight, bias, y, stride, out, finish; on the way back the
 * output's gradient is x, the weight as it is, no bias, and the input's gradient y.
 */
function linear(record: usize, back: bool): void {
  const inputs = load<i32>(record, 8);
  const y = load<usize>(record, 20);
  const stride = load<usize>(record, 24);
  const outputs = load<i32>(record, 28);
  const finish = record + 32;
  product(
    load<usize>(record),
    load<usize>(record, 4),
    inputs,
    load<usize>(record, 12),
    PANEL * 4,
    usize(inputs) * PANEL * 4,
    load<usize>(record, 16),
    load<usize>(finish, ADD),
    y,
    stride,
    (outputs + 7) & ~7,
    rowFrom,
    rowTo,
  );
  if (back) finishGradientRows(finish, 0, y, stride, outputs, rowFrom, rowTo);
  else finishRows(finish, 0, training, y, stride, outputs, rowFrom, rowTo);
}
