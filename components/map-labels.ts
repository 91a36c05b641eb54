/** Words on the map's canvas, none over another. */
import type { ModelMap, School } from '../src/model/model';
import { pointOf } from './map-frame';

/** Height of a line of text, and room from a mark to its name, in CSS pixels. */
const LINE = 15;
/** Half a mark's width, in CSS pixels. */
const MARK = 5;
const EDGE = 4;

type Place = (x: number, y: number) => [number, number];

interface LabelStyle {
  readonly size: number;
  readonly colour: string;
  /** What the text stands out from. */
  readonly paper: string;
}

/** Labels drawn so far; each finds a free place near the one it wants. */
export class Labels {
  readonly #taken: { x: number; y: number; half: number }[] = [];
  readonly #context: CanvasRenderingContext2D;

  constructor(context: CanvasRenderingContext2D) {
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    this.#context = context;
  }

  draw(text: string, [wantedX, wantedY]: [number, number], style: LabelStyle): void {
    const context = this.#context;
    context.font = `650 ${String(style.size)}px system-ui, sans-serif`;
    const half = context.measureText(text).width / 2 + 2;
    const x = inside(wantedX, half + EDGE, context.canvas.clientWidth - half - EDGE);
    const y = this.#freeHeight(x, wantedY, half);
    this.#taken.push({ x, y, half });
    context.lineWidth = 4;
    context.strokeStyle = style.paper;
    context.strokeText(text, x, y);
    context.fillStyle = style.colour;
    context.fillText(text, x, y);
  }

  /** A school of a word: a diamond where it lies, and its name under it. */
  mark(name: string, [x, y]: [number, number], style: LabelStyle & { emphasis: boolean }): void {
    const context = this.#context;
    const size = style.emphasis ? MARK + 2 : MARK;
    context.beginPath();
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
    context.closePath();
    context.lineWidth = 2.5;
    context.strokeStyle = style.emphasis ? style.colour : style.paper;
    context.fillStyle = style.emphasis ? style.paper : style.colour;
    context.fill();
    context.stroke();
    this.draw(name, [x, y + LINE], style);
  }

  /** The first height near `y` where a label does not lie over one already drawn. */
  #freeHeight(x: number, y: number, half: number): number {
    const clashes = (height: number): boolean =>
      this.#taken.some(
        (label) => Math.abs(label.x - x) < label.half + half && Math.abs(label.y - height) < LINE,
      );
    for (let step = 0; step < 8; step++) {
      for (const height of [y + step * LINE, y - step * LINE]) {
        if (!clashes(height)) return height;
      }
    }
    return y;
  }
}

/** Marks the schools of a word, where it has several; the one that is looked at stands out. */
export function markSchools(
  labels: Labels,
  schools: readonly School[],
  map: ModelMap,
  place: Place,
  style: Omit<LabelStyle, 'size'> & { readonly selected: string | null },
): void {
  if (schools.length < 2) return;
  for (const { name, latent } of schools) {
    const emphasis = name === style.selected;
    labels.mark(name, place(...pointOf(latent, map)), { ...style, size: 11.5, emphasis });
  }
}

function inside(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
