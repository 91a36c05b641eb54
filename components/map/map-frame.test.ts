import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import { sampleModel } from '../../src/testing/sample-model';
import { fitProjection, latentAt } from '../../src/analysis/projection';
import { mapApart } from '../../src/explore/apart-map';
import { wordPull } from '../../src/explore/draw-apart';
import { wordHeadModel } from '../../src/testing/word-head-model';
import {
  between,
  centroidPoints,
  drawnMap,
  extentOf,
  framedPoints,
  pairBetween,
  pointOf,
  shareOnScreen,
  steadyExtent,
  withPlaces,
} from './map-frame';

describe('a map without rows', () => {
  it('is framed by where its words lie, and one with rows by those', () => {
    const { document, map } = sampleModel();
    if (map === null) throw new Error('The sample model has a map.');
    const drawn = drawnMap(map, null);
    expect(framedPoints(withPlaces(drawn, document))).toBe(map.points);
    const bare = withPlaces({ ...drawn, points: new Float32Array() }, document);
    const places = centroidPoints(document, (latent) => pointOf(latent, drawn));
    expect([...framedPoints(bare)]).toEqual([
      ...Float32Array.from(places.flatMap((at) => at ?? [])),
    ]);
    expect(extentOf(framedPoints(bare)).every((reach) => reach > 0.1)).toBe(true);
  });
});

describe('the map’s scale', () => {
  it('holds every point of a few, across and up', () => {
    const [across, up] = extentOf(Float32Array.of(-3, 1, 2, -5));
    expect(across).toBeGreaterThan(3);
    expect(up).toBeGreaterThan(5);
  });

  it('is not stretched by a few points that lie far off', () => {
    const points = Float32Array.from({ length: 400 }, (_, i) => (i % 20) / 20);
    points[0] = 1000;
    points[7] = -1000;
    const [across, up] = extentOf(points);
    expect(across).toBeLessThan(2);
    expect(up).toBeLessThan(2);
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

describe('a point of the map', () => {
  it('goes back to the latent that lands on it, in any projection', () => {
    const coordinate = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }).chain((size) =>
          fc.tuple(
            fc.constant(size),
            fc.array(fc.array(coordinate, { minLength: size, maxLength: size }), {
              minLength: size + 2,
              maxLength: 20,
            }),
          ),
        ),
        fc.tuple(coordinate, coordinate),
        ([size, rows], [x, y]) => {
          const projection = fitProjection(Float32Array.from(rows.flat()), size, null);
          const latent = latentAt([x, y], projection);
          expect(latent.length).toBe(size);
          const [backX, backY] = pointOf(latent, { ...projection, pull: null });
          expect(backX).toBeCloseTo(x, 4);
          expect(backY).toBeCloseTo(y, 4);
        },
      ),
    );
  });

  it('of a latent of one dimension has no height', () => {
    const line = { origin: Float32Array.of(2), axes: Float32Array.of(1, 0), pull: null };
    expect(latentAt([0.5, 3], line)).toEqual([2.5]);
    expect(pointOf([2.5], line)).toEqual([0.5, 0]);
  });
});

describe('a map with its words drawn apart', () => {
  it('has points and latents where they are drawn', () => {
    const model = wordHeadModel();
    const pull = wordPull(model, 50);
    const { map } = model;
    if (map === null || pull === null) throw new Error('The model has a map and a word head.');
    const apart = mapApart(
      map,
      Float32Array.from({ length: 15 }, (_, i) => Math.sin(i)),
      pull,
    );
    const drawn = drawnMap(map, apart);
    expect(drawn.labels).toBe(map.labels);
    expect(drawn.points).toBe(apart.points);
    const [x, y] = pointOf([Math.sin(3), Math.sin(4), Math.sin(5)], drawn);
    expect(x).toBeCloseTo(apart.points[2] ?? Number.NaN, 4);
    expect(y).toBeCloseTo(apart.points[3] ?? Number.NaN, 4);
    expect(drawnMap(map, null)).toEqual({ ...map, pull: null });
  });

  it('is reached from another a share of the way', () => {
    expect(pairBetween([1, 2], [3, -2], 0.25)).toEqual([1.5, 1]);
  });

  it('is reached at an even pace on the screen, however much larger it is', () => {
    const [from, to]: [[number, number], [number, number]] = [
      [2, 1],
      [100, 50],
    ];
    for (const share of [0, 0.25, 0.5, 1]) {
      const gone = shareOnScreen(from, to, share);
      const [extent] = pairBetween(from, to, gone);
      const [at] = pairBetween([-1, 0], [75, 0], gone);
      expect(at / extent).toBeCloseTo((1 - share) * (-1 / 2) + share * (75 / 100), 12);
    }
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
    const drawn = { ...map, origin, axes, pull: null };
    const place = centroidPoints(document, (latent) => pointOf(latent, drawn))[0];
    expect(place?.[0]).toBeCloseTo((word?.centroid?.[0] ?? 0) - 0.25);
    expect(place?.[1]).toBeCloseTo((word?.centroid?.[1] ?? 0) - 0.25);
  });
});
