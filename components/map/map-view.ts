/** Which place of the map is where on the screen. Pure. */
import { placesIn, type Frame } from '../../src/figures/map-dots';
import type { Size } from '../kit/canvas';
import type { Extent } from './map-frame';
import type { MapZoom } from './map-zoom';

/** How far from the edge what lies outside the whole map's frame is drawn, in CSS pixels. */
const EDGE = 6;

/** A map unit's size and place, for a canvas of so many CSS pixels. */
export interface MapView extends Size {
  readonly extent: Extent;
  readonly zoom: MapZoom;
}

/** CSS pixels per map unit: one scale for both axes, so that distances are comparable. */
export function scaleOf({ width, height, extent: [across, up], zoom }: MapView): number {
  return zoom.factor * Math.min(width / 2 / across, height / 2 / up);
}

/** How far from the edge points are kept, in CSS pixels; null where what lies outside is not drawn. */
export function edgeOf({ zoom }: MapView): number | null {
  return zoom.factor > 1 ? null : EDGE;
}

/** What of a view says where places lie. */
export function frameOf(view: MapView): Frame {
  const { width, height, zoom } = view;
  return { width, height, centre: zoom.centre, scale: scaleOf(view), edge: edgeOf(view) };
}

/** From map units to CSS pixels right of and below the canvas's upper left corner. */
export function placesOn(view: MapView): (x: number, y: number) => [number, number] {
  return placesIn(frameOf(view));
}

/** From CSS pixels right of and below the canvas's upper left corner to map units. */
export function unitsAt(view: MapView, [left, top]: readonly [number, number]): [number, number] {
  const { width, height, zoom } = view;
  const scale = scaleOf(view);
  return [zoom.centre[0] + (left - width / 2) / scale, zoom.centre[1] + (height / 2 - top) / scale];
}

export function sameView(a: MapView, b: MapView): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.extent[0] === b.extent[0] &&
    a.extent[1] === b.extent[1] &&
    a.zoom.factor === b.zoom.factor &&
    a.zoom.centre[0] === b.zoom.centre[0] &&
    a.zoom.centre[1] === b.zoom.centre[1]
  );
}
