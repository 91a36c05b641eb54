/** One model in the module's memory: where things lie, and the calls that train and use it. */
import { GRID_RATE_HZ } from '../../eq/response-grid';
import { InputError } from '../../base/input-error';
import type { ModelSpec } from '../../recipe/model-spec';
import type { EpochPlan, Examples, StepSettings } from '../engine';
import type { Votes } from '../votes';
import { buildTape, tapeOptions } from '../tape/build-tape';
import { GRID_COTANGENTS, SHELF_CROSS } from '../tape/response-table';
import { epochNoise, noiseWidth } from '../tape/epoch-noise';
import { readState, writeState, type FlatState } from '../tape/flat-state';
import type { StepValues } from '../tape/step-values';
import { LOSS_SUMS, type Span, type Tape } from '../tape/tape';
import * as words from './assembly/layout';
import { WASM_LAYOUT, opRecords, type OpRecords } from './records';
import { columnTable, headTable } from './tables';

/**
 * Steps that are planned at once while votes of rows are still to be found: finding those of a whole
 * epoch of a large file takes seconds.
 */
const STEPS_WITH_VOTES = 16;

/** What the module exports. */
export interface WasmExports {
  readonly train: (header: number, steps: number, thread: number, threads: number) => void;
  readonly use: (header: number, ops: number, end: number, rows: number) => void;
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
  readonly targets: number;
  readonly mask: number;
  readonly votes: number;
  readonly cotangents: number;
  readonly columns: number;
  readonly heads: number;
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
  /** Most steps that are planned at once. */
  readonly #steps: number;
  readonly #seed: number;
  readonly #votes: Votes | null;
  /** 1 for rows whose votes the module has, [rows]. */
  readonly #voted: Uint8Array;
  /** How many rows' it has not. */
  #unvoted: number;

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
    this.#steps = Math.max(1, Math.ceil(examples.rows / settings.batchSize));
    this.#seed = settings.seed;
    this.#votes = examples.votes ?? null;
    this.#unvoted = this.#votes === null ? 0 : examples.rows;
    this.#voted = new Uint8Array(this.#unvoted);
    this.#places = placesOf(this.tape, examples, this.#steps, threads);
    this.header = this.#places.header;
    this.memory = memoryOf(this.#places.end, threads > 1);
    this.#records = opRecords(this.tape, this.#places.arena);
    const instance = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.#exports = instance.exports as unknown as WasmExports;
    this.#writeConstants(examples, settings);
    this.setState(state);
  }

  state(): FlatState {
    return readState(this.#arena(), this.tape);
  }

  setState(state: FlatState): void {
    writeState(this.#arena(), this.tape, state);
  }

  /**
   * Trains the plan's steps, as many at a time as there is room for.
   *
   * @param start called before each part of the steps, with how many they are, to make the other
   *   threads train them too
   * @returns for each step, sums over its rows of its losses, as `sumLosses` writes them
   */
  train(
    plan: EpochPlan,
    steps: readonly StepValues[],
    threads: number,
    start: (steps: number) => void,
  ): Float64Array {
    const { buffer } = this.memory;
    const losses = new Float64Array(steps.length * LOSS_SUMS);
    for (let from = 0; from < steps.length;) {
      const most = this.#unvoted > 0 ? Math.min(STEPS_WITH_VOTES, this.#steps) : this.#steps;
      const part = steps.slice(from, from + most);
      this.#writePlan(plan, part);
      start(part.length);
      this.#exports.train(this.header, part.length, 0, threads);
      const sums = new Float64Array(buffer, this.#places.losses, part.length * LOSS_SUMS);
      losses.set(sums, from * LOSS_SUMS);
      from += part.length;
    }
    return losses;
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
      const part = values.subarray(first * input.columns, (first + count) * input.columns);
      copyRows(part, input.columns, arena.subarray(input.offset), input.panel);
      this.#exports.use(this.header, from, end, count);
      const made = arena.subarray(output.offset, output.offset + count * output.panel);
      copyRows(made, output.panel, results.subarray(first * output.columns), output.columns);
    }
    return results;
  }

  /** Puts some of an epoch's steps where the module finds them. */
  #writePlan(
    { order, contrastiveWeight, klWeight }: EpochPlan,
    steps: readonly StepValues[],
  ): void {
    const { header, order: orderAt, noise: noiseAt, steps: stepsAt } = this.#places;
    const start = steps[0]?.first ?? 0;
    const part = steps.map((step) => ({ ...step, first: step.first - start }));
    const rows = part.reduce((sum, step) => sum + step.rows, 0);
    const { buffer } = this.memory;
    const present = order.subarray(start, start + rows);
    new Uint32Array(buffer, orderAt, rows).set(present);
    this.#writeVotes(present);
    const noise = epochNoise(this.#seed, part, noiseWidth(this.tape.spec));
    new Float32Array(buffer, noiseAt, noise.length).set(noise);
    const view = new DataView(buffer);
    view.setFloat32(header + words.CONTRASTIVE_WEIGHT, contrastiveWeight, true);
    view.setFloat32(header + words.KL_WEIGHT, klWeight, true);
    part.forEach(({ first, rows, step, stepSize, secondScale, beta2, kept }, i) => {
      const at = stepsAt + i * words.STEP_BYTES;
      view.setInt32(at + words.STEP_FIRST, first, true);
      view.setInt32(at + words.STEP_ROWS, rows, true);
      view.setUint32(at + words.STEP_NUMBER, step, true);
      view.setFloat32(at + words.STEP_SIZE, stepSize, true);
      view.setFloat32(at + words.STEP_SECOND_SCALE, secondScale, true);
      view.setFloat32(at + words.STEP_KEPT, kept, true);
      view.setFloat32(at + words.STEP_BETA2, beta2, true);
      view.setFloat32(at + words.STEP_REST2, 1 - beta2, true);
    });
  }

  /** Gives the module the votes of rows of which it has none yet. */
  #writeVotes(rows: Uint32Array): void {
    const votes = this.#votes;
    if (votes === null || this.#unvoted === 0) return;
    const all = new Float32Array(
      this.memory.buffer,
      this.#places.votes,
      this.#voted.length * votes.words,
    );
    for (const row of rows) {
      if (this.#voted[row] !== 0) continue;
      all.set(votes.of(row), row * votes.words);
      this.#voted[row] = 1;
      this.#unvoted--;
    }
  }

  #arena(): Float32Array {
    return new Float32Array(this.memory.buffer, this.#places.arena, this.tape.arenaSize);
  }

  #writeConstants(examples: Examples, settings: StepSettings): void {
    const { buffer } = this.memory;
    const places = this.#places;
    new Uint32Array(buffer, places.ops, this.#records.words.length).set(this.#records.words);
    const write = (place: number, values: ArrayLike<number>): void => {
      new Float32Array(buffer, place, values.length).set(values);
    };
    write(places.inputs, examples.inputs);
    write(places.targets, examples.targets ?? []);
    write(places.mask, examples.mask ?? []);
    write(places.cotangents, GRID_COTANGENTS);
    write(places.heads, headTable());
    const columns = columnTable(settings.columns);
    new Float64Array(buffer, places.columns, columns.length).set(columns);
    new Int32Array(buffer, places.labels, examples.labels.length).set(examples.labels);

    const view = new DataView(buffer, places.header, words.HEADER_BYTES);
    view.setUint32(words.EXAMPLE_INPUTS, places.inputs, true);
    view.setUint32(words.EXAMPLE_TARGETS, places.targets, true);
    view.setUint32(words.EXAMPLE_MASK, places.mask, true);
    view.setUint32(words.EXAMPLE_VOTES, places.votes, true);
    view.setUint32(words.EXAMPLE_LABELS, places.labels, true);
    view.setUint32(words.COTANGENTS, places.cotangents, true);
    view.setUint32(words.COLUMN_SCALES, places.columns, true);
    view.setUint32(words.OUTPUT_HEADS, places.heads, true);
    view.setFloat64(words.GRID_RATE, GRID_RATE_HZ, true);
    view.setFloat64(words.SHELF_CROSS, SHELF_CROSS, true);
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

function placesOf(
  tape: Tape,
  { rows, inputs, targets, mask, votes }: Examples,
  steps: number,
  threads: number,
): Places {
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
    inputs: take(inputs.length * 4),
    targets: take((targets?.length ?? 0) * 4),
    mask: take((mask?.length ?? 0) * 4),
    votes: take((votes?.words ?? 0) * rows * 4),
    cotangents: take(GRID_COTANGENTS.length * 4),
    columns: take(columnTable([]).byteLength),
    heads: take(headTable().byteLength),
    labels: take(rows * 4),
    order: take(steps * tape.batchSize * 4),
    noise: take(steps * tape.batchSize * noiseWidth(tape.spec) * 4),
    steps: take(steps * words.STEP_BYTES),
    losses: take(steps * words.LOSS_BYTES),
  };
  return { ...places, end };
}

/** Copies the rows of a matrix into one whose rows are as long, wider or narrower. */
function copyRows(from: Float32Array, fromWidth: number, to: Float32Array, toWidth: number): void {
  if (fromWidth === toWidth) {
    to.set(from);
    return;
  }
  const width = Math.min(fromWidth, toWidth);
  for (let at = 0, end = 0; at < from.length; at += fromWidth, end += toWidth) {
    to.set(from.subarray(at, at + width), end);
  }
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
