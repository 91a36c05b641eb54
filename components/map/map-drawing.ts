/** What is drawn over the map's points: words, and lines around points. */
import type { ModelDocument, ModelMap } from '../../src/model/model';
import type { Contour } from './contours';
import type { MapColours } from './dot-layer';
import { centroidPoints, meanPoints, type Locate } from './map-frame';
import { drawClusters, Labels } from './map-labels';
import { textScale } from '../kit/text-scale';
import { clustersOf } from './map-text';
import { placesOn, type MapView } from './map-view';
import { colourNumbers } from '../kit/word-colours';

const RING_RADIUS = 12;

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
  readonly colours: MapColours;
  /** Where the current EQ's ring is, in map units; null where it is nowhere. */
  readonly ring: readonly [number, number] | null;
  /** Where latents are at this moment. */
  readonly locate: Locate;
  readonly view: MapView;
  readonly contours: readonly Contour[];
  /** A lasso that is being drawn, in map units. */
  readonly lasso: readonly (readonly [number, number])[];
}

/** @param read the value of a design token */
export function mapColours(document: ModelDocument, read: (token: string) => string): MapColours {
  return {
    ink: read('--wb-ink'),
    paper: read('--wb-surface-sunk'),
    line: read('--wb-line'),
    grey: read('--wb-line-strong'),
    words: colourNumbers(document.words).map((n) => read(`--wb-word-${String(n)}`)),
  };
}

export function drawOver(pen: CanvasRenderingContext2D, picture: MapPicture): void {
  drawContours(pen, picture);
  drawLabels(pen, picture);
  drawLasso(pen, picture);
}

/** What holds half of a word's points is drawn clearer than what holds most of them. */
function drawContours(
  pen: CanvasRenderingContext2D,
  { contours, colours, view }: MapPicture,
): void {
  const place = placesOn(view);
  for (const { label, share, pieces } of contours) {
    pen.beginPath();
    for (let i = 0; i + 3 < pieces.length; i += 4) {
      pen.moveTo(...place(pieces[i] ?? 0, pieces[i + 1] ?? 0));
      pen.lineTo(...place(pieces[i + 2] ?? 0, pieces[i + 3] ?? 0));
    }
    // Where it crosses points of its own colour it would be lost.
    pen.lineCap = 'round';
    pen.strokeStyle = colours.paper;
    pen.lineWidth = share === 0.5 ? 5 : 4;
    pen.stroke();
    pen.strokeStyle = colours.words[label] ?? colours.ink;
    pen.lineWidth = share === 0.5 ? 2.5 : 1.25;
    pen.stroke();
  }
}

function drawLasso(pen: CanvasRenderingContext2D, { lasso, colours, view }: MapPicture): void {
  if (lasso.length === 0) return;
  pen.beginPath();
  const place = placesOn(view);
  for (const [x, y] of lasso) pen.lineTo(...place(x, y));
  pen.closePath();
  pen.globalAlpha = 0.12;
  pen.fillStyle = colours.ink;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1.5;
  pen.strokeStyle = colours.ink;
  pen.stroke();
}

function drawLabels(context: CanvasRenderingContext2D, picture: MapPicture): void {
  const { document, map, locate, selected, cluster, colours, ring, view } = picture;
  const place = placesOn(view);
  const centroids = picture.earlier
    ? meanPoints(picture.points, map.labels, document.words.length)
    : centroidPoints(document, locate);
  const labels = new Labels(context, view, textScale());
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
    labels.draw(text, [x, y], { ...style, size: chosen ? 16 : 13, needed: chosen });
  }
}
