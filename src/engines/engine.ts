/** Who does the arithmetic of training, behind one small interface. */
import type { ModelSpec } from '../model/spec';

/** What training changes: the model's weights and Adam's memory, flat, in parameter-table order. */
export interface TrainingState {
  /** [total] */
  readonly weights: Float32Array;
  /** Adam's first moment, [total]; zeros at the start. */
  readonly firstMoment: Float32Array;
  /** Adam's second moment, [total]; zeros at the start. */
  readonly secondMoment: Float32Array;
  /** Adam steps taken so far. */
  readonly step: number;
}

/** The rows an engine trains on, given once. */
export interface Examples {
  readonly rows: number;
  /** Normalised parameters, row-major [rows, 13]. */
  readonly inputs: Float32Array;
  /** Index of each row's word, [rows]. */
  readonly labels: Int32Array;
}

/** What of a recipe the arithmetic of a step needs; constant through a run. */
export interface StepSettings {
  readonly batchSize: number;
  /** Share of activations dropped, in [0, 1). */
  readonly dropout: number;
  /** Temperature of the contrastive loss. */
  readonly temperature: number;
  /**
   * The founding log's variant of the supervised contrastive loss keeps the row itself in the
   * denominator; the standard form (Khosla et al. 2020) leaves it out.
   */
  readonly contrastiveSelf: boolean;
  /** Seed of the dropout masks. */
  readonly seed: number;
}

/** One epoch, planned to the last detail, so that an engine draws nothing itself. */
export interface EpochPlan {
  /** Row numbers in training order, [rows]; batches are consecutive slices, the last may be short. */
  readonly order: Uint32Array;
  readonly learningRate: number;
  readonly contrastiveWeight: number;
}

/** Means over an epoch's rows of the losses the steps saw (dropout on). */
export interface EpochLosses {
  /** Mean squared error on the normalised parameters. */
  readonly reconstruction: number;
  readonly contrastive: number;
  /** reconstruction + contrastiveWeight × contrastive. */
  readonly total: number;
}

/** What an epoch gives. */
export interface EpochResult extends EpochLosses {
  /** Of the watched rows with the weights after the epoch, dropout off, [watched rows, latent]. */
  readonly latents: Float32Array;
}

export interface EngineDescription {
  /** 'tfjs-webgpu', 'tfjs-wasm', 'tfjs-cpu' … */
  readonly name: string;
  /** What it runs on, for people: the adapter's name, "WebAssembly SIMD". */
  readonly device: string;
}

/**
 * An engine holds one model in training. Calls must not overlap.
 *
 * Adam's constants are PyTorch's: β₁ 0.9, β₂ 0.999, ε 1e-8 outside the square root.
 */
export interface Engine {
  readonly description: EngineDescription;
  /**
   * Takes a model, its training state and the training rows; replaces what was loaded before.
   *
   * @param watched rows to encode after every epoch, normalised parameters [rows, 13]; none where
   *   left out
   */
  load(
    spec: ModelSpec,
    state: TrainingState,
    examples: Examples,
    settings: StepSettings,
    watched?: Float32Array,
  ): Promise<void>;
  /**
   * Runs every batch of the plan, then encodes the watched rows. Throws {@link EngineLostError}
   * when the device is gone.
   */
  trainEpoch(plan: EpochPlan): Promise<EpochResult>;
  /** Latents of `rows` normalised rows, dropout off: [rows, 13] → [rows, latent]. */
  encode(inputs: Float32Array): Promise<Float32Array>;
  /** Normalised parameters of latents: [rows, latent] → [rows, 13]. */
  decode(latents: Float32Array): Promise<Float32Array>;
  /** A copy of the state, fit for a checkpoint. */
  state(): Promise<TrainingState>;
  dispose(): void;
}

/** The device went away (driver reset, out of memory); the run goes on from its last checkpoint. */
export class EngineLostError extends Error {
  override readonly name = 'EngineLostError';
}

/** Adam's constants, PyTorch's defaults. */
export const ADAM = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
