/** A checkpoint: the model file, plus Adam's moments, where the run stands and how it came about. */
import * as v from 'valibot';
import { InputError } from '../base/input-error';
import { checked, checkedJson } from '../base/checked-json';
import { LARGEST_WEIGHT, type Model } from '../model/model';
import { modelFromTensors, modelToTensors } from '../model/model-file';
import {
  readSafetensors,
  takeTensor,
  writeSafetensors,
  type Tensor,
  type TensorFile,
} from '../model/safetensors';
import type { EpochRecord, Progress } from './progress';

const PROGRESS_KEY = 'warmbright.progress';
const WHAT = "The run's progress";
const FIRST_MOMENT = 'optimiser.first_moment';
const SECOND_MOMENT = 'optimiser.second_moment';
/** One row an epoch, float64 so that every loss comes back bit for bit. */
const HISTORY = 'progress.history';
/** The last is the validation loss, and is not there where it is not measured. */
const HISTORY_COLUMNS = 8;
/** Checkpoints written before there were variational models have no columns for them. */
const FEWEST_COLUMNS = 5;
const BEST_WEIGHTS = 'progress.best_weights';
/** The timeline's file as it is: a damaged one leaves the rest whole. See timeline/timeline-file.ts. */
const TIMELINE = 'progress.timeline';

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

/**
 * The bytes of a checkpoint.
 *
 * @param timeline the run's timeline, packed; null for none
 * @throws InputError when it could not be read again, as when training diverged
 */
export function writeCheckpoint(
  model: Model,
  progress: Progress,
  timeline: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const { tensors, metadata } = modelToTensors(model);
  const { epoch, step, plateau, history, firstMoment, secondMoment, bestWeights } = progress;
  const state = checked(progressSchema, { epoch, step, plateau }, WHAT);
  const added: [string, Tensor][] = [
    [FIRST_MOMENT, { dtype: 'F32', shape: [model.weights.length], data: firstMoment }],
    [SECOND_MOMENT, { dtype: 'F32', shape: [model.weights.length], data: secondMoment }],
    [HISTORY, historyTensor(history)],
  ];
  if (bestWeights !== null) {
    added.push([BEST_WEIGHTS, { dtype: 'F32', shape: [bestWeights.length], data: bestWeights }]);
  }
  if (timeline !== null) {
    added.push([TIMELINE, { dtype: 'U8', shape: [timeline.length], data: timeline }]);
  }
  const file = {
    tensors: new Map([...tensors, ...added]),
    metadata: new Map([...metadata, [PROGRESS_KEY, JSON.stringify(state)]]),
  };
  readProgress(file, model.weights.length);
  return writeSafetensors(file);
}

/**
 * The model in a file and where its run stands: null when the file is a model alone.
 *
 * @throws InputError naming the tensor, or the place in the metadata, at fault
 */
export function readCheckpoint(bytes: Uint8Array): {
  readonly model: Model;
  readonly progress: Progress | null;
  /** The run's timeline, packed; null where the file has none, as those of earlier versions. */
  readonly timeline: Uint8Array | null;
} {
  const file = readSafetensors(bytes);
  const model = modelFromTensors(file);
  const timeline = file.tensors.get(TIMELINE);
  return {
    model,
    progress: readProgress(file, model.weights.length),
    timeline: timeline?.dtype === 'U8' ? timeline.data : null,
  };
}

function readProgress(file: TensorFile, total: number): Progress | null {
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
    bestWeights: file.tensors.has(BEST_WEIGHTS)
      ? takeTensor(file, BEST_WEIGHTS, 'F32', [total], LARGEST_WEIGHT)
      : null,
  };
}

function historyTensor(history: readonly EpochRecord[]): Tensor {
  const validated = history.some(({ validation }) => validation !== null);
  const data = Float64Array.from(
    history.flatMap((record) => [
      record.reconstruction,
      record.contrastive,
      record.total,
      record.contrastiveWeight,
      record.learningRate,
      record.kl,
      record.klWeight,
      ...(validated ? [record.validation ?? Number.NaN] : []),
    ]),
  );
  const columns = HISTORY_COLUMNS - (validated ? 0 : 1);
  return { dtype: 'F64', shape: [history.length, columns], data };
}

function readHistory(file: TensorFile, epochs: number): EpochRecord[] {
  const found = file.tensors.get(HISTORY)?.shape[1] ?? 0;
  const known = found === FEWEST_COLUMNS || found === HISTORY_COLUMNS;
  const columns = known ? found : HISTORY_COLUMNS - 1;
  const data = takeTensor(file, HISTORY, 'F64', [epochs, columns]);
  return Array.from({ length: epochs }, (_, row) => {
    const at = (column: number): number => data[row * columns + column] ?? 0;
    return {
      epoch: row + 1,
      reconstruction: at(0),
      contrastive: at(1),
      total: at(2),
      contrastiveWeight: at(3),
      learningRate: at(4),
      kl: columns > FEWEST_COLUMNS ? at(5) : 0,
      klWeight: columns > FEWEST_COLUMNS ? at(6) : 0,
      validation: columns === HISTORY_COLUMNS ? at(7) : null,
    };
  });
}
