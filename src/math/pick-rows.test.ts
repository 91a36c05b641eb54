import { describe, expect, it } from 'vitest';
import { pickRows, rowsWhere } from './pick-rows';

describe('pickRows', () => {
  it('puts rows next to each other in the order of their numbers, as often as they are named', () => {
    const matrix = Float32Array.of(0, 1, 10, 11, 20, 21);
    expect(pickRows(matrix, 2, [2, 0, 2])).toEqual(Float32Array.of(20, 21, 0, 1, 20, 21));
    expect(pickRows(matrix, 3, Uint32Array.of(1))).toEqual(Float32Array.of(11, 20, 21));
    expect(pickRows(matrix, 2, [])).toEqual(new Float32Array());
  });

  it('keeps double precision, and takes what it is given as it is', () => {
    const matrix = Float64Array.of(0.1, 0.2, 0.3);
    const picked = pickRows(matrix, 1, [1]);
    expect(picked).toEqual(Float64Array.of(0.2));
    picked[0] = 5;
    expect(matrix[1]).toBe(0.2);
  });
});

describe('rowsWhere', () => {
  it('gives the numbers of the rows with a flag or a label', () => {
    expect(rowsWhere(Uint8Array.of(1, 0, 0, 1), 1)).toEqual([0, 3]);
    expect(rowsWhere(Int32Array.of(-1, 2, -1), -1)).toEqual([0, 2]);
  });
});
