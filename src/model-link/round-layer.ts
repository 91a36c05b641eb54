/**
 * Weights as whole numbers of steps, chosen so that what a layer puts out changes as little as can be
 * for its steps: what rounding one weight spoils, those that are rounded later make good, as far as
 * the layer's inputs go together. Source: E. Frantar, S. Ashkboos, T. Hoefler, D. Alistarh, "GPTQ:
 * accurate post-training quantization for generative pre-trained transformers", ICLR 2023; written
 * here as Babai's nearest plane, which is the same (J. Chen and others, "The geometry of LLM
 * quantization", 2025).
 */
import { FARTHEST } from '../share/compact/coded-numbers';

/** Share of the mean square of all inputs that is added to that of each, so that no sum is trusted too far. */
const DAMPING = 0.01;

/** How the inputs of a layer, and the 1 that its bias is multiplied by, go together. */
export class InputMoments {
  readonly #width: number;
  readonly #sums: Float64Array;
  #count = 0;

  /** @param inputs of the layer; the bias' is one more */
  constructor(inputs: number) {
    this.#width = inputs + 1;
    this.#sums = new Float64Array(this.#width ** 2);
  }

  /** @param rows [rows, inputs] */
  add(rows: Float64Array): void {
    const width = this.#width;
    const inputs = width - 1;
    const row = new Float64Array(width).fill(1);
    for (let from = 0; from < rows.length; from += inputs) {
      row.set(rows.subarray(from, from + inputs));
      for (let i = 0; i < width; i++) {
        const factor = row[i] ?? 0;
        for (let j = i; j < width; j++) {
          const at = i * width + j;
          this.#sums[at] = (this.#sums[at] ?? 0) + factor * (row[j] ?? 0);
        }
      }
      this.#count++;
    }
  }

  /** Upper triangle R with R Rᵀ = the moments, damped; [width, width]. */
  triangle(): Float64Array {
    const n = this.#width;
    const sum = (i: number, j: number): number =>
      (this.#sums[Math.min(i, j) * n + Math.max(i, j)] ?? 0) / Math.max(1, this.#count);
    let trace = 0;
    for (let i = 0; i < n; i++) trace += sum(i, i);
    const damping = Math.max(Number.MIN_VALUE, (DAMPING * trace) / n);
    const upper = new Float64Array(n * n);
    for (let j = n - 1; j >= 0; j--) {
      for (let i = j; i >= 0; i--) {
        let left = sum(i, j) + (i === j ? damping : 0);
        for (let k = j + 1; k < n; k++) left -= (upper[i * n + k] ?? 0) * (upper[j * n + k] ?? 0);
        upper[i * n + j] =
          i === j ? Math.sqrt(Math.max(left, damping)) : left / (upper[j * n + j] ?? 1);
      }
    }
    return upper;
  }
}

/** Nothing goes together: each number to the nearest step. */
export function roundToSteps(values: Float32Array, step: number): Int32Array {
  return Int32Array.from(values, (value) => held(Math.round(value / step)));
}

/**
 * @param weight   [out, in]
 * @param bias     [out]
 * @param triangle of the layer's inputs, [in + 1, in + 1]
 */
export function roundLayer(
  weight: Float32Array,
  bias: Float32Array,
  steps: { readonly weight: number; readonly bias: number },
  triangle: Float64Array,
): { weight: Int32Array; bias: Int32Array } {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const width = inputs + 1;
  const rounded = { weight: new Int32Array(weight.length), bias: new Int32Array(outputs) };
  const spoilt = new Float64Array(width);
  for (let o = 0; o < outputs; o++) {
    spoilt.fill(0);
    for (let i = 0; i < width; i++) {
      const value = i < inputs ? (weight[o * inputs + i] ?? 0) : (bias[o] ?? 0);
      const step = i < inputs ? steps.weight : steps.bias;
      const own = triangle[i * width + i] ?? 1;
      const number = held(Math.round((value + (spoilt[i] ?? 0) / own) / step));
      if (i < inputs) rounded.weight[o * inputs + i] = number;
      else rounded.bias[o] = number;
      const error = value - number * step;
      for (let j = i + 1; j < width; j++) {
        spoilt[j] = (spoilt[j] ?? 0) + error * (triangle[i * width + j] ?? 0);
      }
    }
  }
  return rounded;
}

function held(number: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, number));
}
