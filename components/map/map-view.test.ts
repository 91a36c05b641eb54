import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import { edgeOf, placesOn, unitsAt, type MapView } from './map-view';
import { movedBy, WHOLE_MAP } from './map-zoom';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const views: fc.Arbitrary<MapView> = fc.record({
  width: number(50, 2000),
  height: number(50, 2000),
  extent: fc.tuple(number(0.1, 10), number(0.1, 10)),
  zoom: fc.record({
    factor: number(1.1, 40),
    centre: fc.tuple(number(-3, 3), number(-3, 3)),
  }),
});

describe('places on the screen', () => {
  it('are found again on the map', () => {
    fc.assert(
      fc.property(views, number(-5, 5), number(-5, 5), (view, x, y) => {
        const [backX, backY] = unitsAt(view, placesOn(view)(x, y));
        expect(backX).toBeCloseTo(x, 6);
        expect(backY).toBeCloseTo(y, 6);
      }),
    );
  });

  it('of what lies outside the whole map’s frame are at its edge', () => {
    const view = { width: 200, height: 100, extent: [1, 1], zoom: WHOLE_MAP } as const;
    const edge = edgeOf(view) ?? 0;
    expect(placesOn(view)(99, -99)).toEqual([200 - edge, 100 - edge]);
    expect(placesOn(view)(0, 0)).toEqual([100, 50]);
    const near = { ...view, zoom: { factor: 2, centre: [0, 0] as const } };
    expect(placesOn(near)(99, 0)[0]).toBeGreaterThan(200);
  });
});

describe('moving a map that is zoomed in', () => {
  const zoom = { factor: 4, centre: [0.5, 0] } as const;

  it('shows what lies beside, as far as there are points', () => {
    expect(movedBy(zoom, [0.25, -0.5], [1, 2]).centre).toEqual([0.75, -0.5]);
    expect(movedBy(zoom, [9, -9], [1, 2]).centre).toEqual([1, -2]);
  });

  it('does nothing to the whole map, which has no beside', () => {
    expect(movedBy(WHOLE_MAP, [0.25, -0.5], [1, 2])).toEqual(WHOLE_MAP);
  });
});
