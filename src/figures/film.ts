/** How a run came about, epoch by epoch: as a strip of small maps, or as one picture after another. */
import type { EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { frequencyShare, gainEdge } from '../eq/response-axes';
import { mapEntries, mapPoints, middleAndReach, wordColour, type MappedWords } from './map-marks';
import {
  FRAME,
  LINE_POINTS,
  figure,
  fitted,
  legend,
  length,
  pathData,
  pointsOf,
  text,
  type Entry,
} from './svg-parts';

interface FilmFrame {
  readonly epoch: number;
  /** Places of the rows, [rows, 2]. */
  readonly points: Float32Array;
  /** What the word did; null where that is not known. */
  readonly setting: EqSetting | null;
}

export interface Film extends MappedWords {
  readonly title: string;
  /** Whose curve stands under each map; null: none does. */
  readonly word: string | null;
  readonly frames: readonly FilmFrame[];
}

/** Points of paper between pictures, and around them. */
const GAP = 6;
const PANELS_A_ROW = 4;
const MOST_PANELS = 12;
const FREQUENCIES = logFrequencies(121);
const LEAST_DB = 6;
/** Share of the places that pictures have room for; the rest are drawn at the edge. */
const FRAMED = 0.98;
/** Of a picture's width. */
const CURVE_HEIGHT = 0.45;
const MAP_HEIGHT = 0.8;

/** What all pictures of a film share: their scales. */
interface Scales {
  readonly x0: number;
  readonly y0: number;
  readonly reachX: number;
  readonly reachY: number;
  readonly edgeDb: number;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Up to twelve epochs beside each other, on a page. */
export function filmstrip(film: Film): string {
  const frames = spread(film.frames, MOST_PANELS);
  const across = pointsOf('page');
  const columns = Math.min(PANELS_A_ROW, Math.max(1, frames.length));
  const width = (across - (columns + 1) * GAP) / columns;
  const scales = scalesOf(film);
  const top = LINE_POINTS + 2 * GAP;
  const tall = panelHeight(film, width) + GAP;
  const panels = frames.map((frame, i) =>
    panel(film, scales, frame, {
      x: GAP + (i % columns) * (width + GAP),
      y: top + Math.floor(i / columns) * tall,
      width,
    }),
  );
  const below = legend(
    entriesOf(film, scales),
    across - 2 * GAP,
    top + Math.ceil(frames.length / columns) * tall,
  );
  const bottom = top + Math.ceil(frames.length / columns) * tall + below.height + GAP;
  const content =
    text(GAP, LINE_POINTS, fitted(film.title, across - 2 * GAP), ' font-weight="600"') +
    `${panels.join('')}<g transform="translate(${String(GAP)} 0)">${below.content}</g>`;
  return figure('page', bottom, film.title, content);
}

/** A picture for each epoch, all of one size. */
export function filmPictures(film: Film): string[] {
  const across = pointsOf('column');
  const box = { x: GAP, y: LINE_POINTS + 2 * GAP, width: across - 2 * GAP };
  const scales = scalesOf(film);
  const under = box.y + panelHeight(film, box.width) + GAP;
  const below = legend(entriesOf(film, scales), box.width, under);
  const title = text(GAP, LINE_POINTS, fitted(film.title, box.width), ' font-weight="600"');
  return film.frames.map((frame) => {
    const content =
      `${title}${panel(film, scales, frame, box)}` +
      `<g transform="translate(${String(GAP)} 0)">${below.content}</g>`;
    return figure('column', under + below.height + GAP, film.title, content);
  });
}

/** What points and curves mean. */
function entriesOf(film: Film, { edgeDb }: Scales): Entry[] {
  const { word, ranking } = film;
  const points = mapEntries(film);
  if (word === null) return points;
  const mark = `<path d="M0 0h20" fill="none" stroke="${wordColour(word, ranking)}" stroke-width="1.6"/>`;
  return [...points, { name: `curve of ${word}, ±${String(edgeDb)} dB`, mark }];
}

/** So many of them, evenly: the first and the last among them. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  if (items.length <= most) return [...items];
  const last = items.length - 1;
  return Array.from({ length: most }, (_, i) => items[Math.round((i * last) / (most - 1))]).filter(
    (item) => item !== undefined,
  );
}

function scalesOf({ frames }: Film): Scales {
  const [x0, reachX] = middleAndReach(mostOf(frames, 0), 0);
  const [y0, reachY] = middleAndReach(mostOf(frames, 1), 0);
  const gains = frames.flatMap(({ setting }) =>
    setting === null ? [] : [...responseDb(setting, FREQUENCIES)],
  );
  return { x0, y0, reachX, reachY, edgeDb: gainEdge(gains, LEAST_DB) };
}

/** The ends of what {@link FRAMED} of all places reach along an axis, as points of a line, [2, 2]. */
function mostOf(frames: readonly FilmFrame[], axis: 0 | 1): Float32Array {
  const values = Float32Array.from(
    frames.flatMap(({ points }) => [...points.filter((_, i) => i % 2 === axis)]),
  )
    .filter(Number.isFinite)
    .sort();
  const beyond = Math.floor(((1 - FRAMED) / 2) * values.length);
  const ends = [values[beyond], values.at(-1 - beyond)].map((end) => end ?? Number.NaN);
  return Float32Array.from(ends.flatMap((end) => [end, end]));
}

function panelHeight({ word }: Film, width: number): number {
  return LINE_POINTS + width * MAP_HEIGHT + (word === null ? 0 : GAP + width * CURVE_HEIGHT);
}

function panel(film: Film, scales: Scales, frame: FilmFrame, { x, y, width }: Box): string {
  const tall = width * MAP_HEIGHT;
  const top = y + LINE_POINTS;
  const inside = 3;
  const scale = Math.min((width / 2 - inside) / scales.reachX, (tall / 2 - inside) / scales.reachY);
  const within = (at: number, from: number, size: number): number =>
    Number.isFinite(at) ? Math.max(from + inside, Math.min(from + size - inside, at)) : at;
  const points = mapPoints(
    { ...film, points: frame.points },
    Math.max(0.8, width / 150),
    (a, b) => [
      within(x + width / 2 + scale * (a - scales.x0), x, width),
      within(top + tall / 2 - scale * (b - scales.y0), top, tall),
    ],
  );
  return (
    text(x, y + LINE_POINTS - 4, `epoch ${String(frame.epoch)}`) +
    framed({ x, y: top, width }, tall) +
    points +
    curve(film, scales, frame, { x, y: top + tall + GAP, width })
  );
}

function curve(
  { word, ranking }: Film,
  { edgeDb }: Scales,
  { setting }: FilmFrame,
  { x, y, width }: Box,
): string {
  if (word === null) return '';
  const tall = width * CURVE_HEIGHT;
  const middle = y + tall / 2;
  const zero = `<path d="M${length(x)} ${length(middle)}h${length(width)}" stroke="#d9d9d9" stroke-width="0.5"/>`;
  const line =
    setting === null
      ? ''
      : pathData(
          Array.from(responseDb(setting, FREQUENCIES), (db, i) => [
            x + frequencyShare(FREQUENCIES[i] ?? 20) * width,
            middle - (db / edgeDb) * (tall / 2),
          ]),
        );
  const drawnLine =
    line === ''
      ? ''
      : `<path d="${line}" fill="none" stroke="${wordColour(word, ranking)}" stroke-width="1.6" stroke-linejoin="round"/>`;
  return zero + framed({ x, y, width }, tall) + drawnLine;
}

function framed({ x, y, width }: Box, tall: number): string {
  return `<rect x="${length(x)}" y="${length(y)}" width="${length(width)}" height="${length(tall)}" fill="none" stroke="${FRAME}" stroke-width="0.75"/>`;
}
