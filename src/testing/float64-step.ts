/**
 * A training step's losses in float64, written one row after another and without any library:
 * what engines' gradients are checked against by finite differences. For tests only.
 */
import type { Examples, StepSettings } from '../engines/engine';
import { EQ_PARAMETERS, PARAMETER_COUNT } from '../eq/parameters';
import { responseDb } from '../eq/response';
import { GRID_FREQUENCIES, GRID_RATE_HZ } from '../eq/response-grid';
import { inputWidth } from '../model/inputs';
import {
  blocksOf,
  headOf,
  parameterTable,
  type BlockShape,
  type ParameterTable,
} from '../model/parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../recipe/model-spec';
import { Stream, randomBits, threefry2x32 } from '../math/threefry';

type Row = readonly number[];

export interface Float64Step {
  readonly spec: ModelSpec;
  readonly examples: Examples;
  /** One batch: which of the examples. */
  readonly order: Uint32Array;
  readonly settings: StepSettings;
  /** Adam steps taken before. */
  readonly step: number;
  readonly contrastiveWeight: number;
  readonly klWeight: number;
}

export interface Float64Losses {
  readonly reconstruction: number;
  readonly contrastive: number;
  readonly kl: number;
  readonly total: number;
}

/** What a step's losses are made of beside the weights. */
interface Fixed {
  readonly task: Float64Step;
  readonly table: ParameterTable;
  /** The batch's rows. */
  readonly inputs: readonly Row[];
  readonly targets: readonly Row[];
  /** 0 for what does not count; null where all does. */
  readonly masks: readonly Row[] | null;
  /** null without a word head. */
  readonly votes: readonly Row[] | null;
  /** Whether dropout keeps each unit of a layer, by layer and row. */
  readonly kept: (layer: number, row: number, width: number) => readonly boolean[];
  /** A row's draws from the normal distribution, one a latent dimension. */
  readonly noise: (row: number) => Row;
}

/**
 * The step's losses as a function of the weights, which are flat and in the table's order, [total].
 * What the weights leave as it is gets worked out once: finite differences ask hundreds of times.
 */
export function float64Losses(task: Float64Step): (weights: Float64Array) => Float64Losses {
  const { spec, examples, order, settings, step } = task;
  const rowsOf = (values: Float32Array, width: number): Row[] =>
    Array.from(order, (row) => Array.from(values.subarray(row * width, (row + 1) * width)));
  const inputs = rowsOf(examples.inputs, inputWidth(spec));
  const { targets, mask, votes } = examples;
  const fixed: Fixed = {
    task,
    table: parameterTable(spec),
    inputs,
    targets: targets === undefined ? inputs : rowsOf(targets, targets.length / examples.rows),
    masks: mask === undefined ? null : rowsOf(mask, PARAMETER_COUNT),
    votes: votes === undefined ? null : Array.from(order, (row) => Array.from(votes.of(row))),
    kept: once((layer, row, width) =>
      Array.from({ length: width }, (_, column) => {
        const at = row * width + column;
        const bits = randomBits(settings.seed, Stream.dropout + layer, step, at) >>> 8;
        return bits >= Math.round(settings.dropout * 2 ** 24);
      }),
    ),
    noise: once((row) =>
      Array.from({ length: spec.latent }, (_, i) =>
        normal(settings.seed, step, row * spec.latent + i),
      ),
    ),
  };
  return (weights) => lossesAt(fixed, weights);
}

/** The function, worked out once for the same numbers. */
function once<N extends number[], T>(work: (...numbers: N) => T): (...numbers: N) => T {
  const known = new Map<string, T>();
  return (...numbers) => {
    const key = numbers.join();
    const found = known.get(key) ?? work(...numbers);
    known.set(key, found);
    return found;
  };
}

/** A layer, or several: a row to a row. The row's number says what dropout keeps of it. */
type Layer = (x: Row, row: number) => Row;

function lossesAt(fixed: Fixed, weights: Float64Array): Float64Losses {
  const { task, table, inputs, targets, masks, votes, kept, noise } = fixed;
  const { spec, examples, order, settings, contrastiveWeight, klWeight } = task;
  const tensors = new Map(
    table.entries.map(({ name, offset, size }) => [name, weights.subarray(offset, offset + size)]),
  );
  const tensor = (name: string): Float64Array => tensors.get(name) ?? new Float64Array(0);
  const activate = (x: number): number =>
    spec.activation === 'relu' ? Math.max(0, x) : x / (1 + Math.exp(-x));
  const linear = (prefix: string): Layer => {
    const weight = tensor(`${prefix}.weight`);
    const bias = tensor(`${prefix}.bias`);
    return (x) => {
      const y: number[] = [];
      for (let o = 0, at = 0; o < bias.length; o++) {
        let sum = bias[o] ?? 0;
        for (const value of x) sum += value * (weight[at++] ?? 0);
        y.push(sum);
      }
      return y;
    };
  };
  const normalise = (prefix: string): Layer => {
    if (spec.normalisation === 'none') return (x) => x;
    const scale = tensor(`${prefix}.weight`);
    const shift = tensor(`${prefix}.bias`);
    return (x) => {
      const centre = mean(x);
      const centred = x.map((value) => value - centre);
      const deviation = Math.sqrt(mean(centred.map((value) => value ** 2)) + LAYER_NORM_EPSILON);
      return centred.map((value, i) => (value / deviation) * (scale[i] ?? 0) + (shift[i] ?? 0));
    };
  };
  /** A linear layer, its normalisation, the activation and dropout. */
  const activated = (linearPrefix: string, normPrefix: string, number: number): Layer => {
    const product = linear(linearPrefix);
    const norm = normalise(normPrefix);
    return (x, row) => {
      const scaled = norm(product(x, row), row);
      const ofRow = kept(number, row, scaled.length);
      return scaled.map((value, i) =>
        ofRow[i] === true ? activate(value) / (1 - settings.dropout) : 0,
      );
    };
  };
  const hidden = ({ prefix, inputs, outputs }: BlockShape, number: number): Layer => {
    if (spec.body === 'plain') return activated(`${prefix}.0`, `${prefix}.1`, number);
    const first = activated(`${prefix}.main_path.0`, `${prefix}.main_path.1`, number);
    const second = linear(`${prefix}.main_path.4`);
    const norm = normalise(`${prefix}.main_path.5`);
    const skip: Layer = inputs === outputs ? (x) => x : linear(`${prefix}.skip`);
    return (x, row) => {
      const main = norm(second(first(x, row), row), row);
      const beside = skip(x, row);
      return main.map((value, i) => activate(value + (beside[i] ?? 0)));
    };
  };
  /** What the last linear layers of a half are applied to. */
  const body = (half: 'encoder' | 'decoder'): Layer => {
    const before = half === 'encoder' ? 0 : spec.hidden.length;
    const blocks = blocksOf(spec, half).map((shape, i) => hidden(shape, before + i));
    const { inner } = headOf(spec, half);
    const head = inner === null ? null : linear(inner);
    return (input, row) => {
      const x = blocks.reduce((x, block) => block(x, row), input);
      return head === null ? x : head(x, row).map(activate);
    };
  };

  const encoder = body('encoder');
  const toLast = linear(headOf(spec, 'encoder').last);
  const skip = linear('encoder.latent_skip');
  const toCentre = (last: Row, input: Row, row: number): Row => {
    const skipped = spec.latentSkip ? skip(input, row) : [];
    return toLast(last, row).map((value, i) => value + (skipped[i] ?? 0));
  };
  const toLogVariance = linear('encoder.to_log_variance');
  const divergences: number[] = [];
  const latents = inputs.map((input, row) => {
    const last = encoder(input, row);
    const centre = toCentre(last, input, row);
    if (!spec.variational) {
      const { latentActivation } = spec;
      if (latentActivation === 'tanh') return centre.map(Math.tanh);
      const length = Math.hypot(...centre);
      return latentActivation === 'unit' ? centre.map((value) => value / length) : centre;
    }
    const logVariance = toLogVariance(last, row);
    const terms = centre.map((m, i) => m ** 2 + Math.exp(logVariance[i] ?? 0) - 1);
    divergences.push(0.5 * terms.reduce((sum, term, i) => sum + term - (logVariance[i] ?? 0), 0));
    const drawn = noise(row);
    return centre.map((m, i) => m + Math.sqrt(Math.exp(logVariance[i] ?? 0)) * (drawn[i] ?? 0));
  });
  const decoder = body('decoder');
  const toOutput = linear(headOf(spec, 'decoder').last);
  const errors = latents.map((latent, row) => {
    const last = toOutput(decoder(latent, row), row);
    const output = spec.output === 'heads' ? last.map(ownHead) : last.map(sigmoid);
    return rowLoss(settings, output, targets[row] ?? [], masks?.[row] ?? null);
  });
  const points = spec.projection === null ? latents : latents.map(linear('encoder.semantic_proj'));
  const labels = Array.from(order, (row) => examples.labels[row] ?? 0);
  const reconstruction = mean(errors);
  const contrastive =
    votes === null
      ? contrastiveLoss(points, labels, settings)
      : wordLoss(latents.map(linear('encoder.word_head')), votes);
  const kl = spec.variational ? mean(divergences) : 0;
  const total = reconstruction + contrastiveWeight * contrastive + klWeight * kl;
  return { reconstruction, contrastive, kl, total };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Seed V1's heads, as the seed log has them. */
function ownHead(x: number, column: number): number {
  const { kind, min, max } = EQ_PARAMETERS[column] ?? { kind: 'gain', min: 0, max: 0 };
  return kind === 'gain' ? 12 * Math.tanh(x) : min + (max - min) * sigmoid(x);
}

/** @param mask 0 for what does not count; null where all does */
function rowLoss(
  { reconstruction: kind, columns }: StepSettings,
  output: Row,
  target: Row,
  mask: Row | null,
): number {
  if (kind === 'mse' || kind === 'mae') {
    const errors = output.map((value, i) => Math.abs(value - (target[i] ?? Number.NaN)));
    return mean(errors.map((e, i) => (mask?.[i] ?? 1) * (kind === 'mae' ? e : e * e)));
  }
  const setting = columns.map(({ scale, offset, from, to }, i) => {
    const scaled = from + (output[i] ?? Number.NaN) * (to - from);
    return scale === 'linear' ? scaled : 10 ** scaled - offset;
  });
  const differences = Array.from(
    responseDb(setting, GRID_FREQUENCIES, GRID_RATE_HZ),
    (db, i) => db - (target[i] ?? Number.NaN),
  );
  const level = kind === 'shape' ? mean(differences) : 0;
  return mean(differences.map((d) => (d - level) ** 2));
}

/** Box and Muller's first number, as engines have it: in float32. */
function normal(seed: number, step: number, index: number): number {
  const [a, b] = threefry2x32(seed, Stream.latent, step, index);
  const angle = (b / 4294967296) * 2 * Math.PI;
  return Math.fround(Math.sqrt(2 * Math.log(4294967296 / (a + 1))) * Math.cos(angle));
}

function contrastiveLoss(
  points: readonly Row[],
  labels: Row,
  { temperature, contrastiveSelf }: StepSettings,
): number {
  const unit = points.map((point) => {
    const length = Math.sqrt(dot(point, point));
    return point.map((value) => value / length);
  });
  const perRow = unit.map((point, row) => {
    const similarities = unit.map((other) => dot(point, other) / temperature);
    const label = labels[row] ?? -1;
    if (label < 0) return 0;
    const counted = similarities.filter(
      (_, other) => (contrastiveSelf || other !== row) && (labels[other] ?? -1) >= 0,
    );
    const logSum = Math.log(counted.reduce((sum, s) => sum + Math.exp(s), 0));
    const partners = similarities.filter((_, other) => other !== row && labels[other] === label);
    return partners.length === 0 ? 0 : mean(partners.map((s) => logSum - s));
  });
  return mean(perRow);
}

function wordLoss(logits: readonly Row[], votes: readonly Row[]): number {
  const perRow = logits.map((row, i) => {
    const sum = row.reduce((all, x) => all + Math.exp(x), 0);
    return row.reduce((loss, x, word) => {
      const share = votes[i]?.[word] ?? Number.NaN;
      return share === 0 ? loss : loss + share * Math.log((share * sum) / Math.exp(x));
    }, 0);
  });
  return mean(perRow);
}

function dot(a: Row, b: Row): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

function mean(x: Row): number {
  let sum = 0;
  for (const value of x) sum += value;
  return sum / x.length;
}
