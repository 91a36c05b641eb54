/** Rows times a matrix: where most of the time of a plain forward pass goes. */

/** How many rows, and how many outputs of each, are summed at a time. */
const ROWS = 4;
const OUTPUTS = 2;

/**
 * x · weightᵀ + bias. Each sum is taken in float64, in the order of the inputs, whatever is summed
 * beside it.
 *
 * Eight sums at a time, so that the processor adds to independent ones instead of waiting for one, and
 * reads a number once for several of them.
 *
 * @param weight [outputs, inputs]
 * @param bias   [outputs]
 * @param x      [rows, inputs]
 * @returns shape [rows, outputs]
 */
export function affineRows(
  weight: Float32Array,
  bias: Float32Array,
  x: Float64Array,
  rows: number,
): Float64Array {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const y = new Float64Array(rows * outputs);
  const inTiles = rows - (rows % ROWS);
  for (let row = 0; row < inTiles; row += ROWS) {
    const x0 = row * inputs;
    const x1 = x0 + inputs;
    const x2 = x1 + inputs;
    const x3 = x2 + inputs;
    for (let a = 0; a < outputs; a += OUTPUTS) {
      // Of an odd number of outputs, the last is summed twice.
      const b = Math.min(a + 1, outputs - 1);
      const wa = a * inputs;
      const wb = b * inputs;
      const biasA = bias[a] ?? 0;
      const biasB = bias[b] ?? 0;
      let [a0, a1, a2, a3] = [biasA, biasA, biasA, biasA];
      let [b0, b1, b2, b3] = [biasB, biasB, biasB, biasB];
      for (let i = 0; i < inputs; i++) {
        const factorA = weight[wa + i] ?? 0;
        const factorB = weight[wb + i] ?? 0;
        const i0 = x[x0 + i] ?? 0;
        const i1 = x[x1 + i] ?? 0;
        const i2 = x[x2 + i] ?? 0;
        const i3 = x[x3 + i] ?? 0;
        a0 += factorA * i0;
        a1 += factorA * i1;
        a2 += factorA * i2;
        a3 += factorA * i3;
        b0 += factorB * i0;
        b1 += factorB * i1;
        b2 += factorB * i2;
        b3 += factorB * i3;
      }
      const to = row * outputs;
      y[to + a] = a0;
      y[to + outputs + a] = a1;
      y[to + 2 * outputs + a] = a2;
      y[to + 3 * outputs + a] = a3;
      y[to + b] = b0;
      y[to + outputs + b] = b1;
      y[to + 2 * outputs + b] = b2;
      y[to + 3 * outputs + b] = b3;
    }
  }
  for (let row = inTiles; row < rows; row++) addRow(weight, bias, x, y, row);
  return y;
}

/** One row of {@link affineRows}: four outputs at a time. */
function addRow(
  weight: Float32Array,
  bias: Float32Array,
  x: Float64Array,
  y: Float64Array,
  row: number,
): void {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  const from = row * inputs;
  const to = row * outputs;
  for (let a = 0; a < outputs; a += 4) {
    const b = Math.min(a + 1, outputs - 1);
    const c = Math.min(a + 2, outputs - 1);
    const d = Math.min(a + 3, outputs - 1);
    let sumA = bias[a] ?? 0;
    let sumB = bias[b] ?? 0;
    let sumC = bias[c] ?? 0;
    let sumD = bias[d] ?? 0;
    for (let i = 0; i < inputs; i++) {
      const value = x[from + i] ?? 0;
      sumA += (weight[a * inputs + i] ?? 0) * value;
      sumB += (weight[b * inputs + i] ?? 0) * value;
      sumC += (weight[c * inputs + i] ?? 0) * value;
      sumD += (weight[d * inputs + i] ?? 0) * value;
    }
    y[to + a] = sumA;
    y[to + b] = sumB;
    y[to + c] = sumC;
    y[to + d] = sumD;
  }
}
