import { describe, expect, it } from 'vitest';
import { affineRows } from './affine-rows';
import { Stream, randomUniform } from './threefry';

const draw = (index: number): number => randomUniform(1, Stream.weights, 0, index) - 0.5;

describe('rows times a matrix', () => {
  it('are the sums one by one, to the bit, whatever the numbers of rows and outputs', () => {
    const wrong: string[] = [];
    for (const rows of [0, 1, 3, 4, 5, 9]) {
      for (const outputs of [1, 2, 3, 4, 7, 8]) {
        for (const inputs of [1, 5]) {
          const weight = Float32Array.from({ length: outputs * inputs }, (_, i) => draw(i));
          const bias = Float32Array.from({ length: outputs }, (_, i) => draw(1000 + i));
          const x = Float64Array.from({ length: rows * inputs }, (_, i) => draw(2000 + i));
          const expected = Float64Array.from({ length: rows * outputs }, (_, at) => {
            const row = Math.floor(at / outputs);
            const output = at % outputs;
            let sum = bias[output] ?? NaN;
            for (let i = 0; i < inputs; i++) {
              sum += (weight[output * inputs + i] ?? NaN) * (x[row * inputs + i] ?? NaN);
            }
            return sum;
          });
          const found = affineRows(weight, bias, x, rows);
          if (
            !expected.every((value, i) => value === found[i]) ||
            found.length !== expected.length
          ) {
            wrong.push(`${String(rows)} rows, ${String(inputs)} → ${String(outputs)}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  });
});
