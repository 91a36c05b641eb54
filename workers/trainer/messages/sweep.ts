/** Sweeps: many runs that differ in a few settings. */
import * as v from 'valibot';
import type { ModelMap, Scoreboard } from '../../../src/model/model';
import { recipeSchema } from '../../../src/recipe/recipe';
import type { EpochRecord } from '../../../src/training/progress';
import { variationSchema, type SweepRun, type Variation } from '../../../src/training/sweep/sweep';
import { words } from './bounds';

/** Its lists are read only, as the page has them. */
const vary: v.GenericSchema<unknown, Variation> = variationSchema;

export const sweepCommands = [
  /**
   * Train every combination of the varied settings on the loaded data; a run that trains is paused.
   * Answered by sweep or refused. Until sweep-ended, no single run can be trained.
   */
  v.strictObject({
    type: v.literal('start-sweep'),
    words,
    recipe: recipeSchema,
    vary,
  }),
  /** End the sweep here; runs that finished are kept. Answered by sweep-ended. */
  v.strictObject({ type: v.literal('stop-sweep') }),
] as const;

export type SweepTrainerEvent =
  /** A sweep has been laid out; what follows names its runs by their index in `runs`. */
  | {
      type: 'sweep';
      runs: SweepRun[];
      /** In label order. */
      words: string[];
    }
  /** What the sweep trains on, and why: a sentence. Sent again when a lost device is replaced. */
  | { type: 'sweep-engine'; reason: string }
  /**
   * Epochs trained since the last such message, in order for each run. A run begins anew at epoch 1
   * when its device was lost.
   */
  | { type: 'sweep-epochs'; epochs: { run: number; record: EpochRecord }[] }
  /** A run has finished; `id` is the saved run's, null when there was no room to save it. */
  | { type: 'sweep-run'; run: number; id: string | null; scoreboard: Scoreboard; map: ModelMap }
  /** A run cannot go on; the others do. */
  | { type: 'sweep-failed'; run: number; reason: string }
  /** Nothing of the sweep trains any more: all runs finished or failed, or it was stopped. */
  | { type: 'sweep-ended'; stopped: boolean };
