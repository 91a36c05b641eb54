/** One model in the module's memory: where things lie, and the calls that train and use it. */
import { PARAMETER_COUNT } from '../../../eq/parameters';
import { InputError } from '../../../input-error';
import type { ModelSpec } from '../../../model/spec';
import type { EpochPlan, Examples, StepSettings } from '../../engine';
import { buildTape, tapeOptions } from '../build-tape';
import { epochNoise, noiseWidth } from '../epoch-noise';
import { readState, writeState, type FlatState } from '../flat-state';
import type { StepValues } from '../step-values';
import { LOSS_SUMS, type Span, type Tape } from '../tape';
import * as words from './assembly/layout';
import { WASM_LAYOUT, opRecords, type OpRecords } from './records';

/** What the module exports. */
export interface WasmExports {
  readonly train: (header: number, steps: number, thread: number, threads: number) => void;
  readonly use: (ops: number, end: number, rows: number) => void;
}

const PAGE = 65536;

/** Addresses in bytes. The first page is the compiler's. */
interface Places {
  readonly header: number;
  readonly scratch: number;
  readonly barrier: number;
  readonly arena: number;
  readonly ops: number;
  readonly inputs: number;
  readonly labels: number;
  readonly order: number;
  readonly noise: number;
  readonly steps: number;
  readonly losses: number;
  readonly end: number;
}

export class WasmSession {
  readonly tape: Tape;
  readonly memory: WebAssembly.Memory;
  readonly header: number;
  readonly #exports: WasmExports;
  readonly #places: Places;
  readonly #records: OpRecords;
  readonly #rows: number;
  readonly #seed: number;

  /** @param threads how many will train; more than one need a module of a threaded build */
  constructor(
    module: WebAssembly.Module,
    threads: number,
    spec: ModelSpec,
    state: FlatState,
    examples: Examples,
    settings: StepSettings,
  ) {
    this.tape = buildTape(spec, {
      ...tapeOptions(settings, examples),
      layout: WASM_LAYOUT,
    });
    const steps = Math.ceil(examples.rows / settings.batchSize);
    this.#rows = examples.rows;
    this.#seed = settings.seed;
    this.#places = placesOf(this.tape, examples.rows, steps, threads);
    this.header = this.#places.header;
    this.memory = memoryOf(this.#places.end, threads > 1);
    this.#records = opRecords(this.tape, this.#places.arena);
    const instance = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.#exports = instance.exports as unknown as WasmExports;
    this.#writeConstants(examples, settings);
    writeState(this.#arena(), this.tape, state);
  }

  state(): FlatState {
    return readState(this.#arena(), this.tape);
  }

  /** Puts an epoch's plan where `train` finds it. */
  writePlan({ order, contrastiveWeight, klWeight }: EpochPlan, steps: readonly StepValues[]): void {
    if (order.length > this.#rows)
      throw new Error('The plan has more rows than there are examples.');
    const { header, order: orderAt, noise: noiseAt, steps: stepsAt } = this.#places;
    new Uint32Array(this.memory.buffer, orderAt, order.length).set(order);
    const noise = epochNoise(this.#seed, steps, noiseWidth(this.tape.spec));
    new Float32Array(this.memory.buffer, noiseAt, noise.length).set(noise);
    const view = new DataView(this.memory.buffer);
    view.setFloat32(header + words.CONTRASTIVE_WEIGHT, contrastiveWeight, true);
    view.setFloat32(header + words.KL_WEIGHT, klWeight, true);
    steps.forEach(({ first, rows, step, stepSize, secondScale }, i) => {
      const at = stepsAt + i * words.STEP_BYTES;
      view.setInt32(at + words.STEP_FIRST, first, true);
      view.setInt32(at + words.STEP_ROWS, rows, true);
      view.setUint32(at + words.STEP_NUMBER, step, true);
      view.setFloat32(at + words.STEP_SIZE, stepSize, true);
      view.setFloat32(at + words.STEP_SECOND_SCALE, secondScale, true);
    });
  }

  /** Runs the plan's steps as thread 0; the others must be called too. */
  train(steps: number, threads: number): void {
    this.#exports.train(this.header, steps, 0, threads);
  }

  /** For each step, sums over its rows of its losses, as `sumLosses` writes them. */
  losses(steps: number): Float64Array {
    return new Float64Array(this.memory.buffer, this.#places.losses, steps * LOSS_SUMS);
  }

  /** [rows, width of the span's input] → [rows, width of its output], dropout off. */
  use(span: Span, values: Float32Array): Float32Array {
    const { input, output } = span;
    const rows = values.length / input.columns;
    const start = this.tape.phases.forward.findIndex((op) => op === span.ops[0]);
    const from = this.#places.ops + start * words.OP_BYTES;
    const end = from + span.ops.length * words.OP_BYTES;
    const results = new Float32Array(rows * output.columns);
    const arena = this.#arena();
    for (let first = 0; first < rows; first += this.tape.batchSize) {
      const count = Math.min(this.tape.batchSize, rows - first);
      for (let row = 0; row < count; row++) {
        const at = (first + row) * input.columns;
        arena.set(values.subarray(at, at + input.columns), input.offset + row * input.panel);
      }
      this.#exports.use(from, end, count);
      for (let row = 0; row < count; row++) {
        const at = output.offset + row * output.panel;
        results.set(arena.subarray(at, at + output.columns), (first + row) * output.columns);
      }
    }
    return results;
  }

  #arena(): Float32Array {
    return new Float32Array(this.memory.buffer, this.#places.arena, this.tape.arenaSize);
  }

  #writeConstants(examples: Examples, settings: StepSettings): void {
    const { buffer } = this.memory;
    const places = this.#places;
    new Uint32Array(buffer, places.ops, this.#records.words.length).set(this.#records.words);
    new Float32Array(buffer, places.inputs, examples.inputs.length).set(examples.inputs);
    new Int32Array(buffer, places.labels, examples.labels.length).set(examples.labels);

    const view = new DataView(buffer, places.header, words.HEADER_BYTES);
    view.setUint32(words.EXAMPLE_INPUTS, places.inputs, true);
    view.setUint32(words.EXAMPLE_LABELS, places.labels, true);
    view.setUint32(words.ORDER, places.order, true);
    view.setUint32(words.NOISE, places.noise, true);
    view.setUint32(words.STEPS, places.steps, true);
    view.setUint32(words.LOSSES, places.losses, true);
    this.#records.phaseStarts.forEach((start, phase) => {
      view.setUint32(words.PHASE_OPS + phase * 4, places.ops + start * words.OP_BYTES, true);
    });
    const { temperature, contrastiveSelf, seed, dropout } = settings;
    view.setFloat32(words.TEMPERATURE, temperature, true);
    view.setInt32(words.CONTRASTIVE_SELF, contrastiveSelf ? 1 : 0, true);
    view.setUint32(words.SEED, seed, true);
    view.setUint32(words.DROPOUT_THRESHOLD, Math.round(dropout * 2 ** 24), true);
    view.setFloat32(words.KEPT_FACTOR, 1 / (1 - dropout), true);
    view.setUint32(words.SCRATCH, places.scratch, true);
    view.setUint32(words.BARRIER, places.barrier, true);
  }
}

function placesOf(tape: Tape, rows: number, steps: number, threads: number): Places {
  let end = PAGE;
  const take = (bytes: number): number => {
    const at = end;
    // Whole cache lines.
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const opCount = Object.values(tape.phases).reduce((sum, ops) => sum + ops.length, 0);
  const places = {
    header: take(words.HEADER_BYTES),
    scratch: take(words.SCRATCH_BYTES * threads),
    barrier: take(8),
    ops: take(opCount * words.OP_BYTES),
    arena: take(tape.arenaSize * 4),
    inputs: take(rows * PARAMETER_COUNT * 4),
    labels: take(rows * 4),
    order: take(rows * 4),
    noise: take(rows * noiseWidth(tape.spec) * 4),
    steps: take(steps * words.STEP_BYTES),
    losses: take(steps * words.LOSS_BYTES),
  };
  return { ...places, end };
}

/** @throws InputError when there is not so much memory */
function memoryOf(bytes: number, shared: boolean): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch (error) {
    const size = String(Math.ceil(bytes / 2 ** 20));
    throw new InputError(
      `Training this model needs ${size} MiB of memory, more than can be had here.`,
      { cause: error },
    );
  }
}
