/** The map's points and axes, on a canvas below what stands out of them. */
import type { ModelMap } from '../../src/model/model';
import { sameView, type MapView } from './map-view';

export const POINT_RADIUS = 2.6;
export const POINT_LINE = 1.2;

export interface MapColours {
  readonly ink: string;
  readonly paper: string;
  readonly line: string;
  /** Of points that do not stand out where others do. */
  readonly grey: string;
  readonly words: readonly string[];
}

export interface DotPicture {
  readonly map: Pick<ModelMap, 'labels' | 'heldOut'>;
  /** Where the rows are at this moment, [rows, 2]. */
  readonly points: Float32Array;
  /** How much each row stands out, [rows]: see EMPHASIS. */
  readonly emphasis: Uint8Array;
  readonly colours: MapColours;
  readonly view: MapView;
}

/** Whoever draws points. */
export interface DotLayer {
  /** As large as what it stands in. */
  readonly canvas: HTMLCanvasElement;
  /** Draws, unless nothing has changed. */
  draw(picture: DotPicture): void;
}

/** Whether two pictures look alike. */
export function samePicture(a: DotPicture | null, b: DotPicture): boolean {
  return a?.points === b.points && sameLooks(a, b) && sameView(a.view, b.view);
}

export function dotCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = 'dots';
  return canvas;
}

/** Whether the points of two pictures have the same colours and kinds. */
export function sameLooks(a: DotPicture | null, b: DotPicture): boolean {
  return (
    a?.emphasis === b.emphasis &&
    a.colours === b.colours &&
    a.map.labels === b.map.labels &&
    a.map.heldOut === b.map.heldOut
  );
}
