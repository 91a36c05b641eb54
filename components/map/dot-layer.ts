/** The map's points and axes, on a canvas below what stands out of them. */
import type { ModelMap } from '../../src/model/model';
import { EMPHASIS, OPACITIES } from './map-marks';
import { placesOn, sameView, type MapView } from './map-view';
import { sheetOf } from '../kit/canvas';

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
  return (
    a?.points === b.points &&
    a.emphasis === b.emphasis &&
    a.colours === b.colours &&
    a.map.labels === b.map.labels &&
    a.map.heldOut === b.map.heldOut &&
    sameView(a.view, b.view)
  );
}

export function dotCanvas(): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = 'dots';
  return canvas;
}

/** Draws circle by circle, which any browser can, and is slow where there are many. */
export class CanvasDots implements DotLayer {
  readonly canvas = dotCanvas();
  #drawn: DotPicture | null = null;
  #sharpness = 0;

  draw(picture: DotPicture): void {
    if (this.#sharpness === devicePixelRatio && samePicture(this.#drawn, picture)) return;
    const sheet = sheetOf(this.canvas, picture.view);
    if (sheet === null) return;
    this.#drawn = picture;
    this.#sharpness = devicePixelRatio;
    drawAxes(sheet.pen, picture);
    drawPoints(sheet.pen, picture);
  }
}

function drawAxes(pen: CanvasRenderingContext2D, { colours, view }: DotPicture): void {
  const [x, y] = placesOn(view)(0, 0);
  pen.strokeStyle = colours.line;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(0, y);
  pen.lineTo(view.width, y);
  pen.moveTo(x, 0);
  pen.lineTo(x, view.height);
  pen.stroke();
}

function drawPoints(pen: CanvasRenderingContext2D, picture: DotPicture): void {
  const { map, points, emphasis, colours, view } = picture;
  const place = placesOn(view);
  pen.lineWidth = POINT_LINE;
  // What stands out is drawn last, so that none of it is hidden.
  for (const front of [false, true]) {
    for (let row = 0; row < map.labels.length; row++) {
      const own = emphasis[row] ?? EMPHASIS.usual;
      if (own >= EMPHASIS.aside !== front) continue;
      const [x, y] = place(points[2 * row] ?? 0, points[2 * row + 1] ?? 0);
      const hollow = map.heldOut[row] === 1;
      const label = map.labels[row] ?? 0;
      const colour = own === EMPHASIS.grey ? colours.grey : (colours.words[label] ?? colours.ink);
      pen.globalAlpha = OPACITIES[own] ?? 1;
      drawDot(pen, [x, y], { colour, hollow, radius: POINT_RADIUS });
    }
  }
  pen.globalAlpha = 1;
}

/** One point: a disc, or a circle where it is hollow. */
export function drawDot(
  pen: CanvasRenderingContext2D,
  [x, y]: readonly [number, number],
  how: { readonly colour: string; readonly hollow: boolean; readonly radius: number },
): void {
  pen.beginPath();
  pen.arc(x, y, how.radius, 0, 2 * Math.PI);
  if (how.hollow) {
    pen.strokeStyle = how.colour;
    pen.stroke();
  } else {
    pen.fillStyle = how.colour;
    pen.fill();
  }
}
