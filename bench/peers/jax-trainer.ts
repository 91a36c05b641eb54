/** jax-js as a peer. */
import { defaultDevice, init, numpy as np, profiler, type Device } from '@jax-js/jax';
import { ADAM, type EpochPlan } from '../../src/engines/engine';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import { pickRows } from '../../src/math/pick-rows';
import { parameterTable, type ParameterTable } from '../../src/model/parameter-table';
import type { StepLosses, Task, Trainer } from '../trainer';
import { makeEncode, makeStep, type AdamTensors, type Step, type Tensors } from './jax-model';

/** @throws Error where jax-js finds no such device */
export async function startJax(device: Extract<Device, 'wasm' | 'webgpu'>): Promise<Trainer> {
  const found = await init(device);
  if (!found.includes(device)) throw new Error(`jax-js finds no ${device} here.`);
  defaultDevice(device);
  return new JaxTrainer(device);
}

interface Loaded {
  readonly task: Task;
  readonly table: ParameterTable;
  readonly step: Step;
  readonly encode: (weights: Tensors, x: np.Array) => np.Array;
  adam: AdamTensors;
  /** Adam steps taken. */
  steps: number;
}

class JaxTrainer implements Trainer {
  readonly device: string;
  #loaded: Loaded | null = null;

  constructor(device: string) {
    this.device = `jax-js on ${device}`;
  }

  load(task: Task): Promise<void> {
    this.dispose();
    const table = parameterTable(task.spec);
    const zeros = new Float32Array(table.total);
    this.#loaded = {
      task,
      table,
      step: makeStep(task.spec, task.settings),
      encode: makeEncode(task.spec),
      adam: {
        weights: cut(table, task.weights),
        firstMoment: cut(table, zeros),
        secondMoment: cut(table, zeros),
      },
      steps: 0,
    };
    return Promise.resolve();
  }

  async trainEpoch({ order, learningRate, contrastiveWeight }: EpochPlan): Promise<StepLosses> {
    const loaded = this.#get();
    const { examples, settings } = loaded.task;
    const losses: [np.Array, number][] = [];
    for (let from = 0; from < order.length; from += settings.batchSize) {
      const batch = order.subarray(from, from + settings.batchSize);
      const x = pickRows(examples.inputs, PARAMETER_COUNT, batch);
      const number = loaded.steps + 1;
      const [adam, stepLosses] = loaded.step(loaded.adam, {
        x: np.array(x, { shape: [batch.length, PARAMETER_COUNT] }),
        labels: np.array(Int32Array.from(batch, (row) => examples.labels[row] ?? 0)),
        contrastiveWeight: np.array(contrastiveWeight),
        stepSize: np.array(learningRate / (1 - ADAM.beta1 ** number)),
        secondScale: np.array(1 / Math.sqrt(1 - settings.beta2 ** number)),
        seed: np.array(Uint32Array.of(settings.seed + number * 1000)).reshape([]),
      });
      loaded.adam = adam;
      loaded.steps = number;
      losses.push([stepLosses, batch.length]);
      // As jax-js advises: not too much may wait.
      await stepLosses.blockUntilReady();
    }
    const means = { reconstruction: 0, contrastive: 0 };
    for (const [stepLosses, rows] of losses) {
      const [reconstruction = Number.NaN, contrastive = Number.NaN] = await floats(stepLosses);
      means.reconstruction += (reconstruction * rows) / order.length;
      means.contrastive += (contrastive * rows) / order.length;
    }
    return means;
  }

  async latents(): Promise<Float32Array> {
    const { task, adam, encode } = this.#get();
    const { rows, inputs } = task.examples;
    const weights = Object.fromEntries(
      Object.entries(adam.weights).map(([name, tensor]) => [name, tensor.ref]),
    );
    const x = np.array(inputs, { shape: [rows, PARAMETER_COUNT] });
    return floats(encode(weights, x));
  }

  async state(): Promise<{ weights: Float32Array; firstMoment: Float32Array }> {
    const { adam, table } = this.#get();
    return {
      weights: await join(table, adam.weights),
      firstMoment: await join(table, adam.firstMoment),
    };
  }

  /** What its own profiler tells of one step. */
  async kernels(): Promise<number> {
    const { settings } = this.#get().task;
    performance.clearMeasures();
    profiler.startTrace();
    await this.trainEpoch({
      order: Uint32Array.from({ length: settings.batchSize }, (_, i) => i),
      learningRate: 0.001,
      contrastiveWeight: 0.1,
      klWeight: 0,
    });
    profiler.stopTrace();
    const count = performance.getEntriesByType('measure').length;
    performance.clearMeasures();
    return count;
  }

  dispose(): void {
    if (this.#loaded !== null) disposeAdam(this.#loaded.adam);
    this.#loaded = null;
  }

  #get(): Loaded {
    if (this.#loaded === null) throw new Error('Nothing is loaded.');
    return this.#loaded;
  }
}

/** Uses the array up. */
async function floats(array: np.Array): Promise<Float32Array> {
  const data: unknown = await array.data();
  if (!(data instanceof Float32Array)) throw new Error('jax-js computes in other numbers.');
  return data;
}

function cut({ entries }: ParameterTable, flat: Float32Array): Tensors {
  return Object.fromEntries(
    entries.map(({ name, shape, offset, size }) => [
      name,
      np.array(flat.slice(offset, offset + size), { shape: [...shape] }),
    ]),
  );
}

async function join({ entries, total }: ParameterTable, tensors: Tensors): Promise<Float32Array> {
  const flat = new Float32Array(total);
  for (const { name, offset } of entries) {
    const tensor = tensors[name];
    if (tensor === undefined) throw new Error(`The model has no tensor ${name}.`);
    flat.set(await floats(tensor.ref), offset);
  }
  return flat;
}

function disposeAdam(adam: AdamTensors): void {
  for (const tensors of Object.values(adam)) {
    for (const tensor of Object.values(tensors)) tensor.dispose();
  }
}
