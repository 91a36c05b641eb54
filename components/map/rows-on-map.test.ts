import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import { countsInView, rowsInside, rowsNearest, zoomOnWord } from './rows-on-map';

const place = fc.tuple(
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
);
const points = fc.array(place, { maxLength: 60 }).map((places) => Float32Array.from(places.flat()));

describe('a lasso', () => {
  it('holds what lies inside its line, whichever way it was drawn', () => {
    // An L, without the upper right quarter.
    const line = [
      [0, 0],
      [2, 0],
      [2, 1],
      [1, 1],
      [1, 2],
      [0, 2],
    ] as const;
    const at = Float32Array.from([0.5, 0.5, 1.5, 0.5, 0.5, 1.5, 1.5, 1.5, -0.5, 0.5, 0.5, 2.5]);
    expect([...rowsInside(at, line)]).toEqual([0, 1, 2]);
    expect([...rowsInside(at, line.toReversed())]).toEqual([0, 1, 2]);
    expect([...rowsInside(at, [])]).toEqual([]);
    expect([...rowsInside(at, [[0.5, 0.5]])]).toEqual([]);
  });

  it('leaves out what it goes around twice', () => {
    const ring = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const;
    const at = Float32Array.from([0.1, 0.2]);
    expect(rowsInside(at, ring)).toHaveLength(1);
    expect(rowsInside(at, [...ring, ...ring])).toHaveLength(0);
  });

  it('that is a rectangle holds what lies between its sides', () => {
    fc.assert(
      fc.property(points, place, place, (at, a, b) => {
        const [left, right] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
        const [low, high] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
        const line = [
          [left, low],
          [right, low],
          [right, high],
          [left, high],
        ] as const;
        const expected = Array.from({ length: at.length / 2 }, (_, row) => row).filter((row) => {
          const [x = 0, y = 0] = at.subarray(2 * row);
          return x > left && x < right && y > low && y < high;
        });
        const found = rowsInside(at, line);
        for (const row of expected) expect(found).toContain(row);
        for (const row of found) {
          const [x = 0, y = 0] = at.subarray(2 * row);
          expect(x >= left && x <= right && y >= low && y <= high).toBe(true);
        }
      }),
    );
  });
});

describe('the rows nearest to a place', () => {
  it('are nearer than all others, and as many as asked for', () => {
    fc.assert(
      fc.property(points, place, fc.integer({ min: 1, max: 70 }), (at, [x, y], count) => {
        const rows = at.length / 2;
        const near = [...rowsNearest(at, [x, y], count)];
        expect(new Set(near).size).toBe(Math.min(count, rows));
        const far = (row: number): number =>
          ((at[2 * row] ?? 0) - x) ** 2 + ((at[2 * row + 1] ?? 0) - y) ** 2;
        const farthest = Math.max(...near.map(far));
        for (let row = 0; row < rows; row++) {
          if (!near.includes(row)) expect(far(row)).toBeGreaterThanOrEqual(farthest);
        }
      }),
    );
  });
});

describe('the points in view', () => {
  const at = Float32Array.from([0, 0, 0.9, 0, 0, 0.9, 5, 5]);
  const labels = [0, 1, 1, 2];
  const view = { width: 200, height: 100, extent: [1, 1] as const };

  it('are all of them on the whole map, outliers at its edge included', () => {
    const zoom = { factor: 1, centre: [0, 0] as const };
    expect(countsInView(at, labels, 4, { ...view, zoom })).toEqual([1, 2, 1, 0]);
  });

  it('are those between the edges where it is zoomed in', () => {
    // The canvas is twice as wide as high: 1 map unit from the middle sideways, and half as much up.
    const zoom = { factor: 2, centre: [0, 0] as const };
    expect(countsInView(at, labels, 4, { ...view, zoom })).toEqual([1, 1, 0, 0]);
    const aside = { factor: 2, centre: [5, 5.1] as const };
    expect(countsInView(at, labels, 4, { ...view, zoom: aside })).toEqual([0, 0, 1, 0]);
  });
});

describe('what a searched word is seen by', () => {
  const at = Float32Array.from([0.4, 0.4, 0.5, 0.4, 0.6, 0.5, -0.9, -0.9, 0.9, 0.9]);
  const labels = [0, 0, 0, 1, 1];

  it('is most of its points, in the middle', () => {
    const zoom = zoomOnWord(at, labels, 0, [1, 1]);
    expect(zoom.factor).toBeCloseTo(7);
    expect(zoom.centre[0]).toBeCloseTo(0.5);
    expect(zoom.centre[1]).toBeCloseTo(0.45);
  });

  it('is the whole map where they fill it', () => {
    expect(zoomOnWord(at, labels, 1, [1, 1])).toEqual({ factor: 1, centre: [0, 0] });
  });
});
