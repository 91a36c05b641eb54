import { describe, expect, it } from 'vitest';
import { wordCentroids } from './centroids';

const latents = Float32Array.of(1, 2, 3, 4, 5, 9, -1, 0);
const labels = [2, 0, 2, 0];

describe('wordCentroids', () => {
  it("gives the mean of each word's rows, null for a word without rows", () => {
    expect(wordCentroids(latents, 2, labels, 4)).toEqual([
      Float64Array.of(1, 2),
      null,
      Float64Array.of(3, 5.5),
      null,
    ]);
  });

  it('counts included rows only', () => {
    expect(wordCentroids(latents, 2, labels, 3, (row) => row === 2)).toEqual([
      null,
      null,
      Float64Array.of(5, 9),
    ]);
  });
});
