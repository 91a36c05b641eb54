import { describe, expect, it } from 'vitest';
import { randomNormal } from '../math/normal';
import { Stream } from '../math/threefry';
import { InputMoments, roundLayer, roundToSteps } from './round-layer';

const INPUTS = 12;
const OUTPUTS = 6;
const ROWS = 300;
const normal = (step: number, index: number): number => randomNormal(1, Stream.sample, step, index);

/** Inputs that are three hidden numbers seen twelve times, and a little of their own. */
const inputs = Float64Array.from({ length: ROWS * INPUTS }, (_, at) => {
  const [row, i] = [Math.floor(at / INPUTS), at % INPUTS];
  const shared = [0, 1, 2].reduce(
    (sum, h) => sum + normal(1, row * 3 + h) * normal(2, i * 3 + h),
    0,
  );
  return shared + 0.05 * normal(3, at) + 0.5;
});
const weight = Float32Array.from({ length: OUTPUTS * INPUTS }, (_, i) => normal(4, i));
const bias = Float32Array.from({ length: OUTPUTS }, (_, i) => normal(5, i));

/** Root of the mean square by which the layer's outputs differ. */
function difference(numbers: { weight: Int32Array; bias: Int32Array }, step: number): number {
  let squares = 0;
  for (let row = 0; row < ROWS; row++) {
    for (let o = 0; o < OUTPUTS; o++) {
      let sum = (numbers.bias[o] ?? 0) * step - (bias[o] ?? 0);
      for (let i = 0; i < INPUTS; i++) {
        const at = o * INPUTS + i;
        sum +=
          ((numbers.weight[at] ?? 0) * step - (weight[at] ?? 0)) * (inputs[row * INPUTS + i] ?? 0);
      }
      squares += sum ** 2;
    }
  }
  return Math.sqrt(squares / (ROWS * OUTPUTS));
}

const moments = new InputMoments(INPUTS);
moments.add(inputs);
const triangle = moments.triangle();

describe('rounding a layer', () => {
  it('changes its outputs by at most 0.6 times as much as rounding its weights one by one', () => {
    const step = 0.25;
    const plain = { weight: roundToSteps(weight, step), bias: roundToSteps(bias, step) };
    const fitted = roundLayer(weight, bias, { weight: step, bias: step }, triangle);
    expect(difference(fitted, step)).toBeLessThan(0.6 * difference(plain, step));
  });

  it('loses nothing where the steps are small', () => {
    const step = 2 ** -20;
    const fitted = roundLayer(weight, bias, { weight: step, bias: step }, triangle);
    expect(difference(fitted, step)).toBeLessThan(1e-5);
  });

  it('knows how its inputs go together: the triangle times itself is their mean product', () => {
    const width = INPUTS + 1;
    const row = (r: number): number[] => [...inputs.subarray(r * INPUTS, (r + 1) * INPUTS), 1];
    const product = (i: number, j: number): number =>
      Array.from({ length: ROWS }, (_, r) => (row(r)[i] ?? 0) * (row(r)[j] ?? 0)).reduce(
        (sum, x) => sum + x / ROWS,
        0,
      );
    const trace = Array.from({ length: width }, (_, i) => product(i, i)).reduce((a, b) => a + b);
    for (const [i, j] of [
      [0, 0],
      [2, 7],
      [12, 3],
      [12, 12],
    ] as const) {
      const sum = Array.from(
        { length: width },
        (_, k) => (triangle[i * width + k] ?? 0) * (triangle[j * width + k] ?? 0),
      ).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(product(i, j) + (i === j ? (0.01 * trace) / width : 0), 9);
    }
  });
});
