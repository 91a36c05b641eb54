/** The point that is pointed at: larger, over the map, so that nothing of it is drawn anew, and whose it is. */
import { html } from 'lit';
import type { ShownModel } from '../state/page-state';
import type { MapColours } from './dot-layer';
import type { DrawnMap } from './map-frame';
import { placesOn, type MapView } from './map-view';

/**
 * @param row  index of it; null for none
 * @param many whether points lie so near each other that the pointer passes many
 */
export function pointedTemplate(
  row: number | null,
  map: DrawnMap | null,
  model: ShownModel | null,
  many: boolean,
): unknown {
  if (row === null || map === null) return null;
  const side = (map.points[2 * row] ?? 0) > 0 ? 'left' : 'right';
  return html`
    <div class=${map.heldOut[row] === 1 ? 'pointed hollow' : 'pointed'}></div>
    <wb-map-tip class=${side} .model=${model} .row=${row} ?many=${many}></wb-map-tip>
  `;
}

/** What says where a row is on the screen; null while it is not known. */
interface Pointed {
  readonly dot: HTMLElement | null;
  readonly row: number | null;
  readonly map: DrawnMap | null;
  /** Where the rows are at this moment, [rows, 2]. */
  readonly points: Float32Array | null;
  readonly colours: MapColours | null;
  /** What is on the screen. */
  readonly view: MapView | null;
}

/** Puts the dot where the row is, once that is known. */
export function putPointed({ dot, row, map, points, colours, view }: Pointed): void {
  if (dot === null || row === null || map === null) return;
  if (points === null || colours === null || view === null) return;
  const [x, y] = placesOn(view)(points[2 * row] ?? 0, points[2 * row + 1] ?? 0);
  dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  dot.style.color = colours.words[map.labels[row] ?? 0] ?? colours.ink;
}
