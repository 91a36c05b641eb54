/** Figures fit for a paper, as SVG texts: curves over epochs, response curves and maps. */
import { withMinus } from '../base/number-text';
import type { EqSetting } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import {
  FREQUENCY_MARKS,
  frequencyMark,
  frequencyShare,
  GAIN_STEP_DB,
  gainEdge,
  gainMarks,
} from '../eq/response-axes';
import type { ModelMap } from '../model/model';
import {
  LINE_COLOURS,
  LINE_DASHES,
  LINE_POINTS,
  figure,
  fitted,
  legend,
  length,
  pathData,
  pointsOf,
  roughWidth,
  text,
  type Entry,
  type FigureWidth,
} from './svg-parts';
import { roundTicks } from './ticks';

type Point = readonly [number, number];

export interface FigureLine {
  readonly name: string;
  /** What the axes measure; points that are not finite leave a gap. */
  readonly points: readonly Point[];
}

interface Axis {
  readonly title: string;
  /** 0–1 along the axis. */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

const GRID = '#d9d9d9';
const FRAME = '#4d4d4d';
/** Between frame, texts and edges, in points. */
const GAP = 4;
const FREQUENCIES = logFrequencies(241);
/** In a column the texts of all would touch. */
const FEW_MARKS_HZ = [20, 100, 1000, 10_000];
/** dB at the plot's edges at least. */
const LEAST_DB = 12;
/** More words would be a legend longer than the map. */
const MOST_WORDS = 24;
/** Points of paper. */
const TALLEST_MAP = 300;
const OTHERS_COLOUR = '#b3b3b3';
const SHAPES = [circle, square, triangle, diamond] as const;

/**
 * Lines over epochs, a name each in the legend.
 *
 * @param measure title of the upright axis, with its unit if it has one
 */
export function epochFigure(given: {
  readonly title: string;
  readonly measure: string;
  readonly lines: readonly FigureLine[];
  readonly width: FigureWidth;
}): string {
  const { title, measure, width } = given;
  const lines = given.lines.map(({ name, points }) => ({
    name,
    points: points.map(([epoch, value]): Point => [epoch, drawable(value)]),
  }));
  const points = lines.flatMap((line) => line.points).filter(isFinitePoint);
  const epochs = points.reduce((most, [epoch]) => Math.max(most, epoch), 1);
  const low = points.reduce((least, [, value]) => Math.min(least, value), Infinity);
  const high = points.reduce((most, [, value]) => Math.max(most, value), -Infinity);
  const along = roundTicks(0, epochs).filter((epoch) => Number.isInteger(epoch));
  const up = points.length === 0 ? roundTicks(0, 1) : roundTicks(low, high);
  return lineFigure(width, title, lines, linearAxis('Epoch', along), linearAxis(measure, up));
}

/** Responses of settings in dB, 20 Hz to 20 kHz on a logarithmic axis. */
export function responseFigure(given: {
  readonly title: string;
  readonly curves: readonly { readonly name: string; readonly setting: EqSetting }[];
  readonly width: FigureWidth;
}): string {
  const { title, curves, width } = given;
  const lines = curves.map(({ name, setting }) => ({
    name,
    points: Array.from(responseDb(setting, FREQUENCIES), (db, i): Point => [
      FREQUENCIES[i] ?? 20,
      db,
    ]),
  }));
  const gains = lines.flatMap(({ points }) => points.filter(isFinitePoint).map(([, db]) => db));
  const edge = gainEdge(gains, LEAST_DB);
  const step = edge > 18 ? 2 * GAIN_STEP_DB : GAIN_STEP_DB;
  const decibels = gainMarks(Math.ceil(edge / step) * step, step).reverse();
  const marks = width === 'page' ? FREQUENCY_MARKS : FEW_MARKS_HZ;
  const frequency: Axis = {
    title: 'Frequency (Hz)',
    place: frequencyShare,
    ticks: marks.map((value) => ({ value, text: frequencyMark(value) })),
  };
  return lineFigure(width, title, lines, frequency, linearAxis('Gain (dB)', decibels));
}

/**
 * Every row of a run as a point: filled where the model learnt from it, hollow where it is held out.
 *
 * @param words   in label order
 * @param ranking words in the order in which colours and shapes are given away, so that a word has
 *                the same mark in all maps of a comparison
 */
export function mapFigure(given: {
  readonly title: string;
  readonly map: ModelMap;
  readonly words: readonly string[];
  readonly ranking: readonly string[];
  readonly width: FigureWidth;
}): string {
  const { title, map, words, ranking, width } = given;
  const across = pointsOf(width);
  const wide = across - 2 * GAP;
  const top = LINE_POINTS + 2 * GAP;
  const [x0, reachX] = middleAndReach(map.points, 0);
  const [y0, reachY] = middleAndReach(map.points, 1);
  // Both axes on one scale, as distances are what a map is read for.
  const inner = wide / 2 - 2 * GAP;
  const scale = Math.min(inner / reachX, Math.min(inner, TALLEST_MAP / 2) / reachY);
  const high = Math.max(wide / 3, 2 * (scale * reachY + 2 * GAP));
  const present = new Set(Array.from(map.labels, (label) => words[label] ?? ''));
  const shown = ranking.filter((word) => present.has(word));
  const marked = new Map(
    ranking.slice(0, MOST_WORDS).map((word, place) => [word, wordMark(place)] as const),
  );
  const shapes = new Map<string, { filled: string[]; hollow: string[] }>();
  map.labels.forEach((label, row) => {
    const x = across / 2 + scale * ((map.points[2 * row] ?? Number.NaN) - x0);
    const y = top + high / 2 - scale * ((map.points[2 * row + 1] ?? Number.NaN) - y0);
    if (!isFinitePoint([x, y])) return;
    const word = words[label] ?? '';
    const key = marked.has(word) ? word : '';
    const of = shapes.get(key) ?? { filled: [], hollow: [] };
    shapes.set(key, of);
    const { shape } = marked.get(word) ?? OTHERS;
    (map.heldOut[row] === 1 ? of.hollow : of.filled).push(shape(x, y, 1.6));
  });
  const points = ['', ...ranking]
    .map((word) => ({ of: shapes.get(word), colour: (marked.get(word) ?? OTHERS).colour }))
    .map(({ of, colour }) => (of === undefined ? '' : drawn(of.filled, of.hollow, colour)))
    .join('');
  const named = shown.filter((word) => marked.has(word));
  const rest = present.size - named.length;
  const entries: Entry[] = [
    ...named.map((word) => wordEntry(word, marked.get(word) ?? OTHERS)),
    ...(rest > 0
      ? [wordEntry(rest === 1 ? 'another word' : `${String(rest)} other words`, OTHERS)]
      : []),
    { name: 'learnt from', mark: drawn([circle(10, 0, 2.5)], [], FRAME) },
    { name: 'held out', mark: drawn([], [circle(10, 0, 2.5)], FRAME) },
  ];
  const below = legend(entries, wide, top + high + GAP);
  const content =
    text(GAP, LINE_POINTS, fitted(title, across - 2 * GAP), ' font-weight="600"') +
    `<rect x="${length(GAP)}" y="${length(top)}" width="${length(wide)}" height="${length(high)}" fill="none" stroke="${FRAME}" stroke-width="0.75"/>` +
    `${points}<g transform="translate(${String(GAP)} 0)">${below.content}</g>`;
  return figure(width, top + high + 2 * GAP + below.height, title, content);
}

/** Half way between the least and the greatest of the points' coordinates, and how far those lie. */
function middleAndReach(points: Float32Array, axis: 0 | 1): [number, number] {
  const values = points.filter((value, i) => i % 2 === axis && Number.isFinite(value));
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  return values.length === 0 ? [0, 1] : [(low + high) / 2, Math.max((high - low) / 2, 1e-6)];
}

interface WordMark {
  readonly colour: string;
  readonly shape: (x: number, y: number, size: number) => string;
}

const OTHERS: WordMark = { colour: OTHERS_COLOUR, shape: circle };

/** Colours in turn, with another shape for each; the shapes shift once the colours are used up. */
function wordMark(place: number): WordMark {
  const turn = Math.floor(place / LINE_COLOURS.length);
  return {
    colour: LINE_COLOURS[(place + 1) % LINE_COLOURS.length] ?? FRAME,
    shape: SHAPES[(place + turn) % SHAPES.length] ?? circle,
  };
}

function wordEntry(name: string, { colour, shape }: WordMark): Entry {
  return { name, mark: drawn([shape(10, 0, 3)], [], colour) };
}

function drawn(filled: readonly string[], hollow: readonly string[], colour: string): string {
  const solid =
    filled.length === 0
      ? ''
      : `<path d="${filled.join('')}" fill="${colour}" fill-opacity="0.75"/>`;
  const open =
    hollow.length === 0
      ? ''
      : `<path d="${hollow.join('')}" fill="none" stroke="${colour}" stroke-width="0.8"/>`;
  return solid + open;
}

function circle(x: number, y: number, r: number): string {
  const [across, back] = [length(2 * r), length(-2 * r)];
  const arc = `a${length(r)} ${length(r)} 0 1 0 `;
  return `M${length(x - r)} ${length(y)}${arc}${across} 0${arc}${back} 0z`;
}

function square(x: number, y: number, r: number): string {
  const half = 0.9 * r;
  const side = length(2 * half);
  return `M${length(x - half)} ${length(y - half)}h${side}v${side}h-${side}z`;
}

function triangle(x: number, y: number, r: number): string {
  return `${pathData([
    [x, y - 1.2 * r],
    [x + 1.1 * r, y + 0.8 * r],
    [x - 1.1 * r, y + 0.8 * r],
  ])}z`;
}

function diamond(x: number, y: number, r: number): string {
  const reach = 1.25 * r;
  return `${pathData([
    [x, y - reach],
    [x + reach, y],
    [x, y + reach],
    [x - reach, y],
  ])}z`;
}

function linearAxis(title: string, ticks: readonly number[]): Axis {
  const [low = 0] = ticks;
  const high = ticks.at(-1) ?? 1;
  return {
    title,
    place: (value) => (value - low) / (high - low),
    ticks: ticks.map((value) => ({ value, text: withMinus(String(value)) })),
  };
}

/** Lines in a frame with two axes; the legend below. */
function lineFigure(
  width: FigureWidth,
  title: string,
  lines: readonly FigureLine[],
  along: Axis,
  up: Axis,
): string {
  const across = pointsOf(width);
  const widest = Math.max(...up.ticks.map((tick) => roughWidth(tick.text)));
  const left = LINE_POINTS + widest + 2 * GAP;
  const right = across - 3 * GAP;
  const top = LINE_POINTS + 2 * GAP;
  const bottom = top + (width === 'page' ? 220 : 150);
  const x = (value: number): number => left + along.place(value) * (right - left);
  const y = (value: number): number => bottom - up.place(value) * (bottom - top);
  const upright = along.ticks.map(
    (tick) =>
      stroke(
        [
          [x(tick.value), top],
          [x(tick.value), bottom],
        ],
        GRID,
      ) + text(x(tick.value), bottom + LINE_POINTS, tick.text, ' text-anchor="middle"'),
  );
  const level = up.ticks.map(
    (tick) =>
      stroke(
        [
          [left, y(tick.value)],
          [right, y(tick.value)],
        ],
        GRID,
      ) + text(left - GAP, y(tick.value) + 3.5, tick.text, ' text-anchor="end"'),
  );
  const middle = (top + bottom) / 2;
  const titles =
    text(GAP, LINE_POINTS, fitted(title, across - 2 * GAP), ' font-weight="600"') +
    text((left + right) / 2, bottom + 2 * LINE_POINTS + 1, along.title, ' text-anchor="middle"') +
    text(
      0,
      0,
      up.title,
      ` transform="translate(${length(LINE_POINTS - 1)} ${length(middle)}) rotate(-90)" text-anchor="middle"`,
    );
  const drawnLines = lines.map(({ points }, i) => {
    const placed = points.map(([a, b]): Point => [x(a), y(b)]);
    const [only] = placed;
    // A single epoch is a dot.
    if (placed.length === 1 && only !== undefined && isFinitePoint(only)) {
      return drawn([circle(only[0], only[1], 2.5)], [], colourOf(i));
    }
    return stroke(placed, colourOf(i), 1.4, dashOf(i));
  });
  const entries = lines.map(({ name }, i) => ({
    name,
    mark: stroke(
      [
        [0, 0],
        [20, 0],
      ],
      colourOf(i),
      1.4,
      dashOf(i),
    ),
  }));
  const under = bottom + 2 * LINE_POINTS + 2 * GAP;
  const below = legend(entries, across - 2 * GAP, under);
  const frame = `<path d="${pathData([
    [left, top],
    [left, bottom],
    [right, bottom],
  ])}" fill="none" stroke="${FRAME}" stroke-width="0.75"/>`;
  const content =
    `${upright.join('')}${level.join('')}${frame}${drawnLines.join('')}${titles}` +
    `<g transform="translate(${String(GAP)} 0)">${below.content}</g>`;
  return figure(width, under + below.height + GAP, title, content);
}

function colourOf(line: number): string {
  return LINE_COLOURS[line % LINE_COLOURS.length] ?? FRAME;
}

function dashOf(line: number): string {
  return LINE_DASHES[line % LINE_DASHES.length] ?? '';
}

function stroke(points: readonly Point[], colour: string, wide = 0.5, dash = ''): string {
  const data = pathData(points);
  if (data === '') return '';
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<path d="${data}" fill="none" stroke="${colour}" stroke-width="${String(wide)}"${dashes} stroke-linejoin="round"/>`;
}

/** Losses that have left all measure are as good as infinite: an axis could not hold them. */
function drawable(value: number): number {
  return Math.abs(value) < 1e100 ? value : Number.NaN;
}

function isFinitePoint([x, y]: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}
