/** Where a run stands between two epochs: with the weights, all that resuming needs. */
import type { Model } from '../model/model';

/** What one epoch did. */
export interface EpochRecord {
  /** From 1. */
  readonly epoch: number;
  /** Mean losses over the epoch's rows; see EpochLosses. */
  readonly reconstruction: number;
  readonly contrastive: number;
  readonly kl: number;
  readonly total: number;
  /**
   * Reconstruction loss of the validation rows after the epoch, dropout off; null where there are
   * none.
   */
  readonly validation: number | null;
  /** The losses' weights and the learning rate the epoch ran with. */
  readonly contrastiveWeight: number;
  readonly klWeight: number;
  readonly learningRate: number;
}

/** Memory of the schedule that halves the learning rate on a plateau. */
export interface PlateauState {
  readonly learningRate: number;
  /** Best total loss so far; null before the first epoch. */
  readonly best: number | null;
  /** Epochs since the best. */
  readonly badEpochs: number;
}

export interface Progress {
  /** Epochs finished. */
  readonly epoch: number;
  /** Adam steps taken. */
  readonly step: number;
  /** Adam's moments, flat in parameter-table order, [total] each. */
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
  readonly plateau: PlateauState;
  readonly history: readonly EpochRecord[];
  /**
   * The weights after the epoch with the smallest validation loss, [total]; null where the run does
   * not stop early.
   */
  readonly bestWeights: Float32Array | null;
}

/** A run between two epochs, to go on from. */
export interface TrainingCheckpoint {
  readonly model: Model;
  readonly progress: Progress;
}
