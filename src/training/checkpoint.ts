/** A checkpoint: the model file, plus Adam's moments and where the run stands. */
import * as v from 'valibot';
import { InputError } from '../input-error';
import { checked, checkedJson } from '../model/checked-json';
import type { Model } from '../model/model';
import { modelFromTensors, modelToTensors } from '../model/model-file';
import {
  readSafetensors,
  takeTensor,
  writeSafetensors,
  type Tensor,
  type TensorFile,
} from '../model/safetensors';
import type { EpochRecord, RunProgress } from './progress';

const PROGRESS_KEY = 'warmbright.progress';
const WHAT = "The run's progress";
const FIRST_MOMENT = 'optimiser.first_moment';
const SECOND_MOMENT = 'optimiser.second_moment';
/** One row an epoch, float64 so that every loss comes back bit for bit. */
const HISTORY = 'progress.history';
const HISTORY_COLUMNS = 7;
/** Checkpoints written before there were variational models have no columns for them. */
const FEWER_COLUMNS = 5;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const finite = v.pipe(v.number(), v.finite());
const progressSchema = v.strictObject({
  epoch: count,
  step: count,
  plateau: v.strictObject({
    learningRate: finite,
    best: v.nullable(finite),
    badEpochs: count,
  }),
});

export interface Checkpoint {
  readonly model: Model;
  /** null when the file is a model alone. */
  readonly progress: RunProgress | null;
}

/**
 * The bytes of a checkpoint.
 *
 * @throws InputError when it could not be read again, as when training diverged
 */
export function writeCheckpoint(model: Model, progress: RunProgress): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = modelToTensors(model);
  const { epoch, step, plateau, history, firstMoment, secondMoment } = progress;
  const state = checked(progressSchema, { epoch, step, plateau }, WHAT);
  const added: [string, Tensor][] = [
    [FIRST_MOMENT, { dtype: 'F32', shape: [model.weights.length], data: firstMoment }],
    [SECOND_MOMENT, { dtype: 'F32', shape: [model.weights.length], data: secondMoment }],
    [HISTORY, historyTensor(history)],
  ];
  const file = {
    tensors: new Map([...tensors, ...added]),
    metadata: new Map([...metadata, [PROGRESS_KEY, JSON.stringify(state)]]),
  };
  readProgress(file, model.weights.length);
  return writeSafetensors(file);
}

/**
 * The model in a file and, when it is a checkpoint, where its run stands.
 *
 * @throws InputError naming the tensor, or the place in the metadata, at fault
 */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const file = readSafetensors(bytes);
  const model = modelFromTensors(file);
  return { model, progress: readProgress(file, model.weights.length) };
}

function readProgress(file: TensorFile, total: number): RunProgress | null {
  const text = file.metadata.get(PROGRESS_KEY);
  if (text === undefined) return null;
  const state = checkedJson(progressSchema, text, WHAT);
  const secondMoment = takeTensor(file, SECOND_MOMENT, 'F32', [total]);
  if (secondMoment.some((value) => value < 0)) {
    throw new InputError(`Tensor "${SECOND_MOMENT}" holds a mean of squares below 0.`);
  }
  return {
    ...state,
    firstMoment: takeTensor(file, FIRST_MOMENT, 'F32', [total]),
    secondMoment,
    history: readHistory(file, state.epoch),
  };
}

function historyTensor(history: readonly EpochRecord[]): Tensor {
  const data = Float64Array.from(
    history.flatMap((record) => [
      record.reconstruction,
      record.contrastive,
      record.total,
      record.contrastiveWeight,
      record.learningRate,
      record.kl,
      record.klWeight,
    ]),
  );
  return { dtype: 'F64', shape: [history.length, HISTORY_COLUMNS], data };
}

function readHistory(file: TensorFile, epochs: number): EpochRecord[] {
  const earlier = file.tensors.get(HISTORY)?.shape[1] === FEWER_COLUMNS;
  const columns = earlier ? FEWER_COLUMNS : HISTORY_COLUMNS;
  const data = takeTensor(file, HISTORY, 'F64', [epochs, columns]);
  return Array.from({ length: epochs }, (_, row) => {
    const at = (column: number): number => data[row * columns + column] ?? Number.NaN;
    return {
      epoch: row + 1,
      reconstruction: at(0),
      contrastive: at(1),
      total: at(2),
      contrastiveWeight: at(3),
      learningRate: at(4),
      kl: earlier ? 0 : at(5),
      klWeight: earlier ? 0 : at(6),
    };
  });
}
