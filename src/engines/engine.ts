/** Who does the arithmetic of training, behind one small interface. */
import type { ColumnScale } from '../model/normaliser-schema';
import type { ModelSpec } from '../recipe/model-spec';
import type { Recipe } from '../recipe/recipe';
import type { Votes } from './votes';

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
  /** What the encoder sees, row-major [rows, input width of the spec]; see encoderInputs. */
  readonly inputs: Float32Array;
  /**
   * What the reconstruction is compared with: normalised parameters [rows, 13], or for the losses
   * `response` and `shape` dB at the points of the response grid [rows, 64]. Left out: the inputs,
   * where they are parameters and the loss is of parameters.
   */
  readonly targets?: Float32Array;
  /**
   * 1 for the parameters that count in the losses `mse` and `mae`, 0 for those that do not,
   * [rows, 13]: the frequency and Q of a silent band are noise. Left out: all count.
   */
  readonly mask?: Float32Array;
  /** Words among rows' neighbours; needed where the spec has a word head. */
  readonly votes?: Votes;
  /**
   * Index of each row's word, [rows]; −1 for a row without a word, which the contrastive loss
   * leaves out altogether: it has no loss of its own, and is in no other row's sums.
   */
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
   * The seed log's variant of the supervised contrastive loss keeps the row itself in the
   * denominator; the standard form (Khosla et al. 2020) leaves it out.
   */
  readonly contrastiveSelf: boolean;
  /**
   * A row's loss. `mse`, `mae`: squared or absolute errors of the normalised parameters, those that
   * the mask lets count summed and divided by 13. `response`: mean square, over the points of the
   * response grid, of the difference in dB between the curve that the decoder's parameters make
   * and the row's target. `shape`: the same once the difference's own mean over the points is
   * taken away.
   */
  readonly reconstruction: Recipe['reconstruction'];
  /**
   * How a normalised parameter becomes dB, Hz and Q, by column, [13]: what `response` and `shape`
   * need; none otherwise. Frequencies must come out below half the grid's sample rate.
   */
  readonly columns: readonly ColumnScale[];
  /**
   * Decoupled weight decay: before each Adam step the weight matrices of linear layers (neither
   * biases nor layer norms) are multiplied by 1 − learningRate × weightDecay.
   *
   * Source: I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019, in
   * the form of PyTorch's AdamW.
   */
  readonly weightDecay: number;
  /** Adam's β₂, in [0, 1): the share of its second moment that a step keeps. */
  readonly beta2: number;
  /** Seed of the dropout masks and of a variational latent's noise. */
  readonly seed: number;
}

/** One epoch, planned to the last detail, so that an engine draws nothing itself. */
export interface EpochPlan {
  /**
   * Row numbers in training order, as many as there may be, each as often as it may be: batches are
   * consecutive slices, the last may be short.
   */
  readonly order: Uint32Array;
  readonly learningRate: number;
  /** Of the contrastive loss, or in its place of the word head's. */
  readonly contrastiveWeight: number;
  /** Weight of the KL divergence, for a variational model; else of no effect. */
  readonly klWeight: number;
}

/** Means over the rows of an epoch's order of the losses the steps saw (dropout on, latents drawn). */
export interface EpochLosses {
  /** See StepSettings. */
  readonly reconstruction: number;
  /**
   * A row without a partner in its batch, or without a word, adds 0 and counts in the mean. Of a model
   * with a word head it is the divergence of the head's words from a row's votes, likewise.
   */
  readonly contrastive: number;
  /**
   * KL divergence of a row's latent distribution from the standard normal one, summed over the
   * latent; 0 where the model is not variational.
   */
  readonly kl: number;
  /** reconstruction + contrastiveWeight × contrastive + klWeight × kl. */
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
 * Adam's constants are PyTorch's: β₁ 0.9, ε 1e-8 outside the square root. β₂ is a setting.
 */
export interface Engine {
  readonly description: EngineDescription;
  /**
   * Takes a model, its training state and the training rows; replaces what was loaded before.
   *
   * @param watched rows to encode after every epoch, encoder's inputs [rows, input width]; none
   *   where left out. They are not copied, so nobody may change them
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
  /** Latents of encoder's inputs, dropout off: [rows, input width] → [rows, latent]. */
  encode(inputs: Float32Array): Promise<Float32Array>;
  /**
   * The same by other weights, [total], to the bits that they would give if they were loaded. Left
   * out by engines to which encoding is cheap: what is needed of weights that training will change
   * can be encoded before.
   */
  encodeBy?(weights: Float32Array, inputs: Float32Array): Promise<Float32Array>;
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

/** Adam's constants, PyTorch's defaults; its β₂ is one of {@link StepSettings}. */
export const ADAM = { beta1: 0.9, epsilon: 1e-8 } as const;
