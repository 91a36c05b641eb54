import { describe, expect, it } from 'vitest';
import { sampleModel } from '../src/testing/sample-model';
import { between, centroidPoints, extentOf, steadyExtent } from './map-frame';

describe('the map’s scale', () => {
  it('holds every point, across and up', () => {
    const [across, up] = extentOf(Float32Array.of(-3, 1, 2, -5));
    expect(across).toBeGreaterThan(3);
    expect(up).toBeGreaterThan(5);
  });

  it('grows at once and shrinks slowly', () => {
    expect(steadyExtent([1, 1], [2, 3])).toEqual([2, 3]);
    const [across, up] = steadyExtent([10, 10], [1, 1]);
    expect(across).toBeGreaterThan(9);
    expect(up).toBeLessThan(10);
  });

  it('is never zero, even when all points coincide', () => {
    expect(steadyExtent(null, [0, 0]).every((side) => side > 0)).toBe(true);
  });
});

describe('a frame', () => {
  it('glides from the last one to the next', () => {
    const from = Float32Array.of(0, 0);
    const to = Float32Array.of(2, -4);
    expect(between(from, to, 0.5)).toEqual(Float32Array.of(1, -2));
    expect(between(from, to, 1)).toBe(to);
    expect(between(Float32Array.of(1), to, 0.5)).toBe(to);
  });

  it('has a word’s label where the mean of its points lies', () => {
    const { document, map } = sampleModel();
    if (map === null) throw new Error('The sample model has a map.');
    const origin = Float32Array.from({ length: document.spec.latent }, () => 0.25);
    const axes = new Float32Array(2 * document.spec.latent);
    axes[0] = 1;
    axes[document.spec.latent + 1] = 1;
    const [word] = document.words;
    const place = centroidPoints(document, { ...map, origin, axes })[0];
    expect(place?.[0]).toBeCloseTo((word?.centroid?.[0] ?? 0) - 0.25);
    expect(place?.[1]).toBeCloseTo((word?.centroid?.[1] ?? 0) - 0.25);
  });
});
