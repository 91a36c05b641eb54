/** What a run is going to be, before anything is trained: its recipe and its rows. */
import { rowsWhere } from '../math/pick-rows';
import type { SafeData, TrainingSet } from '../data/rows';
import { InputError } from '../base/input-error';
import type { ModelDocument } from '../model/model';
import type { Normaliser } from '../model/normaliser-schema';
import type { Progress } from './progress';
import { countLearntRows } from './rows/learnt-rows';
import type { Recipe } from '../recipe/recipe';

export interface RunPlan {
  readonly name: string;
  readonly recipe: Recipe;
  readonly data: Pick<SafeData, 'sha256' | 'synthetic' | 'reading'>;
  readonly set: TrainingSet;
  /** What a new run begins with; left out: counted random weights. */
  readonly start?: StartingPoint;
}

interface StartingPoint {
  /** [total], of the spec that the recipe makes. */
  readonly weights: Float32Array;
  /** That which the weights were trained with. */
  readonly normaliser: Normaliser;
  /** Of the optimiser; null: it begins anew. */
  readonly moments: Pick<Progress, 'firstMoment' | 'secondMoment' | 'step'> | null;
}

export interface RunSize {
  /** All rows of the words that are not held out, those kept for validation included. */
  readonly trainingRows: number;
  readonly heldOutRows: number;
  readonly stepsPerEpoch: number;
}

export function sizeOf({ recipe, set }: RunPlan): RunSize {
  const heldOutRows = rowsWhere(set.heldOut, 1).length;
  const trainingRows = set.rows.length - heldOutRows;
  const stepsPerEpoch = Math.ceil(countLearntRows(set, recipe) / recipe.batchSize);
  return { trainingRows, heldOutRows, stepsPerEpoch };
}

/** @throws InputError where the run should stop early and has no validation rows to tell when */
export function checkStopping({ recipe, set }: RunPlan): void {
  if (recipe.stopPatience > 0 && !set.validation.includes(1)) {
    throw new InputError(
      'To stop early, a run needs validation rows: raise their share, or set the patience to 0.',
    );
  }
}

/** @throws InputError where a model's run is of another data set or split */
export function checkSameRun({ data, set }: RunPlan, { run, words }: ModelDocument): void {
  if (run?.dataSha256 !== data.sha256) {
    throw new InputError(
      'The checkpoint was trained on another data set: load the one that it names.',
    );
  }
  if (
    run.splitHash !== set.splitHash ||
    words.some(({ word }, label) => word !== set.words[label])
  ) {
    throw new InputError(
      'The checkpoint was trained on other words or other held-out rows: choose its words and its split.',
    );
  }
}
