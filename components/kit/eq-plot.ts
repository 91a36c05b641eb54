/** Where frequencies and gains lie on a plot of responses, in its own units, and the other way round. */
import type { EqSetting } from '../../src/eq/parameters';
import { frequencyAt, frequencyShare } from '../../src/eq/response-axes';

export interface EqPlot {
  readonly width: number;
  readonly height: number;
  /** dB at the upper edge; the lower edge is its opposite. */
  readonly edgeDb: number;
  /** Around what is drawn, inside width and height. */
  readonly frame: Readonly<Record<'left' | 'right' | 'top' | 'bottom', number>>;
}

export function xOf(hz: number, { width, frame }: EqPlot): number {
  return frame.left + frequencyShare(hz) * (width - frame.left - frame.right);
}

export function hzAt(x: number, { width, frame }: EqPlot): number {
  return frequencyAt((x - frame.left) / (width - frame.left - frame.right));
}

export function yOf(db: number, { height, edgeDb, frame }: EqPlot): number {
  return frame.top + ((edgeDb - db) / (2 * edgeDb)) * (height - frame.top - frame.bottom);
}

export function dbAt(y: number, { height, edgeDb, frame }: EqPlot): number {
  return edgeDb - ((y - frame.top) / (height - frame.top - frame.bottom)) * 2 * edgeDb;
}

/** A response as the data of an SVG path. */
export function curvePath(
  frequenciesHz: Float64Array,
  responseDb: Float64Array,
  plot: EqPlot,
): string {
  const points = Array.from(
    responseDb,
    (db, i) => `${xOf(frequenciesHz[i] ?? 20, plot).toFixed(1)},${yOf(db, plot).toFixed(1)}`,
  );
  return `M${points.join('L')}`;
}

/** A setting's curve, as it is drawn among others. */
export interface NamedCurve {
  readonly name: string;
  readonly setting: EqSetting;
  /** CSS colour. */
  readonly colour: string;
  /** Lengths of its dashes and gaps as in SVG; null where it has no gaps. */
  readonly dash: string | null;
}

/**
 * CSS pixels around the current EQ's plot, and around what is drawn behind it.
 *
 * @param scale how many times larger than usual letters are: see {@link textScale}
 */
export function eqFrame(scale: number): EqPlot['frame'] {
  return { left: 34 * scale, right: 10, top: 8, bottom: 22 * scale };
}

/** Two curves at the same frequencies, one nowhere above the other. */
export interface CurveBand {
  readonly frequenciesHz: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What lies between the two, as the data of an SVG path. */
export function bandPath({ frequenciesHz, low, high }: CurveBand, plot: EqPlot): string {
  const back = curvePath(frequenciesHz.toReversed(), low.toReversed(), plot);
  return `${curvePath(frequenciesHz, high, plot)}L${back.slice(1)}Z`;
}
