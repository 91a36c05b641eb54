/** Words on the map's canvas, none over another. */
import type { WordCluster } from '../../src/model/model';
import type { Locate } from './map-frame';

/** Height of a line of text, and room from a mark to its name, in CSS pixels. */
const LINE = 15;
/** Half a mark's width, in CSS pixels. */
const MARK = 5;
const EDGE = 4;

type Place = (x: number, y: number) => [number, number];

interface LabelStyle {
  readonly size: number;
  /** Of the font; bold where left out. */
  readonly weight?: number;
  readonly colour: string;
  /** What the text stands out from. */
  readonly paper: string;
  /** Whether it is drawn over others where no place is free; it is left out otherwise. */
  readonly needed?: boolean;
}

interface MarkStyle {
  readonly colour: string;
  readonly paper: string;
  readonly emphasis: boolean;
}

/** Labels drawn so far; each finds a free place near the one it wants. */
export class Labels {
  readonly #taken: { x: number; y: number; half: number }[] = [];
  readonly #context: CanvasRenderingContext2D;
  readonly #width: number;
  readonly #height: number;
  readonly #scale: number;
  readonly #line: number;

  /**
   * @param view  size of the canvas in CSS pixels, which it would have to lay the page out to tell
   * @param scale how many times larger than usual letters are
   */
  constructor(
    context: CanvasRenderingContext2D,
    { width, height }: { readonly width: number; readonly height: number },
    scale: number,
  ) {
    this.#scale = scale;
    this.#line = LINE * scale;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    this.#context = context;
    this.#width = width;
    this.#height = height;
  }

  draw(text: string, [wantedX, wantedY]: [number, number], style: LabelStyle): void {
    const context = this.#context;
    context.font = font(style, this.#scale);
    const half = context.measureText(text).width / 2 + 2;
    const x = inside(wantedX, half + EDGE, this.#width - half - EDGE);
    const y = this.#freeHeight(x, wantedY, half) ?? (style.needed === true ? wantedY : null);
    if (y === null) return;
    this.#taken.push({ x, y, half });
    context.lineWidth = 4;
    context.strokeStyle = style.paper;
    context.strokeText(text, x, y);
    context.fillStyle = style.colour;
    context.fillText(text, x, y);
  }

  /** Labels stay off a circle around there. @param radius in CSS pixels */
  keepOff([x, y]: readonly [number, number], radius: number): void {
    this.#taken.push({ x, y, half: radius });
  }

  /** A diamond for a cluster of a word; labels keep clear of it. */
  mark([x, y]: [number, number], { colour, paper, emphasis }: MarkStyle): void {
    const context = this.#context;
    const size = emphasis ? MARK + 2 : MARK;
    context.beginPath();
    context.moveTo(x, y - size);
    context.lineTo(x + size, y);
    context.lineTo(x, y + size);
    context.lineTo(x - size, y);
    context.closePath();
    context.lineWidth = 2.5;
    context.strokeStyle = emphasis ? colour : paper;
    context.fillStyle = emphasis ? paper : colour;
    context.fill();
    context.stroke();
    this.#taken.push({ x, y, half: size });
  }

  /** A label for a mark, with a line to it where others are between them. */
  name(text: string, [x, y]: [number, number], style: LabelStyle): void {
    const context = this.#context;
    context.font = font(style, this.#scale);
    const half = context.measureText(text).width / 2 + 2;
    const at = inside(x, half + EDGE, this.#width - half - EDGE);
    const height = this.#freeHeight(at, y + this.#line, half);
    if (height !== null && Math.abs(height - y) > 1.5 * this.#line) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(inside(x, at - half, at + half), height);
      context.lineWidth = 1;
      context.strokeStyle = style.colour;
      context.stroke();
    }
    this.draw(text, [x, y + this.#line], style);
  }

  /**
   * The first height near `wanted` where a label lies neither over one already drawn nor across the
   * map's upper edge, nor on its lowest line, where the key of its dots stands. Names of what is
   * beyond the map stay there, out of sight. Null where no such height is near.
   */
  #freeHeight(x: number, wanted: number, half: number): number | null {
    const line = this.#line;
    const height = this.#height;
    const seen = (y: number): number => inside(y, line / 2, height - 1.5 * line);
    const start = wanted < 0 || wanted > height + line ? wanted : seen(wanted);
    const free = (y: number): boolean =>
      (start !== seen(start) || y === seen(y)) &&
      !this.#taken.some(
        (label) => Math.abs(label.x - x) < label.half + half && Math.abs(label.y - y) < line,
      );
    for (let step = 0; step < 8; step++) {
      for (const y of [start + step * line, start - step * line]) {
        if (free(y)) return y;
      }
    }
    return null;
  }
}

/** The clusters of a word, where it has several; the one that is looked at stands out. */
export function drawClusters(
  labels: Labels,
  schools: readonly WordCluster[],
  locate: Locate,
  place: Place,
  style: Omit<MarkStyle, 'emphasis'> & { readonly selected: string | null },
): void {
  const { colour, paper, selected } = style;
  for (const { name, latent } of schools) {
    labels.mark(place(...locate(latent)), { colour, paper, emphasis: name === selected });
  }
  for (const { name, latent } of schools) {
    labels.name(name, place(...locate(latent)), {
      ...{ colour, paper, size: 12 },
      weight: name === selected ? 650 : 450,
    });
  }
}

function font({ weight = 650, size }: LabelStyle, scale: number): string {
  return `${String(weight)} ${String(size * scale)}px system-ui, sans-serif`;
}

function inside(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
