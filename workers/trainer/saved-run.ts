/** A run read back from storage. */
import type { SafeData } from '../../src/data/rows';
import { InputError } from '../../src/base/input-error';
import type { Model, ModelDocument } from '../../src/model/model';
import { trainingSetFor } from '../../src/training/rows/as-chosen';
import { readCheckpoint } from '../../src/training/checkpoint';
import type { Progress } from '../../src/training/progress';
import type { RunPlan } from '../../src/training/run-plan';
import { savedAs, type SavedAs } from '../../src/storage/run-records';
import { EMPTY_TIMELINE, type Timeline } from '../../src/timeline/timeline';
import { unpackTimeline } from '../../src/timeline/timeline-file';
import type { EventOf, StoredRun } from './messages';
import type { TrainerStorage } from './storage';

export interface SavedRun {
  readonly id: string;
  readonly model: Model;
  /** What the model's document says of the run. */
  readonly run: NonNullable<ModelDocument['run']>;
  readonly progress: Progress | null;
  /** Empty where none was kept, and where it is damaged. */
  readonly timeline: Timeline;
  readonly finished: boolean;
  readonly savedAs: SavedAs;
}

/** @throws InputError when it is not saved here, or its file is damaged */
export async function openSavedRun(
  id: string,
  storage: Pick<TrainerStorage, 'listRuns' | 'loadRunFile'>,
): Promise<SavedRun> {
  const { model, progress, timeline: packed } = readCheckpoint(await storage.loadRunFile(id));
  const summary = (await storage.listRuns()).runs.find((run) => run.id === id);
  const { run } = model.document;
  if (summary === undefined || run === null) throw new InputError('This saved run is damaged.');
  // A run can have been renamed since its file was written.
  const named = renamed(model, summary.name);
  const finished = summary.finished || progress === null;
  const { name } = summary;
  return {
    id,
    model: named,
    run: { ...run, name },
    progress,
    timeline: await timelineOf(model, packed),
    finished,
    savedAs: savedAs(summary),
  };
}

/** Nothing of the run is lost with a timeline that cannot be read: it opens without one. */
async function timelineOf({ document, map }: Model, packed: Uint8Array | null): Promise<Timeline> {
  if (packed === null || map === null) return EMPTY_TIMELINE;
  try {
    const size = { rows: map.labels.length, words: document.words.length };
    return await unpackTimeline(packed, size);
  } catch (error) {
    if (error instanceof InputError) return EMPTY_TIMELINE;
    throw error;
  }
}

/** The model under another run's name. */
export function renamed(model: Model, name: string): Model {
  const { document } = model;
  if (document.run === null) return model;
  return { ...model, document: { ...document, run: { ...document.run, name } } };
}

/** How the run was set up, from the data set it was trained on. */
export async function planOf({ model, run }: SavedRun, data: SafeData): Promise<RunPlan> {
  const words = model.document.words.map(({ word }) => word);
  const { name, recipe } = run;
  return { name, recipe, data, set: await trainingSetFor(recipe, data, words) };
}

/**
 * What to tell of a run that is only shown.
 *
 * @param reason why it cannot be resumed; null when it is finished
 */
export function shownOnly(saved: SavedRun, reason: string | null): EventOf<'run'> {
  const { id, model, run, progress } = saved;
  const { name, recipe, trainingRows, heldOutRows } = run;
  return {
    type: 'run',
    id,
    name,
    recipe,
    words: model.document.words.map(({ word }) => word),
    trainingRows,
    heldOutRows,
    // Every epoch has as many; a file without progress does not say how many rows were learnt from.
    stepsPerEpoch:
      progress !== null && progress.epoch > 0
        ? progress.step / progress.epoch
        : Math.ceil(trainingRows / recipe.batchSize),
    resumable: false,
    reason,
    history: [...(progress?.history ?? [])],
  };
}

/** What other runs are compared with. */
export function toCompare({ id, model, progress, timeline }: SavedRun): StoredRun {
  const { document, weights, map } = model;
  return { id, document, weights, map, history: [...(progress?.history ?? [])], timeline };
}
