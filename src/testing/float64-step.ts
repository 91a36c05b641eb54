/**
 * A training step's losses in float64, written one row after another and without any library:
 * what engines' gradients are checked against by finite differences. For tests only.
 */
import type { Examples, StepSettings } from '../engines/engine';
import { PARAMETER_COUNT } from '../eq/parameters';
import { blocksOf, parameterTable, type BlockShape } from '../model/parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../model/spec';
import { Stream, randomBits } from '../random/threefry';

type Row = readonly number[];

export interface Float64Step {
  readonly spec: ModelSpec;
  /** One batch: all its rows, in order. */
  readonly batch: Examples;
  readonly settings: StepSettings;
  /** Adam steps taken before. */
  readonly step: number;
  readonly contrastiveWeight: number;
}

export interface Float64Losses {
  readonly reconstruction: number;
  readonly contrastive: number;
  readonly total: number;
}

/** @param weights flat, in the table's order, [total] */
export function float64Losses(task: Float64Step, weights: Float64Array): Float64Losses {
  const { spec, batch, settings, contrastiveWeight } = task;
  const inputs = Array.from({ length: batch.rows }, (_, row) =>
    Array.from(batch.inputs.subarray(row * PARAMETER_COUNT, (row + 1) * PARAMETER_COUNT)),
  );
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
  const block = (x: Row, row: number, site: number, { prefix, inputs, outputs }: BlockShape) => {
    const first = normalise(`${prefix}.main_path.1`, linear(`${prefix}.main_path.0`, x));
    const kept = drop(first.map(activate), row, site);
    const main = normalise(`${prefix}.main_path.5`, linear(`${prefix}.main_path.4`, kept));
    const skip = inputs === outputs ? x : linear(`${prefix}.skip`, x);
    return main.map((value, i) => activate(value + (skip[i] ?? 0)));
  };
  const head = (prefix: string, x: Row): Row =>
    linear(`${prefix}.2`, linear(`${prefix}.0`, x).map(activate));

  const latents = inputs.map((input, row) => {
    const body = blocksOf(spec, 'encoder').reduce<Row>(
      (x, shape, site) => block(x, row, site, shape),
      input,
    );
    return head('encoder.to_latent', body).map(Math.tanh);
  });
  const squaredErrors = latents.map((latent, row) => {
    const body = blocksOf(spec, 'decoder').reduce<Row>(
      (x, shape, i) => block(x, row, spec.hidden.length + i, shape),
      latent,
    );
    const output = head('decoder.output_head', body).map((x) => 1 / (1 + Math.exp(-x)));
    return mean(output.map((value, i) => (value - (inputs[row]?.[i] ?? 0)) ** 2));
  });
  const points =
    spec.projection === null ? latents : latents.map((z) => linear('encoder.semantic_proj', z));
  const reconstruction = mean(squaredErrors);
  const contrastive = contrastiveLoss(points, batch.labels, settings);
  return { reconstruction, contrastive, total: reconstruction + contrastiveWeight * contrastive };
}

/** Gradient of the total loss by central differences, [total]; good to about 1e-9. */
export function float64Gradient(task: Float64Step, weights: Float32Array): Float64Array {
  const moved = Float64Array.from(weights);
  const delta = 1e-5;
  return Float64Array.from(weights, (weight, i) => {
    moved[i] = weight + delta;
    const above = float64Losses(task, moved).total;
    moved[i] = weight - delta;
    const below = float64Losses(task, moved).total;
    moved[i] = weight;
    return (above - below) / (2 * delta);
  });
}

function contrastiveLoss(
  points: readonly Row[],
  labels: Int32Array,
  { temperature, contrastiveSelf }: StepSettings,
): number {
  const unit = points.map((point) => {
    const length = Math.sqrt(dot(point, point));
    return point.map((value) => value / length);
  });
  const perRow = unit.map((point, row) => {
    const similarities = unit.map((other) => dot(point, other) / temperature);
    const counted = similarities.filter((_, other) => contrastiveSelf || other !== row);
    const logSum = Math.log(counted.reduce((sum, s) => sum + Math.exp(s), 0));
    const partners = similarities.filter(
      (_, other) => other !== row && labels[other] === labels[row],
    );
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
