/** How the map is drawn on its canvas. */
import type { ModelDocument, ModelMap, WordCluster } from '../../src/model/model';
import { Dots, MANY_POINTS, rgbOf, stampOf } from './map-dots';
import { centroidPoints, meanPoints, type Locate } from './map-frame';
import { drawClusters, Labels } from './map-labels';
import { colourNumbers } from '../kit/word-colours';

const POINT_RADIUS = 2.6;
const POINT_LINE = 1.2;
const RING_RADIUS = 12;

export interface MapColours {
  readonly ink: string;
  readonly paper: string;
  readonly line: string;
  readonly words: readonly string[];
}

/** What is drawn, and what stands out of it. */
export interface MapPicture {
  readonly document: ModelDocument;
  readonly map: ModelMap;
  /** Where the rows are at this moment, [rows, 2]. */
  readonly points: Float32Array;
  /** Whether the points are those of an earlier map, of which the model says nothing else. */
  readonly earlier: boolean;
  readonly selected: string | null;
  readonly cluster: string | null;
  /** Index of the row under the pointer. */
  readonly hovered: number | null;
  readonly colours: MapColours;
  /** Where the current EQ's ring is, in map units; null where it is nowhere. */
  readonly ring: readonly [number, number] | null;
  /** Where latents are at this moment. */
  readonly locate: Locate;
  /** From map units to CSS pixels. */
  readonly place: (x: number, y: number) => [number, number];
}

/** @param read the value of a design token */
export function mapColours(document: ModelDocument, read: (token: string) => string): MapColours {
  return {
    ink: read('--wb-ink'),
    paper: read('--wb-surface-sunk'),
    line: read('--wb-line'),
    words: colourNumbers(document.words).map((n) => read(`--wb-word-${String(n)}`)),
  };
}

/** The clusters of a word. */
export function clustersOf({ words }: ModelDocument, word: string | null): readonly WordCluster[] {
  return words.find((own) => own.word === word)?.schools ?? [];
}

export function drawMap(context: CanvasRenderingContext2D, picture: MapPicture): void {
  drawAxes(context, picture);
  drawPoints(context, picture);
  drawLabels(context, picture);
}

function drawAxes(context: CanvasRenderingContext2D, { colours, place }: MapPicture): void {
  const { clientWidth: width, clientHeight: height } = context.canvas;
  const [x, y] = place(0, 0);
  context.strokeStyle = colours.line;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(width, y);
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
}

function drawPoints(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { document, map, points, colours, place } = picture;
  const many = map.labels.length >= MANY_POINTS ? manyPoints(context, colours) : null;
  const selected = document.words.findIndex(({ word }) => word === picture.selected);
  const cluster = clustersOf(document, picture.selected).findIndex(
    ({ name }) => name === picture.cluster,
  );
  context.lineWidth = POINT_LINE;
  // The selected word's points are drawn last, so that none of them is hidden.
  for (const front of [false, true]) {
    for (let row = 0; row < map.labels.length; row++) {
      const label = map.labels[row] ?? 0;
      if ((label === selected) !== front) continue;
      const [x, y] = place(points[2 * row] ?? 0, points[2 * row + 1] ?? 0);
      const colour = colours.words[label] ?? colours.ink;
      const hovered = row === picture.hovered;
      const apart = front && cluster >= 0 && map.schools[row] !== cluster;
      const alpha = hovered || (front && !apart) ? 0.95 : apart ? 0.3 : 0.55;
      if (many !== null) {
        many.put([x, y], label, { hollow: map.heldOut[row] === 1, large: hovered, alpha });
        continue;
      }
      context.globalAlpha = alpha;
      context.beginPath();
      context.arc(x, y, hovered ? POINT_RADIUS * 2 : POINT_RADIUS, 0, 2 * Math.PI);
      if (map.heldOut[row] === 1) {
        context.strokeStyle = colour;
        context.stroke();
      } else {
        context.fillStyle = colour;
        context.fill();
      }
    }
  }
  many?.draw();
  context.globalAlpha = 1;
}

/** Paints points on a sheet of their own, as large as the canvas, that is then laid over it. */
function manyPoints(context: CanvasRenderingContext2D, colours: MapColours) {
  const { width, height, clientWidth } = context.canvas;
  const scale = width / Math.max(1, clientWidth);
  const sheet = new OffscreenCanvas(Math.max(1, width), Math.max(1, height));
  const pen = sheet.getContext('2d');
  const image = new ImageData(sheet.width, sheet.height);
  const dots = new Dots(image);
  const [filled, largeFilled] = [1, 2].map((size) => stampOf(POINT_RADIUS * size * scale, null));
  const [hollow, largeHollow] = [1, 2].map((size) =>
    stampOf(POINT_RADIUS * size * scale, POINT_LINE * scale),
  );
  const rgb = rgbOf([...colours.words, colours.ink]);
  return {
    put(
      [x, y]: readonly [number, number],
      label: number,
      how: { readonly hollow: boolean; readonly large: boolean; readonly alpha: number },
    ): void {
      const lined = how.large ? largeHollow : hollow;
      const whole = how.large ? largeFilled : filled;
      const stamp = how.hollow ? lined : whole;
      const colour = rgb[label] ?? rgb.at(-1);
      if (stamp !== undefined && colour !== undefined) {
        dots.put(x * scale, y * scale, stamp, colour, how.alpha);
      }
    },
    draw(): void {
      pen?.putImageData(image, 0, 0);
      context.drawImage(sheet, 0, 0, width / scale, height / scale);
    },
  };
}

function drawLabels(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { document, map, locate, selected, cluster, colours, ring, place } = picture;
  const centroids = picture.earlier
    ? meanPoints(picture.points, map.labels, document.words.length)
    : centroidPoints(document, locate);
  const labels = new Labels(context);
  if (ring !== null) labels.keepOff(place(...ring), RING_RADIUS);
  const order = document.words
    .map(({ word, rows }, index) => ({ word, rows, index }))
    .sort((a, b) => Number(b.word === selected) - Number(a.word === selected) || b.rows - a.rows);
  for (const { word, index } of order) {
    const centroid = centroids[index];
    if (!centroid) continue;
    const chosen = word === selected;
    const text = word.length > 24 ? `${word.slice(0, 23)}…` : word;
    const style = { paper: colours.paper, colour: colours.words[index] ?? colours.ink };
    const [x, y] = place(...centroid);
    const schools = chosen && !picture.earlier ? clustersOf(document, word) : [];
    if (schools.length > 1) {
      drawClusters(labels, schools, locate, place, { ...style, selected: cluster });
    }
    labels.draw(text, [x, y], { ...style, size: chosen ? 16 : 13 });
  }
}
