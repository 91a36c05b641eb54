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
import { circle, drawn, mapEntries, mapPoints, middleAndReach } from './map-marks';
import {
  FRAME,
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
  type FigureWidth,
} from './svg-parts';
import { logTicks, roundTicks } from './ticks';

type Point = readonly [number, number];

export interface FigureLine {
  readonly name: string;
  /** What the axes measure; points that are not finite leave a gap. */
  readonly points: readonly Point[];
  /** Which of the colours it has; by its place among the lines where left out. */
  readonly colour?: number;
  /** Where a dot marks it; nowhere where left out. */
  readonly mark?: Point;
}

interface Axis {
  readonly title: string;
  /** 0–1 along the axis. */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

const GRID = '#d9d9d9';
/** Between frame, texts and edges, in points. */
const GAP = 4;
const FREQUENCIES = logFrequencies(241);
/** In a column the texts of all would touch. */
const FEW_MARKS_HZ = [20, 100, 1000, 10_000];
/** dB at the plot's edges at least. */
const LEAST_DB = 12;
/** Points of paper. */
const TALLEST_MAP = 300;

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
  /** Name of the line that stands out; null: none. */
  readonly lit?: string | null;
}): string {
  const { title, measure, width, lit = null } = given;
  const lines = given.lines.map(({ points, ...line }) => ({
    ...line,
    points: points.map(([epoch, value]): Point => [epoch, drawable(value)]),
  }));
  const points = lines.flatMap((line) => line.points).filter(isFinitePoint);
  const epochs = points.reduce((most, [epoch]) => Math.max(most, epoch), 1);
  const low = points.reduce((least, [, value]) => Math.min(least, value), Infinity);
  const high = points.reduce((most, [, value]) => Math.max(most, value), -Infinity);
  const along = roundTicks(0, epochs).filter((epoch) => Number.isInteger(epoch));
  const up = points.length === 0 ? roundTicks(0, 1) : roundTicks(low, high);
  return lineFigure(width, title, lines, linearAxis('Epoch', along), linearAxis(measure, up), lit);
}

/** Responses of settings in dB, 20 Hz to 20 kHz on a logarithmic axis. */
export function responseFigure(given: {
  readonly title: string;
  readonly curves: readonly (Omit<FigureLine, 'points'> & { readonly setting: EqSetting })[];
  readonly width: FigureWidth;
  /** Name of the curve that stands out; null: none. */
  readonly lit?: string | null;
}): string {
  const { title, curves, width, lit = null } = given;
  const lines = curves.map(({ setting, ...line }) => ({
    ...line,
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
  return lineFigure(width, title, lines, frequency, linearAxis('Gain (dB)', decibels), lit);
}

/**
 * Lines over two logarithmic axes; values that are not above 0 leave a gap.
 *
 * @param along   title of the level axis, and the places that are marked on it, which it spans
 * @param measure title of the upright axis, with its unit if it has one
 */
export function logFigure(given: {
  readonly title: string;
  readonly along: { readonly title: string; readonly marks: readonly number[] };
  readonly measure: string;
  readonly lines: readonly FigureLine[];
  readonly width: FigureWidth;
}): string {
  const { title, along, measure, lines, width } = given;
  const values = lines.flatMap(({ points }) => points.map(([, value]) => value));
  const above = values.filter((value) => value > 0 && Number.isFinite(value));
  const up = above.length === 0 ? [1, 10] : logTicks(Math.min(...above), Math.max(...above));
  return lineFigure(
    width,
    title,
    lines.map(({ points, ...line }) => ({
      ...line,
      points: points.map(([x, y]): Point => [x, y > 0 ? y : Number.NaN]),
    })),
    logAxis(along.title, along.marks),
    logAxis(measure, up),
    null,
  );
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
  /** Points that the frame has room for, [n, 2]: the map's own where left out. */
  readonly framed?: Float32Array;
}): string {
  const { title, map, words, ranking, width, framed = map.points } = given;
  const across = pointsOf(width);
  const wide = across - 2 * GAP;
  const top = LINE_POINTS + 2 * GAP;
  const [x0, reachX] = middleAndReach(framed, 0);
  const [y0, reachY] = middleAndReach(framed, 1);
  // Both axes on one scale, as distances are what a map is read for.
  const inner = wide / 2 - 2 * GAP;
  const scale = Math.min(inner / reachX, Math.min(inner, TALLEST_MAP / 2) / reachY);
  const high = Math.max(wide / 3, 2 * (scale * reachY + 2 * GAP));
  const points = mapPoints({ points: map.points, map, words, ranking }, 1.6, (x, y) => [
    across / 2 + scale * (x - x0),
    top + high / 2 - scale * (y - y0),
  ]);
  const below = legend(mapEntries({ map, words, ranking }), wide, top + high + GAP);
  const content =
    text(GAP, LINE_POINTS, fitted(title, across - 2 * GAP), ' font-weight="600"') +
    `<rect x="${length(GAP)}" y="${length(top)}" width="${length(wide)}" height="${length(high)}" fill="none" stroke="${FRAME}" stroke-width="0.75"/>` +
    `${points}<g transform="translate(${String(GAP)} 0)">${below.content}</g>`;
  return figure(width, top + high + 2 * GAP + below.height, title, content);
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

/** @param ticks ascending, above 0 */
function logAxis(title: string, ticks: readonly number[]): Axis {
  const [low = 1] = ticks;
  const high = ticks.at(-1) ?? 10;
  return {
    title,
    place: (value) => Math.log(value / low) / Math.log(high / low),
    ticks: ticks.map((value) => ({ value, text: value.toLocaleString('en') })),
  };
}

/** Lines in a frame with two axes; the legend below. */
function lineFigure(
  width: FigureWidth,
  title: string,
  lines: readonly FigureLine[],
  along: Axis,
  up: Axis,
  lit: string | null,
): string {
  const across = pointsOf(width);
  const widest = Math.max(...up.ticks.map((tick) => roughWidth(tick.text)));
  const left = LINE_POINTS + widest + 2 * GAP;
  // The last text of the level axis hangs over its end by half.
  const overhang = roughWidth(along.ticks.at(-1)?.text ?? '') / 2;
  const right = across - Math.max(3 * GAP, overhang);
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
  const colours = lines.map(({ colour }, i) => colour ?? i);
  const thickness = (name: string): number => (name === lit ? 2.6 : 1.4);
  const drawnLines = lines.map(({ name, points, mark }, i) => {
    const colour = colours[i] ?? 0;
    const placed = points.map(([a, b]): Point => [x(a), y(b)]);
    // A single epoch is a dot.
    const dots: Point[] = placed.length === 1 ? placed : [];
    if (mark !== undefined) dots.push([x(mark[0]), y(mark[1])]);
    const line =
      placed.length === 1 ? '' : stroke(placed, colourOf(colour), thickness(name), dashOf(colour));
    const circles = dots.filter(isFinitePoint).map((dot) => circle(dot[0], dot[1], 2.5));
    return besideLit(name, lit, line + drawn(circles, [], colourOf(colour)));
  });
  const entries = lines.map(({ name }, i) => {
    const colour = colours[i] ?? 0;
    const line: Point[] = [
      [0, 0],
      [20, 0],
    ];
    const mark = stroke(line, colourOf(colour), thickness(name), dashOf(colour));
    return { name, mark: besideLit(name, lit, mark) };
  });
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

/** Pale where another line stands out. */
function besideLit(name: string, lit: string | null, content: string): string {
  return lit === null || lit === name ? content : `<g opacity="0.25">${content}</g>`;
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
