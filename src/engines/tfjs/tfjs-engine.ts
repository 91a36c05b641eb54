/**
 * The plain engine: TensorFlow.js, one operation after another, on any of its backends. It is
 * what faster engines are compared with.
 */
import * as tf from '@tensorflow/tfjs';
import { inputWidth } from '../../model/inputs';
import { parameterTable, type ParameterTable } from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';
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
import { votesOf, type Votes } from '../votes';
import { adamStep, type AdamTensors } from './adam';
import type { Backend } from './backends';
import { stepGradients } from './gradients';
import type { Expected } from './losses';
import { cutWeights, decode, encode, namedWeights, type Network } from './network';

/** The examples, or what of them is in a batch. */
interface RowTensors extends Omit<Expected, 'votes'> {
  /** [rows, input width] */
  readonly inputs: tf.Tensor2D;
}

interface Loaded {
  readonly spec: ModelSpec;
  readonly table: ParameterTable;
  readonly settings: StepSettings;
  readonly rows: RowTensors;
  /** [rows] */
  readonly labels: Int32Array;
  /** Asked for batch by batch: to find those of a large file's rows takes seconds. */
  readonly votes: Votes | null;
  /** 1 for the elements of linear layers' weights, which decay, else 0, [total]; null for no decay. */
  readonly decaying: tf.Tensor1D | null;
  /** [watched rows, input width] */
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
    const table = parameterTable(spec);
    this.#loaded = {
      spec,
      table,
      settings,
      rows: rowTensors(examples),
      decaying: settings.weightDecay === 0 ? null : decayingElements(table),
      labels: examples.labels.slice(),
      votes: examples.votes ?? null,
      watched: watched.slice(),
      // Copies, since TensorFlow.js keeps the array it is given.
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
      const [reconstruction = 0, contrastive = 0, kl = 0] = await take(sums);
      const rows = plan.order.length;
      const { contrastiveWeight, klWeight } = plan;
      return {
        reconstruction: reconstruction / rows,
        contrastive: contrastive / rows,
        kl: kl / rows,
        total: (reconstruction + contrastiveWeight * contrastive + klWeight * kl) / rows,
        latents: await infer(loaded, encode, loaded.watched, inputWidth(loaded.spec)),
      };
    });
  }

  encode(inputs: Float32Array): Promise<Float32Array> {
    return this.#run((loaded) => infer(loaded, encode, inputs, inputWidth(loaded.spec)));
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
    const { rows, decaying, adam } = this.#loaded;
    tf.dispose([rows.inputs, rows.targets, adam]);
    for (const tensor of [rows.mask, decaying]) tensor?.dispose();
    this.#loaded = null;
  }

  async #makeCurrent(): Promise<void> {
    if (this.#lost !== null) throw new EngineLostError(`The GPU stopped answering: ${this.#lost}`);
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
      throw new EngineLostError(`The GPU stopped answering: ${reason}`, { cause: error });
    }
  }
}

/** @returns sums over the plan's rows of reconstruction loss, contrastive loss and KL, [3] */
function trainBatches(loaded: Loaded, plan: EpochPlan): tf.Tensor1D {
  const { batchSize } = loaded.settings;
  let sums = tf.zeros<tf.Rank.R1>([3]);
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
  { spec, table, settings, rows, labels, votes, decaying, adam, step }: Loaded,
  batch: Uint32Array,
  { contrastiveWeight, klWeight, learningRate }: EpochPlan,
): { adam: AdamTensors; losses: tf.Tensor1D } {
  const numbers = tf.tensor1d(Int32Array.from(batch), 'int32');
  const gathered = {
    inputs: tf.gather(rows.inputs, numbers),
    targets: tf.gather(rows.targets, numbers),
    mask: rows.mask === null ? null : tf.gather(rows.mask, numbers),
    votes: votes === null ? null : tf.tensor2d(votesOf(votes, batch), [batch.length, votes.words]),
    labels: Int32Array.from(batch, (row) => labels[row] ?? 0),
    step,
    contrastiveWeight,
    klWeight,
  };
  const { gradient, losses } = stepGradients(spec, table, adam.weights, gathered, settings);
  const decay = learningRate * settings.weightDecay;
  const kept = decaying === null ? null : tf.sub<tf.Tensor1D>(1, tf.mul(decaying, decay));
  return {
    adam: adamStep(adam, gradient, step + 1, { learningRate, beta2: settings.beta2 }, kept),
    losses,
  };
}

/** In copies, since TensorFlow.js keeps the array it is given. */
function rowTensors(examples: Examples): RowTensors {
  const { rows, inputs, targets, mask } = examples;
  const tensor = (values: Float32Array): tf.Tensor2D =>
    tf.tensor2d(values.slice(), [rows, values.length / rows]);
  return {
    inputs: tensor(inputs),
    targets: tensor(targets ?? inputs),
    mask: mask === undefined ? null : tensor(mask),
  };
}

function decayingElements({ entries, total }: ParameterTable): tf.Tensor1D {
  const elements = new Float32Array(total);
  for (const { role, offset, size } of entries) {
    if (role === 'weight') elements.fill(1, offset, offset + size);
  }
  return tf.tensor1d(elements);
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
