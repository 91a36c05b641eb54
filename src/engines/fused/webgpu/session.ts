/** One model in the device's memory: its buffers, and the submissions that train and use it. */
import { PARAMETER_COUNT } from '../../../eq/parameters';
import type { ModelSpec } from '../../../model/spec';
import { EngineLostError, type EpochPlan, type Examples, type StepSettings } from '../../engine';
import { buildTape } from '../build-tape';
import { epochNoise, noiseWidth } from '../epoch-noise';
import { readState, writeState, type FlatState } from '../flat-state';
import type { StepValues } from '../step-values';
import { LOSS_SUMS, type Span, type Tape } from '../tape';
import { bufferOf, filledBuffer, readFloats } from './buffers';
import type { Kernels } from './kernels';
import { programOf, RANGES, type Program, type RangeName } from './program';

/** Bytes from one entry of a uniform table to the next: what every device allows. */
const UNIFORM = 256;

/** Bytes of struct Step, and of struct Range. */
const STEP_BYTES = 52;
const RANGE_BYTES = 8;

/** Most workgroups along one side of a dispatch. */
const SIDE = 32_768;

/** Floats of padding behind the matrices: the last tiles read a little beyond them. */
const BEYOND = 1024;

/** A step, or a chunk of rows to encode or decode. */
type Batch = Pick<StepValues, 'first' | 'rows'> & Partial<StepValues>;

type Weights = Pick<EpochPlan, 'contrastiveWeight' | 'klWeight'>;

/** What a submission reads and writes beside the model. */
interface Task {
  readonly examples: GPUBuffer;
  /** Row numbers and noise. */
  readonly order: Uint32Array<ArrayBuffer>;
  readonly batches: readonly Batch[];
  /** What the losses weigh. */
  readonly weights: Weights;
  /** Of each batch, in this order. */
  readonly ranges: readonly RangeName[];
  /** Floats that it gives. */
  readonly results: number;
}

export class WebGpuSession {
  readonly tape: Tape;
  readonly #device: GPUDevice;
  readonly #kernels: Kernels;
  readonly #settings: StepSettings;
  /** Rows of all examples. */
  readonly #rows: number;
  readonly #program: Program;
  readonly #arena: GPUBuffer;
  readonly #examples: GPUBuffer;
  /** Operations, updates and work. */
  readonly #records: readonly GPUBuffer[];
  readonly #ranges: GPUBuffer;
  /** Floats of the weights, their copies and moments at the arena's start. */
  readonly #kept: number;

  private constructor(
    device: GPUDevice,
    kernels: Kernels,
    spec: ModelSpec,
    state: FlatState,
    examples: Examples,
    settings: StepSettings,
  ) {
    this.#device = device;
    this.#kernels = kernels;
    this.#settings = settings;
    this.#rows = examples.rows;
    const { rows: groups } = kernels.profile;
    this.tape = buildTape(spec, {
      // Workgroups write whole groups of rows.
      batchSize: Math.ceil(settings.batchSize / groups) * groups,
      dropout: settings.dropout > 0,
      reconstruction: settings.reconstruction,
      layout: { panel: null, stride: (columns) => Math.ceil(columns / 4) * 4 },
    });
    const bytes = (this.tape.arenaSize + BEYOND) * 4;
    const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
    if (bytes > most) throw tooLarge(bytes);
    this.#program = programOf(this.tape, examples.rows, kernels.profile);
    const { STORAGE, COPY_SRC, COPY_DST, UNIFORM: AS_UNIFORM } = GPUBufferUsage;
    this.#arena = bufferOf(device, bytes, STORAGE | COPY_SRC | COPY_DST);
    this.#examples = filledBuffer(device, joined(examples));
    const { ops, updates, work, ranges } = this.#program;
    this.#records = [ops, updates, work].map((words) => filledBuffer(device, words));
    this.#ranges = filledBuffer(
      device,
      table(RANGES, (view, name) => {
        view.setUint32(0, ranges[name].start, true);
        view.setUint32(4, ranges[name].end, true);
      }),
      AS_UNIFORM,
    );
    this.#kept = Math.min(
      ...this.tape.matrices.filter(({ batch }) => batch !== 'none').map(({ offset }) => offset),
    );
    const weights = new Float32Array(this.#kept);
    writeState(weights, this.tape, state);
    device.queue.writeBuffer(this.#arena, 0, weights);
  }

  /** @throws EngineLostError when the device has not so much memory */
  static async create(
    device: GPUDevice,
    kernels: Kernels,
    spec: ModelSpec,
    state: FlatState,
    examples: Examples,
    settings: StepSettings,
  ): Promise<WebGpuSession> {
    device.pushErrorScope('out-of-memory');
    let session;
    let error;
    try {
      session = new WebGpuSession(device, kernels, spec, state, examples, settings);
    } finally {
      error = await device.popErrorScope();
    }
    if (error !== null) {
      session.dispose();
      throw tooLarge(session.tape.arenaSize * 4);
    }
    return session;
  }

  /** @returns for each step, sums over its rows of its losses, [steps, LOSS_SUMS] */
  train(plan: EpochPlan, steps: readonly StepValues[]): Promise<Float32Array> {
    return this.#run({
      examples: this.#examples,
      order: this.#orderAndNoise(plan, steps),
      batches: steps,
      weights: plan,
      ranges: ['forward', 'contrastive', 'backward', 'update'],
      results: LOSS_SUMS * steps.length,
    });
  }

  /** [rows, width of the span's input] → [rows, width of its output], dropout off. */
  async use(name: 'encode' | 'decode', values: Float32Array): Promise<Float32Array> {
    const { input, output }: Span = this.tape[name];
    const rows = values.length / input.columns;
    const size = this.tape.batchSize;
    const examples = filledBuffer(this.#device, Float32Array.from(values));
    try {
      return await this.#run({
        examples,
        order: new Uint32Array(1),
        batches: Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({
          first: i * size,
          rows: Math.min(size, rows - i * size),
        })),
        weights: { contrastiveWeight: 0, klWeight: 0 },
        ranges: [name],
        results: rows * output.columns,
      });
    } finally {
      examples.destroy();
    }
  }

  async state(): Promise<FlatState> {
    return readState(await readFloats(this.#device, this.#arena, this.#kept), this.tape);
  }

  dispose(): void {
    for (const buffer of [this.#arena, this.#examples, this.#ranges, ...this.#records]) {
      buffer.destroy();
    }
  }

  /** The plan's row numbers, and its noise from where the numbers of all rows would end. */
  #orderAndNoise({ order }: EpochPlan, steps: readonly StepValues[]): Uint32Array<ArrayBuffer> {
    const width = noiseWidth(this.tape.spec);
    if (width === 0) return Uint32Array.from(order);
    const noise = epochNoise(this.#settings.seed, steps, width);
    const both = new Uint32Array(this.#rows + noise.length);
    both.set(order);
    both.set(new Uint32Array(noise.buffer), this.#rows);
    return both;
  }

  /** Every dispatch of every batch in one pass, and one readback. */
  async #run(task: Task): Promise<Float32Array> {
    const { batches, ranges, weights } = task;
    const steps = filledBuffer(
      this.#device,
      table(batches, (view, batch, i) => {
        this.#writeStep(view, batch, i, weights);
      }),
      GPUBufferUsage.UNIFORM,
    );
    const order = filledBuffer(this.#device, task.order);
    const results = bufferOf(
      this.#device,
      task.results * 4,
      GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
    );
    const storage = [this.#arena, ...this.#records, task.examples, order, results];
    const bindings = this.#device.createBindGroup({
      layout: this.#kernels.layout,
      entries: [
        ...storage.map((buffer) => ({ buffer })),
        { buffer: steps, size: STEP_BYTES },
        { buffer: this.#ranges, size: RANGE_BYTES },
      ].map((resource, binding) => ({ binding, resource })),
    });
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    batches.forEach(({ rows }, i) => {
      for (const name of ranges) {
        pass.setBindGroup(0, bindings, [i * UNIFORM, RANGES.indexOf(name) * UNIFORM]);
        if (name === 'update') {
          const { start, end } = this.#program.ranges.update;
          pass.setPipeline(this.#kernels.tiles);
          const across = Math.min(end - start, SIDE);
          pass.dispatchWorkgroups(across, Math.ceil((end - start) / across));
        } else {
          pass.setPipeline(name === 'backward' ? this.#kernels.backward : this.#kernels.forward);
          pass.dispatchWorkgroups(Math.ceil(rows / this.#kernels.profile.rows));
        }
      }
    });
    pass.end();
    try {
      return await readFloats(this.#device, results, task.results, encoder);
    } finally {
      for (const buffer of [steps, order, results]) buffer.destroy();
    }
  }

  /** Struct Step of bindings.wgsl. */
  #writeStep(view: DataView, batch: Batch, number: number, weights: Weights): void {
    const { temperature, contrastiveSelf, seed, dropout } = this.#settings;
    const { first, rows, step = 0, stepSize = 0, secondScale = 1 } = batch;
    [first, rows, step, number].forEach((value, i) => {
      view.setUint32(4 * i, value, true);
    });
    [stepSize, secondScale, weights.contrastiveWeight, temperature].forEach((value, i) => {
      view.setFloat32(16 + 4 * i, value, true);
    });
    view.setUint32(32, seed, true);
    view.setUint32(36, Math.round(dropout * 2 ** 24), true);
    view.setFloat32(40, 1 / (1 - dropout), true);
    view.setUint32(44, contrastiveSelf ? 1 : 0, true);
    view.setFloat32(48, weights.klWeight, true);
  }
}

/** Inputs, then labels. */
function joined({ rows, inputs, labels }: Examples): Float32Array<ArrayBuffer> {
  const all = new Float32Array(rows * (PARAMETER_COUNT + 1));
  all.set(inputs);
  all.set(labels, rows * PARAMETER_COUNT);
  return all;
}

/** A table of uniforms, one entry after another. */
function table<T>(
  entries: readonly T[],
  write: (view: DataView, entry: T, i: number) => void,
): ArrayBuffer {
  const buffer = new ArrayBuffer(entries.length * UNIFORM);
  entries.forEach((entry, i) => {
    write(new DataView(buffer, i * UNIFORM, UNIFORM), entry, i);
  });
  return buffer;
}

function tooLarge(bytes: number): EngineLostError {
  const size = String(Math.ceil(bytes / 2 ** 20));
  return new EngineLostError(
    `Training this model needs ${size} MiB of the GPU's memory, more than it gives.`,
  );
}
