/**
 * The plain engine: TensorFlow.js, one operation after another, on any of its backends. It is
 * what faster engines are compared with.
 */
import * as tf from '@tensorflow/tfjs';
import { PARAMETER_COUNT } from '../../eq/parameters';
import { parameterTable, type ParameterTable } from '../../model/parameter-table';
import type { ModelSpec } from '../../model/spec';
import {
  EngineLostError,
  type Engine,
  type EngineDescription,
  type EpochPlan,
  type EpochResult,
  type Examples,
  type StepSettings,
  type TrainingState,
} from '../engine';
import { adamStep, type AdamTensors } from './adam';
import type { Backend } from './backends';
import { stepGradients } from './gradients';
import { cutWeights, decode, encode, namedWeights, type Network } from './network';

interface Loaded {
  readonly spec: ModelSpec;
  readonly table: ParameterTable;
  readonly settings: StepSettings;
  /** [rows, 13] */
  readonly inputs: tf.Tensor2D;
  /** [rows] */
  readonly labels: Int32Array;
  /** [watched rows, 13] */
  readonly watched: Float32Array;
  adam: AdamTensors;
  /** Adam steps taken. */
  step: number;
}

export class TfjsEngine implements Engine {
  readonly description: EngineDescription;
  readonly #backend: Backend;
  #loaded: Loaded | null = null;
  /** Why the device is gone; null while it is there. */
  #lost: string | null = null;

  constructor(backend: Backend) {
    this.#backend = backend;
    this.description = { name: `tfjs-${backend.name}`, device: backend.device };
    void backend.lost?.then((reason) => {
      this.#lost = reason;
    });
  }

  async load(
    spec: ModelSpec,
    state: TrainingState,
    examples: Examples,
    settings: StepSettings,
    watched = new Float32Array(0),
  ): Promise<void> {
    await this.#makeCurrent();
    this.#unload();
    // Copies, since TensorFlow.js keeps the array it is given.
    this.#loaded = {
      spec,
      table: parameterTable(spec),
      settings,
      inputs: tf.tensor2d(examples.inputs.slice(), [examples.rows, PARAMETER_COUNT]),
      labels: examples.labels.slice(),
      watched: watched.slice(),
      adam: {
        weights: tf.tensor1d(state.weights.slice()),
        firstMoment: tf.tensor1d(state.firstMoment.slice()),
        secondMoment: tf.tensor1d(state.secondMoment.slice()),
      },
      step: state.step,
    };
  }

  trainEpoch(plan: EpochPlan): Promise<EpochResult> {
    return this.#run(async (loaded) => {
      const sums = trainBatches(loaded, plan);
      const [reconstruction = 0, contrastive = 0] = await take(sums);
      const rows = plan.order.length;
      return {
        reconstruction: reconstruction / rows,
        contrastive: contrastive / rows,
        total: (reconstruction + plan.contrastiveWeight * contrastive) / rows,
        latents: await infer(loaded, encode, loaded.watched, PARAMETER_COUNT),
      };
    });
  }

  encode(inputs: Float32Array): Promise<Float32Array> {
    return this.#run((loaded) => infer(loaded, encode, inputs, PARAMETER_COUNT));
  }

  decode(latents: Float32Array): Promise<Float32Array> {
    return this.#run((loaded) => infer(loaded, decode, latents, loaded.spec.latent));
  }

  state(): Promise<TrainingState> {
    return this.#run(async ({ adam, step }) => ({
      weights: await read(adam.weights),
      firstMoment: await read(adam.firstMoment),
      secondMoment: await read(adam.secondMoment),
      step,
    }));
  }

  dispose(): void {
    this.#unload();
    this.#backend.stop();
  }

  #unload(): void {
    if (this.#loaded === null) return;
    tf.dispose([this.#loaded.inputs, this.#loaded.adam]);
    this.#loaded = null;
  }

  async #makeCurrent(): Promise<void> {
    if (this.#lost !== null) throw new EngineLostError(`The GPU went away: ${this.#lost}`);
    const { name } = this.#backend;
    if (tf.getBackend() !== name) await tf.setBackend(name);
  }

  async #run<T>(work: (loaded: Loaded) => Promise<T>): Promise<T> {
    await this.#makeCurrent();
    if (this.#loaded === null) throw new Error('The engine holds no model.');
    try {
      return await work(this.#loaded);
    } catch (error) {
      // A readback from a lost device rejects with a DOMException, now and then before the device
      // itself tells that it is lost.
      const gone = this.#backend.lost !== null && error instanceof DOMException;
      if (!gone && this.#lost === null) throw error;
      const reason = this.#lost ?? String(error);
      throw new EngineLostError(`The GPU went away: ${reason}`, { cause: error });
    }
  }
}

/** @returns sums over the plan's rows of reconstruction and contrastive loss, [2] */
function trainBatches(loaded: Loaded, plan: EpochPlan): tf.Tensor1D {
  const { batchSize } = loaded.settings;
  let sums = tf.zeros<tf.Rank.R1>([2]);
  for (let from = 0; from < plan.order.length; from += batchSize) {
    const batch = plan.order.subarray(from, from + batchSize);
    const before = [loaded.adam, sums];
    [loaded.adam, sums] = tf.tidy(() => {
      const { adam, losses } = trainStep(loaded, batch, plan);
      return [adam, tf.add<tf.Tensor1D>(sums, tf.mul(losses, batch.length))];
    });
    loaded.step += 1;
    tf.dispose(before);
  }
  return sums;
}

/** @param batch row numbers of the batch */
function trainStep(
  { spec, table, settings, inputs, labels, adam, step }: Loaded,
  batch: Uint32Array,
  { contrastiveWeight, learningRate }: EpochPlan,
): { adam: AdamTensors; losses: tf.Tensor1D } {
  const rows = {
    inputs: tf.gather(inputs, tf.tensor1d(Int32Array.from(batch), 'int32')),
    labels: Int32Array.from(batch, (row) => labels[row] ?? 0),
    step,
    contrastiveWeight,
  };
  const { gradient, losses } = stepGradients(spec, table, adam.weights, rows, settings);
  return { adam: adamStep(adam, gradient, step + 1, learningRate), losses };
}

/** One half of the network, dropout off, on values of the shape [rows, width]. */
function infer(
  { spec, table, adam }: Loaded,
  half: (net: Network, inputs: tf.Tensor2D) => tf.Tensor2D,
  values: Float32Array,
  width: number,
): Promise<Float32Array> {
  if (values.length === 0) return Promise.resolve(new Float32Array(0));
  const output = tf.tidy(() => {
    const weights = namedWeights(table, cutWeights(table, adam.weights));
    const inputs = tf.tensor2d(values.slice(), [values.length / width, width]);
    return half({ spec, weights, dropout: null }, inputs);
  });
  return take(output);
}

/** A copy of a tensor's values, which the caller may change or transfer. */
async function read(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data<'float32'>());
}

/** Reads a tensor and disposes of it. */
async function take(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return await read(tensor);
  } finally {
    tensor.dispose();
  }
}
