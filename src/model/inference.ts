/**
 * The forward pass in plain TypeScript, dropout off: what a finished model is used with, where
 * there is no engine, and what engines are checked against. Sums are float64.
 */
import { PARAMETER_COUNT } from '../eq/parameters';
import { blocksOf, parameterTable, type BlockShape } from './parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from './spec';

/**
 * Latents of normalised rows.
 *
 * @param weights flat, in parameter-table order, [total]
 * @param inputs  [rows, 13]
 * @returns shape [rows, latent]
 */
export function encodeRows(
  spec: ModelSpec,
  weights: Float32Array,
  inputs: Float32Array,
): Float32Array {
  const net = networkOf(spec, weights);
  const rows = inputs.length / PARAMETER_COUNT;
  const body = runBlocks(net, blocksOf(spec, 'encoder'), Float64Array.from(inputs), rows);
  const latent = runHead(net, 'encoder.to_latent', body, rows);
  return Float32Array.from(latent, Math.tanh);
}

/**
 * Normalised parameters of latents.
 *
 * @param weights flat, in parameter-table order, [total]
 * @param latents [rows, latent]
 * @returns shape [rows, 13]
 */
export function decodeRows(
  spec: ModelSpec,
  weights: Float32Array,
  latents: Float32Array,
): Float32Array {
  const net = networkOf(spec, weights);
  const rows = latents.length / spec.latent;
  const body = runBlocks(net, blocksOf(spec, 'decoder'), Float64Array.from(latents), rows);
  const output = runHead(net, 'decoder.output_head', body, rows);
  return Float32Array.from(output, sigmoid);
}

interface Network {
  readonly spec: ModelSpec;
  /** The tensor of that name; throws when the spec has none. */
  readonly tensor: (name: string) => Float64Array;
}

function networkOf(spec: ModelSpec, weights: Float32Array): Network {
  const entries = new Map(parameterTable(spec).entries.map((entry) => [entry.name, entry]));
  const tensor = (name: string): Float64Array => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`The model has no tensor ${name}.`);
    return Float64Array.from(weights.subarray(entry.offset, entry.offset + entry.size));
  };
  return { spec, tensor };
}

function runBlocks(
  net: Network,
  blocks: readonly BlockShape[],
  inputs: Float64Array,
  rows: number,
): Float64Array {
  let x = inputs;
  for (const { prefix, inputs: before, outputs } of blocks) {
    const main = linear(net, `${prefix}.main_path.0`, x, rows);
    normalise(net, `${prefix}.main_path.1`, main, outputs);
    activate(net, main);
    const sum = linear(net, `${prefix}.main_path.4`, main, rows);
    normalise(net, `${prefix}.main_path.5`, sum, outputs);
    const skip = before === outputs ? x : linear(net, `${prefix}.skip`, x, rows);
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (skip[i] ?? 0);
    activate(net, sum);
    x = sum;
  }
  return x;
}

/** Linear, activation, linear: how both halves end, before tanh or sigmoid. */
function runHead(net: Network, prefix: string, x: Float64Array, rows: number): Float64Array {
  const inner = linear(net, `${prefix}.0`, x, rows);
  activate(net, inner);
  return linear(net, `${prefix}.2`, inner, rows);
}

/** x · weightᵀ + bias: [rows, in] → [rows, out]. */
function linear(net: Network, name: string, x: Float64Array, rows: number): Float64Array {
  const weight = net.tensor(`${name}.weight`);
  const bias = net.tensor(`${name}.bias`);
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const y = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    const from = row * inputs;
    for (let o = 0; o < outputs; o++) {
      const column = o * inputs;
      let sum = bias[o] ?? 0;
      for (let i = 0; i < inputs; i++) sum += (x[from + i] ?? 0) * (weight[column + i] ?? 0);
      y[row * outputs + o] = sum;
    }
  }
  return y;
}

/** Layer normalisation of each row of x [rows, width], in place; nothing when the spec has none. */
function normalise(net: Network, name: string, x: Float64Array, width: number): void {
  if (net.spec.normalisation === 'none') return;
  const scale = net.tensor(`${name}.weight`);
  const shift = net.tensor(`${name}.bias`);
  for (let from = 0; from < x.length; from += width) {
    const row = x.subarray(from, from + width);
    let mean = 0;
    for (const value of row) mean += value / width;
    let variance = 0;
    for (const value of row) variance += (value - mean) ** 2 / width;
    const factor = 1 / Math.sqrt(variance + LAYER_NORM_EPSILON);
    row.forEach((value, i) => {
      row[i] = (value - mean) * factor * (scale[i] ?? 0) + (shift[i] ?? 0);
    });
  }
}

/** The spec's activation, in place. */
function activate({ spec }: Network, x: Float64Array): void {
  const relu = spec.activation === 'relu';
  for (let i = 0; i < x.length; i++) {
    const value = x[i] ?? 0;
    x[i] = relu ? Math.max(0, value) : value * sigmoid(value);
  }
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
