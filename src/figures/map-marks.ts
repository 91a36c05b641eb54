/** The points of a run's map in a figure: a colour and a shape for each word. */
import type { ModelMap } from '../model/model';
import { FRAME, LINE_COLOURS, length, pathData, type Entry } from './svg-parts';

/** More words would be a legend longer than the map. */
const MOST_WORDS = 24;
const OTHERS_COLOUR = '#b3b3b3';
const SHAPES = [circle, square, triangle, diamond] as const;

export interface MappedWords {
  readonly map: Pick<ModelMap, 'labels' | 'heldOut'>;
  /** In label order. */
  readonly words: readonly string[];
  /** Words in the order in which colours and shapes are given away. */
  readonly ranking: readonly string[];
}

/**
 * The rows as points: filled where the model learnt from them, hollow where they are held out.
 *
 * @param size  half of a point's width
 * @param place from the map to the paper
 */
export function mapPoints(
  { points, map, words, ranking }: MappedWords & { readonly points: Float32Array },
  size: number,
  place: (x: number, y: number) => readonly [number, number],
): string {
  const marked = marksOf(ranking);
  const shapes = new Map<string, { filled: string[]; hollow: string[] }>();
  map.labels.forEach((label, row) => {
    const [x, y] = place(points[2 * row] ?? Number.NaN, points[2 * row + 1] ?? Number.NaN);
    if (!Number.isFinite(x) || !Number.isFinite(y)) return;
    const word = words[label] ?? '';
    const key = marked.has(word) ? word : '';
    const of = shapes.get(key) ?? { filled: [], hollow: [] };
    shapes.set(key, of);
    const { shape } = marked.get(word) ?? OTHERS;
    (map.heldOut[row] === 1 ? of.hollow : of.filled).push(shape(x, y, size));
  });
  return ['', ...ranking]
    .map((word) => ({ of: shapes.get(word), colour: (marked.get(word) ?? OTHERS).colour }))
    .map(({ of, colour }) => (of === undefined ? '' : drawn(of.filled, of.hollow, colour)))
    .join('');
}

/** What the points' marks mean. */
export function mapEntries({ map, words, ranking }: MappedWords): Entry[] {
  const marked = marksOf(ranking);
  const present = new Set(Array.from(map.labels, (label) => words[label] ?? ''));
  const named = ranking.filter((word) => present.has(word) && marked.has(word));
  const rest = present.size - named.length;
  return [
    ...named.map((word) => wordEntry(word, marked.get(word) ?? OTHERS)),
    ...(rest > 0
      ? [wordEntry(rest === 1 ? 'another word' : `${String(rest)} other words`, OTHERS)]
      : []),
    { name: 'learnt from', mark: drawn([circle(10, 0, 2.5)], [], FRAME) },
    { name: 'held out', mark: drawn([], [circle(10, 0, 2.5)], FRAME) },
  ];
}

/** The colour of a word's points. */
export function wordColour(word: string, ranking: readonly string[]): string {
  return (marksOf(ranking).get(word) ?? OTHERS).colour;
}

function marksOf(ranking: readonly string[]): ReadonlyMap<string, WordMark> {
  return new Map(ranking.slice(0, MOST_WORDS).map((word, place) => [word, wordMark(place)]));
}

/** Half way between the least and the greatest of the points' coordinates, and how far those lie. */
export function middleAndReach(points: Float32Array, axis: 0 | 1): [number, number] {
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

export function drawn(
  filled: readonly string[],
  hollow: readonly string[],
  colour: string,
): string {
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

export function circle(x: number, y: number, r: number): string {
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
