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
import { LazyVotes, stepsBySubmission } from './lazy-votes';
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

/** What recorded work reads and writes. */
interface Bound {
  readonly examples: GPUBuffer;
  readonly order: GPUBuffer;
  readonly results: GPUBuffer;
  /** Of the results. */
  readonly floats: number;
  /** Turns of its dispatches, a buffer for each pass. */
  readonly tables: GPUBuffer[];
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
  readonly #votes: LazyVotes;
  /** Where the examples have them, in floats. */
  readonly #votesAt: number;
  /** Floats of the weights, their copies and moments at the start of a run's arena. */
  readonly #kept: number;

  /** @param runs see {@link divideRuns} */
  constructor(device: GPUDevice, kernels: Kernels, spec: ModelSpec, runs: readonly RunData[]) {
    this.#device = device;
    this.#kernels = kernels;
    this.#tape = tapeOf(kernels, spec, runs);
    const size = this.#tape.arenaSize;
    this.#votes = new LazyVotes(runs);
    const { all, places } = joined(runs, this.#votes.length);
    this.#votesAt = places[0]?.votes ?? 0;
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
    const bound = this.#bind(this.#examples, order, floats);
    const early = this.#trainEarly(bound, order, training);
    this.#encode(encoder, bound, [...training.slice(early), ...watching]);
    return recordedOf(bound, (results) => {
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
    const bound = this.#bind(examples, new Uint32Array(1), rows * output.columns);
    this.#encode(encoder, bound, atOnce([name], [this.#chunks(name, run, rows, 0, 0)]));
    const recorded = recordedOf(bound, (results) => results);
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

  /**
   * While votes of rows are still to be found: submits the first of the steps as soon as their rows
   * have theirs, and finds those of the rest.
   *
   * @param order row numbers as the dispatches count them
   * @returns how many steps were submitted
   */
  #trainEarly(bound: Bound, order: Uint32Array, training: readonly Dispatches[]): number {
    let submitted = 0;
    if (this.#votes.complete) return submitted;
    for (const steps of stepsBySubmission(training.length)) {
      const turns = training.slice(submitted, submitted + steps);
      for (const { run, first, rows } of turns.flatMap(({ orders }) => orders)) {
        this.#votes.find(run, order.subarray(first, first + rows));
      }
      this.#votes.write(this.#device, this.#examples, this.#votesAt);
      // The rest is submitted with what else is recorded.
      if (submitted + steps === training.length) break;
      const encoder = this.#device.createCommandEncoder();
      this.#encode(encoder, bound, turns);
      this.#device.queue.submit([encoder.finish()]);
      submitted += steps;
    }
    return submitted;
  }

  #bind(examples: GPUBuffer, order: Uint32Array<ArrayBuffer>, floats: number): Bound {
    const { STORAGE, COPY_SRC } = GPUBufferUsage;
    return {
      examples,
      order: filledBuffer(this.#device, order),
      results: bufferOf(this.#device, floats * 4, STORAGE | COPY_SRC),
      floats,
      tables: [],
    };
  }

  /** Every dispatch in one pass. */
  #encode(encoder: GPUCommandEncoder, bound: Bound, dispatches: readonly Dispatches[]): void {
    const device = this.#device;
    const table = tableOf(dispatches.map(({ orders }) => orders));
    const steps = filledBuffer(device, table.data);
    bound.tables.push(steps);
    const { examples, order, results } = bound;
    const storage = [this.#arena, ...this.#records, examples, order, results];
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

function recordedOf<T>(
  { order, results, floats, tables }: Bound,
  take: (results: Float32Array) => T,
): Recorded<T> {
  return {
    results: { buffer: results, start: 0, floats },
    take,
    release: () => {
      for (const buffer of [...tables, order, results]) buffer.destroy();
    },
  };
}

/** The first turns of all runs, then their second ones, and so on; some may have fewer. */
function atOnce(ranges: readonly RangeName[], orders: readonly (readonly Order[])[]): Dispatches[] {
  const most = Math.max(...orders.map(({ length }) => length));
  return Array.from({ length: most }, (_, i) => ({
    ranges,
    orders: orders.flatMap((of) => of.slice(i, i + 1)),
  }));
}
