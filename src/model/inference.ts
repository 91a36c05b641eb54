/**
 * The forward pass in plain TypeScript, dropout off: what a finished model is used with, where
 * there is no engine, and what engines are checked against. Sums are float64.
 */
import { affineRows } from '../math/affine-rows';
import { OUTPUT_HEADS } from './heads';
import { inputWidth } from './inputs';
import { LATENT_SKIP, blocksOf, headOf, parameterTable, type BlockShape } from './parameter-table';
import { LAYER_NORM_EPSILON, type ModelSpec } from '../recipe/model-spec';

/** Called before each linear layer, by the prefix of its tensors' names, with its inputs [rows, in]. */
export type LayerWatch = (layer: string, inputs: Float64Array) => void;

/**
 * Latents of encoder's inputs (see encoderInputs); of a variational model, their means.
 *
 * @param weights flat, in parameter-table order, [total]
 * @param inputs  [rows, inputWidth]
 * @returns shape [rows, latent]
 */
export function encodeRows(
  spec: ModelSpec,
  weights: Float32Array,
  inputs: Float32Array,
  watch?: LayerWatch,
): Float32Array {
  const net = networkOf(spec, weights, watch);
  const rows = inputs.length / inputWidth(spec);
  const seen = Float64Array.from(inputs);
  const latent = runHalf(net, 'encoder', seen, rows);
  if (spec.latentSkip) {
    linear(net, LATENT_SKIP, seen, rows).forEach((skipped, i) => {
      latent[i] = (latent[i] ?? 0) + skipped;
    });
  }
  const activation = spec.variational ? 'none' : spec.latentActivation;
  if (activation === 'none') return Float32Array.from(latent);
  if (activation === 'tanh') return Float32Array.from(latent, Math.tanh);
  return Float32Array.from(unitRows(latent, spec.latent));
}

/** Latents as a decoder takes them, [rows, latent]; see {@link decodeRows}. */
export function decoderInputs(
  { latent, latentActivation, variational }: ModelSpec,
  latents: ArrayLike<number>,
): Float64Array {
  const points = Float64Array.from(latents);
  return latentActivation === 'unit' && !variational ? unitRows(points, latent) : points;
}

/** Rows divided by their length; a row of zeros stays as it is. */
function unitRows(rows: Float64Array, width: number): Float64Array {
  return Float64Array.from(rows, (value, at) => {
    const start = at - (at % width);
    const length = Math.hypot(...rows.subarray(start, start + width));
    return length > 0 ? value / length : value;
  });
}

/**
 * Normalised parameters of latents; where latents lie on a sphere, of the point of the sphere that
 * lies in a latent's direction, since means and mixtures of latents lie inside it. (What Seed V1's heads give stands for normalised parameters too,
 * though each is in dB, Hz or Q: that is what is wrong with it.)
 *
 * @param weights flat, in parameter-table order, [total]
 * @param latents [rows, latent]
 * @returns shape [rows, 13]
 */
export function decodeRows(
  spec: ModelSpec,
  weights: Float32Array,
  latents: Float32Array,
  watch?: LayerWatch,
): Float32Array {
  const net = networkOf(spec, weights, watch);
  const rows = latents.length / spec.latent;
  const output = runHalf(net, 'decoder', decoderInputs(spec, latents), rows);
  if (spec.output === 'sigmoid') return Float32Array.from(output, sigmoid);
  return Float32Array.from(output, (x, i) => headed(x, i % OUTPUT_HEADS.length));
}

interface Network {
  readonly spec: ModelSpec;
  /** The tensor of that name; throws when the spec has none. */
  readonly tensor: (name: string) => Float32Array;
  readonly watch: LayerWatch | undefined;
}

function networkOf(spec: ModelSpec, weights: Float32Array, watch?: LayerWatch): Network {
  const entries = new Map(parameterTable(spec).entries.map((entry) => [entry.name, entry]));
  const tensor = (name: string): Float32Array => {
    const entry = entries.get(name);
    if (entry === undefined) throw new Error(`The model has no tensor ${name}.`);
    return weights.subarray(entry.offset, entry.offset + entry.size);
  };
  return { spec, tensor, watch };
}

/** Hidden layers and head of a half, before tanh or sigmoid. */
function runHalf(
  net: Network,
  half: 'encoder' | 'decoder',
  inputs: Float64Array,
  rows: number,
): Float64Array {
  const run = net.spec.body === 'plain' ? plainLayer : residualBlock;
  let x = inputs;
  for (const shape of blocksOf(net.spec, half)) x = run(net, shape, x, rows);
  const { inner, last } = headOf(net.spec, half);
  if (inner !== null) {
    x = linear(net, inner, x, rows);
    activate(net, x);
  }
  return linear(net, last, x, rows);
}

function plainLayer(
  net: Network,
  { prefix, outputs }: BlockShape,
  x: Float64Array,
  rows: number,
): Float64Array {
  const y = linear(net, `${prefix}.0`, x, rows);
  normalise(net, `${prefix}.1`, y, outputs);
  activate(net, y);
  return y;
}

function residualBlock(
  net: Network,
  { prefix, inputs, outputs }: BlockShape,
  x: Float64Array,
  rows: number,
): Float64Array {
  const main = linear(net, `${prefix}.main_path.0`, x, rows);
  normalise(net, `${prefix}.main_path.1`, main, outputs);
  activate(net, main);
  const sum = linear(net, `${prefix}.main_path.4`, main, rows);
  normalise(net, `${prefix}.main_path.5`, sum, outputs);
  const skip = inputs === outputs ? x : linear(net, `${prefix}.skip`, x, rows);
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (skip[i] ?? 0);
  activate(net, sum);
  return sum;
}

/** x · weightᵀ + bias: [rows, in] → [rows, out]. */
function linear(net: Network, name: string, x: Float64Array, rows: number): Float64Array {
  net.watch?.(name, x);
  return affineRows(net.tensor(`${name}.weight`), net.tensor(`${name}.bias`), x, rows);
}

/** Layer normalisation of each row of x [rows, width], in place; nothing when the spec has none. */
function normalise(net: Network, name: string, x: Float64Array, width: number): void {
  if (net.spec.normalisation === 'none') return;
  const scale = net.tensor(`${name}.weight`);
  const shift = net.tensor(`${name}.bias`);
  for (let from = 0; from < x.length; from += width) {
    let sum = 0;
    for (let i = 0; i < width; i++) sum += x[from + i] ?? 0;
    const mean = sum / width;
    let squares = 0;
    for (let i = 0; i < width; i++) squares += ((x[from + i] ?? 0) - mean) ** 2;
    const factor = 1 / Math.sqrt(squares / width + LAYER_NORM_EPSILON);
    for (let i = 0; i < width; i++) {
      x[from + i] = ((x[from + i] ?? 0) - mean) * factor * (scale[i] ?? 0) + (shift[i] ?? 0);
    }
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

/** What an output head makes of its column. */
function headed(x: number, column: number): number {
  const { low, high, steepness } = OUTPUT_HEADS[column] ?? { low: 0, high: 0, steepness: 0 };
  return low + (high - low) * sigmoid(steepness * x);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
