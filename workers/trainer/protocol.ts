/**
 * What the page and the training worker say to each other. Types only.
 *
 * The page sends commands and never waits; the worker owns data, engine, loop and storage, and
 * tells what happened.
 */
import type { AuditChoices } from '../../src/recipe/audit-choices';
import type { AuditReport, Cleaning } from '../../src/data/audit/report';
import type { RejectedRow, WordCount } from '../../src/data/rows';
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { ModelDocument, ModelMap, Scoreboard } from '../../src/model/model';
import type { RunSummary } from '../../src/storage/run-summary';
import type { EpochRecord } from '../../src/training/progress';
import type { Recipe } from '../../src/recipe/recipe';
import type { SweepRun, Variation } from '../../src/training/sweep/sweep';

export type { EngineChoice, RunSummary, Variation };

/** Page → worker. */
export type Command =
  /** A SAFE-DB file. Answered by data-loaded or refused. */
  | { type: 'load-data'; bytes: ArrayBuffer; synthetic: boolean }
  /** What is there to find in the loaded data? Answered by audit or refused. */
  | { type: 'audit' }
  /** What would these choices leave of the loaded data? Answered by cleaned or refused. */
  | { type: 'clean'; choices: AuditChoices }
  /** Choose (or choose again) who does the arithmetic. Answered by engine. */
  | { type: 'choose-engine'; choice: EngineChoice }
  /** Train a new run on the loaded data. `paused`: set up, then wait for step or resume. */
  | { type: 'start'; words: string[]; recipe: Recipe; name: string; paused: boolean }
  | { type: 'pause' }
  /** One epoch, then pause again. */
  | { type: 'step' }
  | { type: 'resume' }
  /** End the run here and keep what it learnt. */
  | { type: 'stop' }
  /**
   * Train every combination of the varied settings on the loaded data; a run that trains is paused.
   * Answered by sweep or refused. Until sweep-ended, no single run can be trained.
   */
  | { type: 'start-sweep'; words: string[]; recipe: Recipe; vary: Variation }
  /** End the sweep here; runs that finished are kept. Answered by sweep-ended. */
  | { type: 'stop-sweep' }
  /** A model file (ours, a checkpoint or the reference's). Answered by model or refused. */
  | { type: 'open-model'; bytes: ArrayBuffer }
  /** The fragment of a share link. Answered by model or refused. */
  | { type: 'open-link'; fragment: string }
  /** Answered by runs. */
  | { type: 'list-runs' }
  /** Show a saved run; an unfinished one can then be resumed. Answered by model or refused. */
  | { type: 'open-run'; id: string }
  | { type: 'rename-run'; id: string; name: string }
  | { type: 'delete-run'; id: string }
  /** What saved runs did and learnt, side by side. Answered by compared or refused. */
  | { type: 'compare'; ids: string[] }
  /** Answered by file (safetensors, or a zip of model.json and weights.bin). */
  | { type: 'export'; what: 'model' | 'layers-model' }
  /** Answered by link or refused. */
  | { type: 'share' };

/** A saved run, as much of it as is compared. */
export interface StoredRun {
  id: string;
  document: ModelDocument;
  weights: Float32Array;
  map: ModelMap | null;
  /** Empty where the file is a model alone. */
  history: EpochRecord[];
}

export type Phase = 'idle' | 'preparing' | 'training' | 'pausing' | 'paused' | 'stopping' | 'done';

/** Worker → page. */
export type TrainerEvent =
  | {
      type: 'data-loaded';
      sha256: string;
      synthetic: boolean;
      rows: number;
      contributors: number;
      /** The first of them: a hopeless file has more than anyone would read. */
      rejected: RejectedRow[];
      rejectedTotal: number;
    }
  | { type: 'audit'; report: AuditReport }
  /** `words`: all that the choices leave. */
  | { type: 'cleaned'; cleaning: Cleaning; words: WordCount[] }
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
  /** A model to show: live frames in training, opened files and links, the end of a run. */
  | {
      type: 'model';
      source: 'training' | 'file' | 'link' | 'run';
      document: ModelDocument;
      weights: Float32Array;
      map: ModelMap | null;
      /** What people set, row by row of the map, [rows, 13]; null where its data are not here. */
      settings: Float32Array | null;
    }
  | { type: 'saved'; id: string; epoch: number }
  /** A sweep has been laid out; what follows names its runs by their index in `runs`. */
  | {
      type: 'sweep';
      runs: SweepRun[];
      /** In label order. */
      words: string[];
    }
  /** What the sweep trains on, and why: a sentence. Told again when a lost device is replaced. */
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
  | { type: 'sweep-ended'; stopped: boolean }
  | { type: 'runs'; runs: RunSummary[] }
  /** In the order asked for. */
  | { type: 'compared'; runs: StoredRun[] }
  | { type: 'file'; name: string; mediaType: string; bytes: ArrayBuffer }
  | { type: 'link'; fragment: string }
  /** Something asked for cannot be had; nothing that runs is affected. */
  | { type: 'refused'; what: Command['type']; reason: string }
  /** Something went wrong on its own. `fatal`: the run stopped; its last checkpoint stands. */
  | { type: 'trouble'; reason: string; fatal: boolean };
