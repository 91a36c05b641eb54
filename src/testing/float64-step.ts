/**
 * A training step's losses in float64, written one row after another and without any library:
 * what engines' gradients are checked against by finite differences. For tests only.
 */
import type { Examples, StepSettings } from '../engines/engine';
import { EQ_PARAMETERS, PARAMETER_COUNT } from '../eq/parameters';
import { responseDb } from '../eq/response';
import { GRID_FREQUENCIES, GRID_RATE_HZ } from '../eq/response-grid';
import { inputWidth } from '../model/inputs';
import { blocksOf, headOf, parameterTable, type BlockShape } from '../model/parameter-table';
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

/** @param weights flat, in the table's order, [total] */
export function float64Losses(task: Float64Step, weights: Float64Array): Float64Losses {
  const { spec, examples, order, settings, contrastiveWeight, klWeight } = task;
  const rowsOf = (values: Float32Array, width: number): Row[] =>
    Array.from(order, (row) => Array.from(values.subarray(row * width, (row + 1) * width)));
  const inputs = rowsOf(examples.inputs, inputWidth(spec));
  const { targets: given, mask } = examples;
  const targets = given === undefined ? inputs : rowsOf(given, given.length / examples.rows);
  const counted = mask === undefined ? null : rowsOf(mask, PARAMETER_COUNT);
  const tensors = new Map(
    parameterTable(spec).entries.map(({ name, offset, size }) => [
      name,
      Array.from(weights.subarray(offset, offset + size)),
    ]),
  );
  const tensor = (name: string): Row => tensors.get(name) ?? [];
  const activate = (x: number): number =>
    spec.activation === 'relu' ? Math.max(0, x) : x / (1 + Math.exp(-x));
  const linear = (prefix: string, x: Row): Row => {
    const weight = tensor(`${prefix}.weight`);
    return tensor(`${prefix}.bias`).map(
      (bias, o) => bias + dot(weight.slice(o * x.length, (o + 1) * x.length), x),
    );
  };
  const normalise = (prefix: string, x: Row): Row => {
    if (spec.normalisation === 'none') return x;
    const centred = x.map((value) => value - mean(x));
    const deviation = Math.sqrt(mean(centred.map((value) => value ** 2)) + LAYER_NORM_EPSILON);
    const shift = tensor(`${prefix}.bias`);
    return tensor(`${prefix}.weight`).map(
      (scale, i) => ((centred[i] ?? 0) / deviation) * scale + (shift[i] ?? 0),
    );
  };
  const drop = (x: Row, row: number, site: number): Row =>
    x.map((value, column) => {
      const { seed, dropout } = settings;
      const at = row * x.length + column;
      const bits = randomBits(seed, Stream.dropout + site, task.step, at) >>> 8;
      return bits < Math.round(dropout * 2 ** 24) ? 0 : value / (1 - dropout);
    });
  const hidden = (x: Row, row: number, site: number, { prefix, inputs, outputs }: BlockShape) => {
    if (spec.body === 'plain') {
      const scaled = normalise(`${prefix}.1`, linear(`${prefix}.0`, x));
      return drop(scaled.map(activate), row, site);
    }
    const first = normalise(`${prefix}.main_path.1`, linear(`${prefix}.main_path.0`, x));
    const kept = drop(first.map(activate), row, site);
    const main = normalise(`${prefix}.main_path.5`, linear(`${prefix}.main_path.4`, kept));
    const skip = inputs === outputs ? x : linear(`${prefix}.skip`, x);
    return main.map((value, i) => activate(value + (skip[i] ?? 0)));
  };
  /** What the last linear layers of a half are applied to. */
  const body = (half: 'encoder' | 'decoder', input: Row, row: number): Row => {
    const first = half === 'encoder' ? 0 : spec.hidden.length;
    const x = blocksOf(spec, half).reduce<Row>(
      (x, shape, i) => hidden(x, row, first + i, shape),
      input,
    );
    const { inner } = headOf(spec, half);
    return inner === null ? x : linear(inner, x).map(activate);
  };

  const divergences: number[] = [];
  const latents = inputs.map((input, row) => {
    const last = body('encoder', input, row);
    const centre = linear(headOf(spec, 'encoder').last, last);
    if (!spec.variational) {
      const { latentActivation } = spec;
      if (latentActivation === 'tanh') return centre.map(Math.tanh);
      const length = Math.hypot(...centre);
      return latentActivation === 'unit' ? centre.map((value) => value / length) : centre;
    }
    const logVariance = linear('encoder.to_log_variance', last);
    const terms = centre.map((m, i) => m ** 2 + Math.exp(logVariance[i] ?? 0) - 1);
    divergences.push(0.5 * terms.reduce((sum, term, i) => sum + term - (logVariance[i] ?? 0), 0));
    return centre.map((m, i) => {
      const noise = normal(settings.seed, task.step, row * spec.latent + i);
      return m + Math.sqrt(Math.exp(logVariance[i] ?? 0)) * noise;
    });
  });
  const errors = latents.map((latent, row) => {
    const last = linear(headOf(spec, 'decoder').last, body('decoder', latent, row));
    const output = spec.output === 'heads' ? last.map(ownHead) : last.map(sigmoid);
    return rowLoss(settings, output, targets[row] ?? [], counted?.[row] ?? null);
  });
  const points =
    spec.projection === null ? latents : latents.map((z) => linear('encoder.semantic_proj', z));
  const labels = Array.from(order, (row) => examples.labels[row] ?? 0);
  const reconstruction = mean(errors);
  const contrastive = contrastiveLoss(points, labels, settings);
  const kl = spec.variational ? mean(divergences) : 0;
  const total = reconstruction + contrastiveWeight * contrastive + klWeight * kl;
  return { reconstruction, contrastive, kl, total };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Seed V1's heads, as the founding log has them. */
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

function dot(a: Row, b: Row): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

function mean(x: Row): number {
  return x.reduce((sum, value) => sum + value, 0) / x.length;
}
