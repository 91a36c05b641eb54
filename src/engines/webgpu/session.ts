/**
 * Runs of one shape in the device's memory, trained in the same dispatches: their buffers, and the
 * submissions that train and use them. How many there are changes nothing for any of them.
 */
import { inputWidth } from '../../model/inputs';
import type { ModelSpec } from '../../recipe/model-spec';
import type { EpochPlan, EpochResult, StepSettings, TrainingState } from '../engine';
import { epochMeans } from '../tape/epoch-means';
import { epochNoise, noiseWidth } from '../tape/epoch-noise';
import { readState, writeState } from '../tape/flat-state';
import { stepsOf } from '../tape/step-values';
import { LOSS_SUMS, type Tape } from '../tape/tape';
import { bufferOf, filledBuffer, readParts, type Part } from './buffers';
import type { Kernels } from './kernels';
import { programOfRuns, RANGES, type Program, type RangeName } from './program';
import { BEYOND, joined, tapeOf, type RunData } from './run-data';
import { tableOf, type Order } from './orders';

/** Bytes from one range to the next: what every device allows for uniforms. */
const UNIFORM = 256;

/** Bytes of struct Range. */
const RANGE_BYTES = 16;

/** Most workgroups along one side of a dispatch. */
const SIDE = 32_768;

interface LoadedRun {
  readonly settings: StepSettings;
  /** Numbers of its first row and its first watched row among those of all runs. */
  readonly firstRow: number;
  readonly firstWatched: number;
  readonly watchedRows: number;
  /** Adam steps taken. */
  step: number;
}

/** Runs go through these ranges at once, each with its own turn. */
interface Dispatches {
  readonly ranges: readonly RangeName[];
  readonly orders: readonly Order[];
}

/** Work that waits to be submitted. */
export interface Recorded<T> {
  /** What is to be read back. */
  readonly results: Part;
  /** Makes of it what was asked for. */
  readonly take: (results: Float32Array) => T;
  readonly release: () => void;
}

export class WebGpuSession {
  readonly #device: GPUDevice;
  readonly #kernels: Kernels;
  /** The first run's. */
  readonly #tape: Tape;
  readonly #runs: readonly LoadedRun[];
  readonly #program: Program;
  readonly #arena: GPUBuffer;
  readonly #examples: GPUBuffer;
  /** Operations, updates and work. */
  readonly #records: readonly GPUBuffer[];
  readonly #ranges: GPUBuffer;
  /** Floats of the weights, their copies and moments at the start of a run's arena. */
  readonly #kept: number;

  /** @param runs see {@link divideRuns} */
  constructor(device: GPUDevice, kernels: Kernels, spec: ModelSpec, runs: readonly RunData[]) {
    this.#device = device;
    this.#kernels = kernels;
    this.#tape = tapeOf(kernels, spec, runs);
    const size = this.#tape.arenaSize;
    const { all, places } = joined(runs);
    const programmed = places.map((its, i) => ({
      tape: tapeOf(kernels, spec, runs, i, i * size),
      places: its,
    }));
    this.#program = programOfRuns(programmed, kernels.profile);
    let firstRow = 0;
    let firstWatched = runs.reduce((sum, { examples }) => sum + examples.rows, 0);
    this.#runs = runs.map(({ settings, state, examples, watched }) => {
      const watchedRows = watched.length / inputWidth(spec);
      const run = { settings, firstRow, firstWatched, watchedRows, step: state.step };
      firstRow += examples.rows;
      firstWatched += watchedRows;
      return run;
    });
    const { STORAGE, COPY_SRC, COPY_DST, UNIFORM: AS_UNIFORM } = GPUBufferUsage;
    const bytes = (runs.length * size + BEYOND) * 4;
    this.#arena = bufferOf(device, bytes, STORAGE | COPY_SRC | COPY_DST);
    this.#examples = filledBuffer(device, all);
    const { ops, updates, work } = this.#program;
    this.#records = [ops, updates, work].map((words) => filledBuffer(device, words));
    this.#ranges = filledBuffer(device, this.#rangeTable(), AS_UNIFORM);
    this.#kept = Math.min(
      ...this.#tape.matrices.filter(({ batch }) => batch !== 'none').map(({ offset }) => offset),
    );
    runs.forEach(({ state }, i) => {
      const weights = new Float32Array(this.#kept);
      writeState(weights, this.#tape, state);
      device.queue.writeBuffer(this.#arena, i * size * 4, weights);
    });
  }

  /**
   * Records an epoch, and the encoding of the watched rows after it.
   *
   * @param plans one for each run that takes part, by its number
   */
  epoch(
    encoder: GPUCommandEncoder,
    plans: ReadonlyMap<number, EpochPlan>,
  ): Recorded<Map<number, EpochResult>> {
    const rows = [...plans.values()].reduce((sum, it) => sum + it.order.length, 0);
    const width = noiseWidth(this.#tape.spec);
    // Row numbers, then the noise of each.
    const order = new Uint32Array(rows * (1 + width));
    let placed = 0;
    let floats = 0;
    const parts = [...plans].map(([number, plan]) => {
      const run = this.#run(number);
      const first = placed;
      order.set(
        plan.order.map((row) => run.firstRow + row),
        first,
      );
      placed += plan.order.length;
      const steps = stepsOf(plan, run.settings, run.step);
      const noise = epochNoise(run.settings.seed, steps, width);
      order.set(new Uint32Array(noise.buffer), rows + first * width);
      const sums = floats;
      const latents = sums + LOSS_SUMS * steps.length;
      floats = latents + run.watchedRows * this.#tape.spec.latent;
      return { number, run, plan, first, steps, sums, latents, end: floats };
    });

    const training = atOnce(
      ['forward', 'contrastive', 'backward', 'update'],
      parts.map(({ number, run, plan, first, steps, sums }) =>
        steps.map((step, i) => ({
          run: number,
          first: first + step.first,
          rows: step.rows,
          result: sums + LOSS_SUMS * i,
          settings: run.settings,
          step,
          weights: plan,
          noise: rows,
        })),
      ),
    );
    const watching = atOnce(
      ['encode'],
      parts.map(({ number, run, latents }) =>
        this.#chunks('encode', number, run.watchedRows, run.firstWatched, latents),
      ),
    );
    const buffers = { examples: this.#examples, order };
    return this.#record(encoder, buffers, [...training, ...watching], floats, (results) => {
      for (const { run, steps } of parts) run.step += steps.length;
      return new Map(
        parts.map(({ number, plan, sums, latents, end }) => [
          number,
          {
            ...epochMeans(results.subarray(sums, latents), plan),
            latents: results.slice(latents, end),
          },
        ]),
      );
    });
  }

  /** [rows, width of the span's input] → [rows, width of its output], dropout off. */
  async use(run: number, name: 'encode' | 'decode', values: Float32Array): Promise<Float32Array> {
    const { input, output } = this.#tape[name];
    const rows = values.length / input.columns;
    const examples = filledBuffer(this.#device, Float32Array.from(values));
    const encoder = this.#device.createCommandEncoder();
    const recorded = this.#record(
      encoder,
      { examples, order: new Uint32Array(1) },
      atOnce([name], [this.#chunks(name, run, rows, 0, 0)]),
      rows * output.columns,
      (results) => results,
    );
    try {
      const [results] = await readParts(this.#device, encoder, [recorded.results]);
      return recorded.take(results ?? new Float32Array(0));
    } finally {
      recorded.release();
      examples.destroy();
    }
  }

  async state(run: number): Promise<TrainingState> {
    const kept = { buffer: this.#arena, start: run * this.#tape.arenaSize, floats: this.#kept };
    const { step } = this.#run(run);
    const [floats] = await readParts(this.#device, this.#device.createCommandEncoder(), [kept]);
    return { ...readState(floats ?? new Float32Array(0), this.#tape), step };
  }

  /** What the matrices take of the device's memory. */
  get bytes(): number {
    return this.#arena.size;
  }

  dispose(): void {
    for (const buffer of [this.#arena, this.#examples, this.#ranges, ...this.#records]) {
      buffer.destroy();
    }
  }

  /** Turns of a run that encodes or decodes rows, the first of which is number `first`. */
  #chunks(
    name: 'encode' | 'decode',
    run: number,
    rows: number,
    first: number,
    result: number,
  ): Order[] {
    const { settings } = this.#run(run);
    const size = this.#tape.batchSize;
    const width = this.#tape[name].output.columns;
    return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({
      run,
      first: first + i * size,
      rows: Math.min(size, rows - i * size),
      result: result + i * size * width,
      settings,
    }));
  }

  /** Every dispatch in one pass. */
  #record<T>(
    encoder: GPUCommandEncoder,
    { examples, order }: { examples: GPUBuffer; order: Uint32Array<ArrayBuffer> },
    dispatches: readonly Dispatches[],
    floats: number,
    take: (results: Float32Array) => T,
  ): Recorded<T> {
    const device = this.#device;
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    const table = tableOf(dispatches.map(({ orders }) => orders));
    const steps = filledBuffer(device, table.data);
    const orderBuffer = filledBuffer(device, order);
    const results = bufferOf(device, floats * 4, STORAGE | COPY_SRC);
    const storage = [this.#arena, ...this.#records, examples, orderBuffer, results];
    const bindings = device.createBindGroup({
      layout: this.#kernels.layout,
      entries: [
        ...storage.map((buffer) => ({ buffer })),
        { buffer: steps, size: table.stride },
        { buffer: this.#ranges, size: RANGE_BYTES },
      ].map((resource, binding) => ({ binding, resource })),
    });
    const pass = encoder.beginComputePass();
    dispatches.forEach(({ ranges, orders }, i) => {
      const rows = Math.max(...orders.map((order) => order.rows));
      for (const name of ranges) {
        pass.setBindGroup(0, bindings, [i * table.stride, RANGES.indexOf(name) * UNIFORM]);
        this.#dispatch(pass, name, rows, orders.length);
      }
    });
    pass.end();
    return {
      results: { buffer: results, start: 0, floats },
      take,
      release: () => {
        for (const buffer of [steps, orderBuffer, results]) buffer.destroy();
      },
    };
  }

  /** @param rows most of any run */
  #dispatch(pass: GPUComputePassEncoder, name: RangeName, rows: number, runs: number): void {
    const { profile, tiles, forward, backward } = this.#kernels;
    if (name === 'update') {
      const { start, end } = this.#program.ranges.update;
      const across = Math.min(end - start, SIDE);
      pass.setPipeline(tiles);
      pass.dispatchWorkgroups(across, Math.ceil((end - start) / across), runs);
    } else {
      pass.setPipeline(name === 'backward' ? backward : forward);
      pass.dispatchWorkgroups(Math.ceil(rows / profile.rows), 1, runs);
    }
  }

  #rangeTable(): ArrayBuffer {
    const { ranges, opsPerRun, updatesPerRun } = this.#program;
    const data = new ArrayBuffer(RANGES.length * UNIFORM);
    RANGES.forEach((name, i) => {
      const { start, end } = ranges[name];
      new Uint32Array(data, i * UNIFORM, 4).set([start, end, opsPerRun, updatesPerRun]);
    });
    return data;
  }

  #run(number: number): LoadedRun {
    const run = this.#runs[number];
    if (run === undefined) throw new Error(`There is no run ${String(number)}.`);
    return run;
  }
}

/** The first turns of all runs, then their second ones, and so on; some may have fewer. */
function atOnce(ranges: readonly RangeName[], orders: readonly (readonly Order[])[]): Dispatches[] {
  const most = Math.max(...orders.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => ({
    ranges,
    orders: orders.flatMap((of) => of.slice(i, i + 1)),
  }));
}
