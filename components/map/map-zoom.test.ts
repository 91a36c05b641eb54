import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import { WHOLE_MAP, zoomedAt, type MapZoom } from './map-zoom';

/** Where a place is drawn, as a multiple of the frame's half side. */
const drawn = ({ factor, centre }: MapZoom, [x, y]: readonly [number, number]) => [
  (x - centre[0]) * factor,
  (y - centre[1]) * factor,
];

describe('the map’s zoom', () => {
  it('leaves what lies under the pointer where it is', () => {
    const place = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(place, place),
        fc.double({ min: 1.01, max: 3, noNaN: true }),
        (at, by) => {
          const once = zoomedAt(WHOLE_MAP, 2, at);
          const twice = zoomedAt(once, by, at);
          drawn(twice, at).forEach((value, axis) => {
            expect(value).toBeCloseTo(drawn(once, at)[axis] ?? NaN, 9);
          });
        },
      ),
    );
  });

  it('ends at the whole map, and at the nearest', () => {
    const near = zoomedAt(WHOLE_MAP, 2, [1, -1]);
    expect(near).toEqual({ factor: 2, centre: [0.5, -0.5] });
    expect(zoomedAt(near, 0.5, [1, 1])).toEqual(WHOLE_MAP);
    expect(zoomedAt(near, 1e9, [0, 0]).factor).toBe(40);
    expect(zoomedAt(near, Number.NaN, [0, 0])).toEqual(WHOLE_MAP);
  });
});
