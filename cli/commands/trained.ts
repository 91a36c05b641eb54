/** What training gives, wherever it took place. */
import type { Model } from '../../src/model/model';
import type { Recipe } from '../../src/recipe/recipe';
import type { EpochRecord } from '../../src/training/progress';
import type { Output } from '../output';

export interface TrainedEngine {
  /** 'tfjs-webgpu' … */
  readonly name: string;
  /** What it ran on, for people. */
  readonly device: string;
  /** Why this one: a sentence. */
  readonly reason: string;
}

export interface Trained {
  readonly model: Model;
  readonly engine: TrainedEngine;
  readonly history: readonly EpochRecord[];
  /** Adam steps taken. */
  readonly steps: number;
  /** Time the arithmetic of all epochs took. */
  readonly seconds: number;
}

/** Who is told how training goes. */
export interface TrainingListener {
  /** Called after each epoch, with the time that its arithmetic took. */
  readonly onEpoch: (record: EpochRecord, seconds: number) => void;
  /** What people should know, such as which engine trains: a sentence. */
  readonly note: (sentence: string) => void;
}

/** Writes a line for each epoch. */
export function progressListener(
  { epochs, variational }: Recipe,
  { note }: Output,
): TrainingListener {
  return {
    onEpoch: ({ epoch, total, ...losses }, seconds) => {
      const kl = variational ? `KL ${losses.kl.toFixed(4)}, ` : '';
      note(
        `epoch ${String(epoch)}/${String(epochs)}: total ${total.toFixed(4)}, ` +
          `reconstruction ${losses.reconstruction.toFixed(5)}, ` +
          `words ${losses.contrastive.toFixed(4)}, ${kl}${seconds.toFixed(2)} s`,
      );
    },
    note,
  };
}
