/** Spreads many runs over threads, or over a GPU, and over what is left when that goes away. */
import type { SafeData, TrainingSet } from '../../data/rows';
import { successorOf, type EngineChoice } from '../../engines/engine-choice';
import { hasWebGpu } from '../../engines/webgpu/webgpu-adapter';
import { trainingSetFor } from '../rows/as-chosen';
import type { Recipe } from '../../recipe/recipe';
import type { SweepRun } from './sweep';
import { openSweepWorker, type SweepThread } from './sweep-worker';
import { trainTogether, type Job, type Slot, type SweepEvent } from './train-together';
import type { RunPlan } from '../run-plan';

/**
 * The plans of a sweep's runs on a data set.
 *
 * @throws InputError as {@link trainingSetFor} does
 */
export async function planSweep(
  runs: readonly SweepRun[],
  data: SafeData,
  words: readonly string[],
): Promise<RunPlan[]> {
  // Runs that are split alike share one set; the audit's choices are the same for all.
  const sets = new Map<string, Promise<TrainingSet>>();
  const setOf = (recipe: Recipe): Promise<TrainingSet> => {
    const { holdout, seed, split, folds, fold, validation, otherRows } = recipe;
    const key = JSON.stringify([holdout, seed, split, folds, fold, validation, otherRows]);
    const set = sets.get(key) ?? trainingSetFor(recipe, data, words);
    sets.set(key, set);
    return set;
  };
  return Promise.all(
    runs.map(async ({ name, recipe }) => ({ name, recipe, data, set: await setOf(recipe) })),
  );
}

export interface SweepOptions {
  readonly choice: EngineChoice;
  /** How many threads to share the runs between; a GPU needs only one. */
  readonly threads: number;
  readonly startThread: () => SweepThread;
  readonly emit: (event: SweepEvent) => void;
  /** Called with a sentence that says what the runs train on and why; again when that was lost. */
  readonly emitEngine: (reason: string) => void;
  /** Stops all threads at once. */
  readonly signal: AbortSignal;
}

/**
 * Trains the runs; returns when all have finished or failed, or when they were stopped.
 *
 * @throws InputError when the chosen engine cannot be had here
 * @throws Error when a device was lost and no other engine is left
 */
export async function trainSweep(plans: readonly RunPlan[], options: SweepOptions): Promise<void> {
  const { threads, startThread, emit, emitEngine, signal } = options;
  let jobs: readonly Job[] = plans.map((plan, run) => ({ run, plan }));
  let { choice } = options;
  let lost = '';
  while (!signal.aborted) {
    const count = Math.min(threads, jobs.length) - 1;
    const further = (): Promise<Slot | null>[] => furtherSlots(count, choice, startThread);
    const opening = openSweepWorker(startThread(), choice, jobs.length);
    // They start while the first does, but where a GPU may make them needless.
    const early = mayTakeGpu(choice) ? null : further();
    const first = await opening.catch((error: unknown) => {
      for (const slot of early ?? []) void slot.then((opened) => opened?.close());
      throw error;
    });
    // A GPU trains many runs in one thread; the threads of a CPU train one each.
    const onGpu = first.engine.name.endsWith('webgpu');
    const slots = [...first.slots, ...(onGpu ? [] : (early ?? further()))];
    const several =
      slots.length === 1 ? '' : ` ${String(slots.length)} runs train at the same time.`;
    emitEngine(`${lost}${first.reason}${several}`);
    const left = await trainTogether(jobs, slots, emit, signal);
    if (left === null) return;
    const successor = successorOf(first.engine.name);
    if (successor === null) throw new Error(`${left.reason} No other engine is left to train on.`);
    jobs = left.jobs;
    choice = successor;
    lost = `${left.reason} ${String(jobs.length)} runs begin anew. `;
  }
}

function mayTakeGpu(choice: EngineChoice): boolean {
  return choice === 'auto' ? hasWebGpu() : choice.endsWith('webgpu');
}

/** Threads with a slot each; null where one cannot be had: the others have more to do then. */
function furtherSlots(
  count: number,
  choice: EngineChoice,
  startThread: () => SweepThread,
): Promise<Slot | null>[] {
  return Array.from({ length: count }, async () => {
    try {
      const { slots } = await openSweepWorker(startThread(), choice, 1);
      return slots[0] ?? null;
    } catch {
      return null;
    }
  });
}
