/**
 * The tape in float64, one element after another: the arbiter of the engines that interpret the
 * same tape in float32 and fast.
 */
import { parameterTable } from '../../model/parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../../recipe/model-spec';
import { dropoutMask } from '../../math/dropout-mask';
import { latentNoise } from '../../math/normal';
import type { EpochPlan, Examples, StepSettings, TrainingState } from '../engine';
import { allVotes } from '../votes';
import { placeOf } from '../tape/arena';
import { buildTape, tapeOptions } from '../tape/build-tape';
import type { StepValues } from '../tape/step-values';
import { PHASES, type LinearLayer, type Matrix, type Op, type Tape } from '../tape/tape';
import { finishGradient, finished } from './finish';
import { reconstruction } from './reconstruction';
import { response } from './response';
import { sample, sampleBack } from './sample';
import { wordLoss } from './word-loss';

export interface Float64Result {
  /** Means over the batch's rows. */
  readonly reconstruction: number;
  readonly contrastive: number;
  readonly kl: number;
  /** Of the total loss (see EpochLosses), flat in table order, [total]. */
  readonly gradient: Float64Array;
}

/** Row numbers of the examples, and what the losses weigh. */
export type Float64Plan = Omit<EpochPlan, 'learningRate'>;

export class Float64Tape {
  readonly #tape: Tape;
  readonly #examples: Examples;
  readonly #votes: Float32Array;
  readonly #settings: StepSettings;
  readonly #arena: Float64Array;
  /** Flat in table order, [total]. */
  readonly #weights: Float32Array;
  readonly #gradient: Float64Array;
  /** Of the step being taken. */
  #values: StepValues = {
    first: 0,
    rows: 0,
    step: 0,
    stepSize: 0,
    secondScale: 1,
    beta2: 0,
    kept: 1,
  };
  #plan: Float64Plan = { order: new Uint32Array(0), contrastiveWeight: 0, klWeight: 0 };

  constructor(
    spec: ModelSpec,
    { weights }: Pick<TrainingState, 'weights'>,
    examples: Examples,
    settings: StepSettings,
  ) {
    this.#tape = buildTape(spec, {
      ...tapeOptions(settings, examples),
      layout: { panel: null, stride: (columns) => columns },
    });
    this.#examples = examples;
    this.#votes = allVotes(examples);
    this.#settings = settings;
    this.#arena = new Float64Array(this.#tape.arenaSize);
    this.#weights = weights;
    this.#gradient = new Float64Array(parameterTable(spec).total);
  }

  /** Forward and back. */
  gradients(plan: Float64Plan, values: StepValues): Float64Result {
    this.#plan = plan;
    this.#values = values;
    this.#fillWeights();
    const losses = { reconstruction: 0, contrastive: 0, kl: 0 };
    for (const phase of PHASES) {
      for (const op of this.#tape.phases[phase]) {
        if (op.op === 'sumLosses') {
          losses.reconstruction = this.#mean(op.reconstruction);
          losses.contrastive = this.#mean(op.contrastive);
          losses.kl = op.kl === null ? 0 : this.#mean(op.kl);
        } else {
          this.#run(op);
        }
      }
    }
    return { ...losses, gradient: this.#gradient.slice() };
  }

  #fillWeights(): void {
    for (const { entry, value } of this.#tape.parameters) {
      for (let i = 0; i < entry.size; i++) {
        const row = Math.floor(i / value.columns);
        this.#set(value, row, i % value.columns, this.#weights[entry.offset + i] ?? 0);
      }
    }
    for (const { weight, transposed } of this.#tape.layers) {
      for (let row = 0; row < transposed.rows; row++) {
        for (let column = 0; column < transposed.columns; column++) {
          this.#set(transposed, row, column, this.#get(weight.value, column, row));
        }
      }
    }
  }

  #run(op: Exclude<Op, { op: 'sumLosses' }>): void {
    switch (op.op) {
      case 'gather':
        this.#gather(op.inputs, this.#examples.inputs);
        this.#gather(op.targets, this.#examples.targets);
        this.#gather(op.mask, this.#examples.mask);
        this.#gather(op.votes, this.#votes);
        this.#perRow(op.labels, (row) => this.#examples.labels[this.#example(row)] ?? 0);
        break;
      case 'linear':
        this.#linear(op);
        break;
      case 'dropout':
        this.#dropout(op.factors, op.site);
        break;
      case 'normalise':
        this.#normalise(op);
        break;
      case 'sample': {
        const { seed } = this.#settings;
        const { step, rows } = this.#values;
        sample(this.#arena, op, latentNoise({ seed, step }, rows, op.z.columns), rows);
        break;
      }
      case 'unitRows':
        this.#perRow(op.inverse, (row) => {
          const square = this.#sum(op.x.columns, (c) => this.#get(op.x, row, c) ** 2);
          return 1 / Math.sqrt(Math.max(square, 1e-24));
        });
        this.#each(op.unit, (row, c) => this.#get(op.x, row, c) * this.#get(op.inverse, 0, row));
        break;
      case 'reconstruction':
        reconstruction(this.#arena, op, this.#values.rows);
        break;
      case 'response':
        response(this.#arena, op, this.#settings.columns, this.#values.rows);
        break;
      case 'wordLoss':
        wordLoss(this.#arena, op, this.#plan.contrastiveWeight, this.#values.rows);
        break;
      case 'similarity':
        this.#similarity(op);
        break;
      case 'similarityBack':
        this.#similarityBack(op);
        break;
      case 'unitRowsBack':
        this.#unitRowsBack(op);
        break;
      case 'sampleBack':
        sampleBack(this.#arena, op, this.#plan.klWeight, this.#values.rows);
        break;
      case 'linearBack':
        this.#linearBack(op);
        break;
      case 'normaliseBack':
        this.#normaliseBack(op);
        break;
      case 'updateLinear':
        this.#linearGradients(op.layer, op.x, op.outputGradient);
        break;
      case 'updateNorm': {
        const { scale, shift } = op.norm;
        for (let c = 0; c < op.unit.columns; c++) {
          const g = (row: number): number => this.#get(op.outputGradient, row, c);
          this.#gradient[scale.entry.offset + c] = this.#sumRows(
            (row) => g(row) * this.#get(op.unit, row, c),
          );
          this.#gradient[shift.entry.offset + c] = this.#sumRows(g);
        }
        break;
      }
    }
  }

  /** The batch's rows of the examples' values. */
  #gather(matrix: Matrix | null, values: Float32Array | undefined): void {
    if (matrix === null) return;
    this.#each(matrix, (row, column) => {
      return values?.[this.#example(row) * matrix.columns + column] ?? Number.NaN;
    });
  }

  #linear({ x, layer, y, finish }: Extract<Op, { op: 'linear' }>): void {
    this.#each(y, (row, column) => {
      const bias = this.#get(layer.bias.value, 0, column);
      const product = this.#sum(
        x.columns,
        (i) => this.#get(x, row, i) * this.#get(layer.transposed, i, column),
      );
      return finished(this.#arena, finish, row, column, bias + product);
    });
  }

  #dropout(factors: Matrix, site: number): void {
    const { seed, dropout } = this.#settings;
    const { step, rows } = this.#values;
    const mask = dropoutMask({ seed, step, site }, dropout, rows, factors.columns);
    // The mask holds kept factors rounded to float32.
    const kept = 1 / (1 - dropout);
    this.#each(factors, (row, c) => (mask[row * factors.columns + c] === 0 ? 0 : kept));
  }

  #normalise({ x, inverse, norm, y, finish }: Extract<Op, { op: 'normalise' }>): void {
    const width = x.columns;
    for (let row = 0; row < this.#values.rows; row++) {
      const mean = this.#sum(width, (c) => this.#get(x, row, c)) / width;
      const variance = this.#sum(width, (c) => (this.#get(x, row, c) - mean) ** 2) / width;
      const factor = 1 / Math.sqrt(variance + LAYER_NORM_EPSILON);
      this.#set(inverse, 0, row, factor);
      for (let c = 0; c < width; c++) {
        this.#set(x, row, c, (this.#get(x, row, c) - mean) * factor);
      }
    }
    this.#each(y, (row, c) => {
      const scaled = this.#get(x, row, c) * this.#get(norm.scale.value, 0, c);
      const shift = this.#get(norm.shift.value, 0, c);
      return finished(this.#arena, finish, row, c, scaled + shift);
    });
  }

  #similarity({
    unit,
    labels,
    pairs,
    logSums,
    shares,
    losses,
  }: Extract<Op, { op: 'similarity' }>): void {
    const { temperature } = this.#settings;
    const { rows } = this.#values;
    for (let r = 0; r < rows; r++) {
      for (let j = 0; j < rows; j++) {
        const dot = this.#sum(unit.columns, (c) => this.#get(unit, r, c) * this.#get(unit, j, c));
        this.#set(pairs, r, j, dot / temperature);
      }
    }
    const s = (r: number, j: number): number => this.#get(pairs, r, j);
    this.#perRow(logSums, (r) => {
      const counts = (j: number): boolean => this.#counts(labels, r, j);
      let largest = -Infinity;
      for (let j = 0; j < rows; j++) if (counts(j)) largest = Math.max(largest, s(r, j));
      const sum = this.#sumRows((j) => (counts(j) ? Math.exp(s(r, j) - largest) : 0));
      // A single row has no others to sum over, nor has one among rows without a label; no one
      // looks at its sum.
      return sum === 0 ? 0 : largest + Math.log(sum);
    });
    this.#perRow(shares, (r) => {
      const partners = this.#sumRows((j) => (this.#partners(labels, r, j) ? 1 : 0));
      return partners === 0 ? 0 : 1 / partners;
    });
    this.#perRow(losses, (r) =>
      this.#sumRows((j) =>
        this.#partners(labels, r, j)
          ? this.#get(shares, 0, r) * (this.#get(logSums, 0, r) - s(r, j))
          : 0,
      ),
    );
  }

  #similarityBack({
    pairs,
    logSums,
    shares,
    labels,
    unit,
    gradient,
  }: Extract<Op, { op: 'similarityBack' }>): void {
    const { temperature } = this.#settings;
    const share = (r: number): number => this.#get(shares, 0, r);
    const p = (s: number, r: number, j: number): number =>
      share(r) > 0 && this.#counts(labels, r, j) ? Math.exp(s - this.#get(logSums, 0, r)) : 0;
    const t = (r: number, j: number): number => (this.#partners(labels, r, j) ? share(r) : 0);
    const factor = this.#plan.contrastiveWeight / (this.#values.rows * temperature);
    for (let r = 0; r < this.#values.rows; r++) {
      for (let j = 0; j < this.#values.rows; j++) {
        const s = this.#get(pairs, r, j);
        this.#set(pairs, r, j, factor * (p(s, r, j) + p(s, j, r) - t(r, j) - t(j, r)));
      }
    }
    this.#each(gradient, (r, c) =>
      this.#sumRows((j) => this.#get(pairs, r, j) * this.#get(unit, j, c)),
    );
  }

  #unitRowsBack(op: Extract<Op, { op: 'unitRowsBack' }>): void {
    const { unit, inverse, unitGradient, gradient, finish } = op;
    for (let row = 0; row < this.#values.rows; row++) {
      const factor = this.#get(inverse, 0, row);
      const dot = this.#sum(
        unit.columns,
        (c) => this.#get(unit, row, c) * this.#get(unitGradient, row, c),
      );
      const along = factor < 1e12 ? dot : 0;
      for (let c = 0; c < unit.columns; c++) {
        const g = factor * (this.#get(unitGradient, row, c) - this.#get(unit, row, c) * along);
        this.#set(gradient, row, c, finishGradient(this.#arena, finish, row, c, g));
      }
    }
  }

  #linearBack(op: Extract<Op, { op: 'linearBack' }>): void {
    const { outputGradient, layer, gradient, finish } = op;
    this.#each(gradient, (row, column) => {
      const product = this.#sum(
        outputGradient.columns,
        (o) => this.#get(outputGradient, row, o) * this.#get(layer.weight.value, o, column),
      );
      return finishGradient(this.#arena, finish, row, column, product);
    });
  }

  #normaliseBack(op: Extract<Op, { op: 'normaliseBack' }>): void {
    const { outputGradient, unit, inverse, norm, gradient } = op;
    const width = unit.columns;
    for (let row = 0; row < this.#values.rows; row++) {
      const g = (c: number): number =>
        this.#get(outputGradient, row, c) * this.#get(norm.scale.value, 0, c);
      const mean = this.#sum(width, g) / width;
      const along = this.#sum(width, (c) => g(c) * this.#get(unit, row, c)) / width;
      for (let c = 0; c < width; c++) {
        const rest = g(c) - mean - this.#get(unit, row, c) * along;
        this.#set(gradient, row, c, this.#get(inverse, 0, row) * rest);
      }
    }
  }

  #linearGradients({ weight, bias }: LinearLayer, x: Matrix, outputGradient: Matrix): void {
    for (let o = 0; o < outputGradient.columns; o++) {
      const g = (row: number): number => this.#get(outputGradient, row, o);
      this.#gradient[bias.entry.offset + o] = this.#sumRows(g);
      for (let i = 0; i < x.columns; i++) {
        this.#gradient[weight.entry.offset + o * x.columns + i] = this.#sumRows(
          (row) => g(row) * this.#get(x, row, i),
        );
      }
    }
  }

  /** Number of the example that is the batch's row. */
  #example(row: number): number {
    return this.#plan.order[this.#values.first + row] ?? 0;
  }

  #partners(labels: Matrix, r: number, j: number): boolean {
    const label = this.#get(labels, 0, r);
    return r !== j && label >= 0 && label === this.#get(labels, 0, j);
  }

  /** Whether row j is in the sum of row r. */
  #counts(labels: Matrix, r: number, j: number): boolean {
    return (r !== j || this.#settings.contrastiveSelf) && this.#get(labels, 0, j) >= 0;
  }

  #get(matrix: Matrix, row: number, column: number): number {
    return this.#arena[placeOf(matrix, row, column)] ?? Number.NaN;
  }

  #set(matrix: Matrix, row: number, column: number, value: number): void {
    this.#arena[placeOf(matrix, row, column)] = value;
  }

  #each(matrix: Matrix, value: (row: number, column: number) => number): void {
    for (let row = 0; row < this.#values.rows; row++) {
      for (let c = 0; c < matrix.columns; c++) this.#set(matrix, row, c, value(row, c));
    }
  }

  #perRow(matrix: Matrix, value: (row: number) => number): void {
    for (let row = 0; row < this.#values.rows; row++) this.#set(matrix, 0, row, value(row));
  }

  #sum(length: number, term: (i: number) => number): number {
    let sum = 0;
    for (let i = 0; i < length; i++) sum += term(i);
    return sum;
  }

  #sumRows(term: (row: number) => number): number {
    return this.#sum(this.#values.rows, term);
  }

  #mean(perRow: Matrix): number {
    return this.#sumRows((row) => this.#get(perRow, 0, row)) / this.#values.rows;
  }
}
