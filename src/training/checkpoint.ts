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
const HISTORY_COLUMNS = 5;

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
    history: readHistory(takeTensor(file, HISTORY, 'F64', [state.epoch, HISTORY_COLUMNS])),
  };
}

function historyTensor(history: readonly EpochRecord[]): Tensor {
  const data = Float64Array.from(
    history.flatMap(({ reconstruction, contrastive, total, contrastiveWeight, learningRate }) => [
      reconstruction,
      contrastive,
      total,
      contrastiveWeight,
      learningRate,
    ]),
  );
  return { dtype: 'F64', shape: [history.length, HISTORY_COLUMNS], data };
}

function readHistory(data: Float64Array): EpochRecord[] {
  return Array.from({ length: data.length / HISTORY_COLUMNS }, (_, row) => {
    const at = (column: number): number => data[row * HISTORY_COLUMNS + column] ?? Number.NaN;
    return {
      epoch: row + 1,
      reconstruction: at(0),
      contrastive: at(1),
      total: at(2),
      contrastiveWeight: at(3),
      learningRate: at(4),
    };
  });
}
