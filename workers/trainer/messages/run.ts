/** The run that is open, and the engine it trains on. */
import * as v from 'valibot';
import { ENGINE_CHOICES, type EngineChoice } from '../../../src/engines/engine-choice';
import { recipeSchema, type Recipe } from '../../../src/recipe/recipe';
import type { Scoreboard } from '../../../src/model/model';
import type { TimelineFrame } from '../../../src/timeline/timeline';
import type { EpochRecord } from '../../../src/training/progress';
import { name, words } from './bounds';

export const runCommands = [
  /** Choose (or choose again) what does the arithmetic. Answered by engine. */
  v.strictObject({ type: v.literal('choose-engine'), choice: v.picklist(ENGINE_CHOICES) }),
  /** Train a new run on the loaded data. `paused`: set up, then wait for step or resume. */
  v.strictObject({
    type: v.literal('start'),
    words,
    recipe: recipeSchema,
    name,
    paused: v.boolean(),
    /** `shown`: begin with the weights of the model that is shown; refused where they do not fit. */
    from: v.optional(v.literal('shown')),
  }),
  v.strictObject({ type: v.literal('pause') }),
  /** One epoch, then pause again. */
  v.strictObject({ type: v.literal('step') }),
  v.strictObject({ type: v.literal('resume') }),
  /** End the run here and keep what it learnt. */
  v.strictObject({ type: v.literal('stop') }),
  /** Give up the figures that are being taken, and take none until measure. */
  v.strictObject({ type: v.literal('cancel-measuring') }),
  v.strictObject({ type: v.literal('measure') }),
] as const;

/** 0 to 1; null while nobody need know, `cancelled` once they were given up. */
export type MeasuringShare = number | 'cancelled' | null;

export type Phase = 'idle' | 'preparing' | 'training' | 'pausing' | 'paused' | 'stopping' | 'done';

export type RunEvent =
  | {
      type: 'engine';
      choice: EngineChoice;
      /** 'tfjs-webgpu' … */
      name: string;
      device: string;
      /** Why this one: a sentence. */
      reason: string;
    }
  /** A run is set up or reopened; `history` holds the epochs it already has. */
  | {
      type: 'run';
      id: string;
      name: string;
      recipe: Recipe;
      words: string[];
      trainingRows: number;
      heldOutRows: number;
      stepsPerEpoch: number;
      /** False for a run that is only shown: finished, or its data set is not here, or another tab
       *  trains it. */
      resumable: boolean;
      /** Why it is not resumable: a sentence; null when it is, or when it is finished. */
      reason: string | null;
      history: EpochRecord[];
    }
  | { type: 'phase'; phase: Phase }
  /** One epoch trained. `seconds` is the arithmetic's time for it. */
  | { type: 'epoch'; record: EpochRecord; steps: number; seconds: number }
  /** What is added to the run's timeline: all that is kept of a run that is opened, then piece by piece. */
  | { type: 'timeline'; frames: TimelineFrame[]; scoreboards: Scoreboard[] }
  | { type: 'saved'; id: string; epoch: number }
  /** How far the figures are, where they take their time. */
  | { type: 'measuring'; share: MeasuringShare };
