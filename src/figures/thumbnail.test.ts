import { describe, expect, it } from 'vitest';
import { LONGEST_THUMBNAIL } from '../base/library-bounds';
import fc from '../testing/fast-check';
import { thumbnailOf, thumbnailPoints } from './thumbnail';

const mapOf = (places: readonly (readonly [number, number])[], label = (i: number) => i % 3) => ({
  points: Float32Array.from(places.flat()),
  labels: Int32Array.from(places, (_, i) => label(i)),
});

const pointsOf = (map: ReturnType<typeof mapOf>) =>
  thumbnailPoints(thumbnailOf(map) ?? expect.fail());

describe('the thumbnail of a map', () => {
  it('has the points where the map has them, in a square, with their words', () => {
    const map = mapOf([
      [-2, 10],
      [2, 10],
      [0, 12],
    ]);
    const [left, right, top] = pointsOf(map);
    // The map is twice as wide as it is high: what is left of the height lies half above.
    expect(left).toEqual({ x: 0, y: expect.closeTo(0.25, 2) as number, label: 0 });
    expect(right).toEqual({ x: 1, y: expect.closeTo(0.25, 2) as number, label: 1 });
    expect(top?.x).toBeCloseTo(0.5, 2);
    expect(top?.y).toBeCloseTo(0.75, 2);
    expect(top?.label).toBe(2);
  });

  it('has some of very many points, from the first to the last rows', () => {
    const rows = 100_000;
    const map = mapOf(Array.from({ length: rows }, (_, i) => [i, 0] as const));
    const thumbnail = thumbnailOf(map) ?? expect.fail();
    expect(thumbnail).toHaveLength(LONGEST_THUMBNAIL);
    const xs = thumbnailPoints(thumbnail).map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(xs.at(0)).toBe(0);
    expect(xs.at(-1)).toBe(1);
  });

  it('is not squeezed by a few points that lie far away', () => {
    const crowd = Array.from({ length: 100 }, (_, i) => [i % 10, Math.floor(i / 10)] as const);
    const points = pointsOf(mapOf([...crowd, [1e6, 1e6]]));
    expect(points[9]?.x).toBeCloseTo(1, 1);
    expect(points.at(-1)).toMatchObject({ x: 1, y: 1 });
  });

  it('is there for one point, and for a word of any number; there is none of no rows', () => {
    expect(pointsOf(mapOf([[7, 7]], () => 4000))).toEqual([
      { x: expect.closeTo(0.5, 2) as number, y: expect.closeTo(0.5, 2) as number, label: 255 },
    ]);
    expect(thumbnailOf(mapOf([]))).toBeNull();
  });

  it('is read of any bytes, inside the picture', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 900 }), (bytes) => {
        const points = thumbnailPoints(bytes);
        expect(points).toHaveLength(Math.floor(bytes.length / 3));
        for (const { x, y } of points)
          expect(Math.min(x, 1 - x, y, 1 - y)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
