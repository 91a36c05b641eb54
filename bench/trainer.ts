/** What the bench asks of a peer that runs in JavaScript: the least that all of them can do. */
import type { EpochPlan, Examples, StepSettings } from '../src/engines/engine';
import type { ModelSpec } from '../src/recipe/model-spec';

/** What is trained: a model with its initial weights, and rows. */
export interface Task {
  readonly spec: ModelSpec;
  readonly settings: StepSettings;
  readonly examples: Examples;
  /** How many rows the examples have before they begin again at the first. */
  readonly distinct: number;
  /** Flat, in parameter-table order, [total]. */
  readonly weights: Float32Array;
}

export interface StepLosses {
  readonly reconstruction: number;
  readonly contrastive: number;
}

export interface Trainer {
  /** On what it runs, for people. */
  readonly device: string;
  load(task: Task): Promise<void>;
  /** Runs every batch of the plan; means over its rows. */
  trainEpoch(plan: EpochPlan): Promise<StepLosses>;
  /** Latents of all rows of the task, dropout off. */
  latents(): Promise<Float32Array>;
  /** Flat, in parameter-table order, each [total]. */
  state(): Promise<{ readonly weights: Float32Array; readonly firstMoment: Float32Array }>;
  /** Kernels or operations of a step, by the trainer's own count. */
  kernels(): Promise<number>;
  dispose(): void;
}
