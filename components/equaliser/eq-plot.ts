/** Where frequencies and gains lie on the equaliser's graph, in CSS pixels, and the other way round. */

const LOW_HZ = 20;
const HIGH_HZ = 20_000;
/** dB at the graph's upper and lower edge at least; louder curves widen it in whole steps. */
const LEAST_DB = 18;
export const STEP_DB = 6;

const LEFT = 34;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;

export interface EqPlot {
  readonly width: number;
  readonly height: number;
  /** dB at the upper edge; the lower edge is its opposite. */
  readonly edgeDb: number;
}

/** Pixels of the frame around what is drawn. */
export const PLOT_FRAME = { left: LEFT, right: RIGHT, top: TOP, bottom: BOTTOM } as const;

/** The edge that holds all of these gains, in dB. */
export function edgeFor(gainsDb: readonly number[]): number {
  const loudest = gainsDb.reduce((most, db) => Math.max(most, Math.abs(db)), LEAST_DB);
  return Math.ceil(loudest / STEP_DB) * STEP_DB;
}

export function xOf(hz: number, { width }: EqPlot): number {
  return LEFT + (Math.log(hz / LOW_HZ) / Math.log(HIGH_HZ / LOW_HZ)) * (width - LEFT - RIGHT);
}

export function hzAt(x: number, { width }: EqPlot): number {
  return LOW_HZ * (HIGH_HZ / LOW_HZ) ** ((x - LEFT) / (width - LEFT - RIGHT));
}

export function yOf(db: number, { height, edgeDb }: EqPlot): number {
  return TOP + ((edgeDb - db) / (2 * edgeDb)) * (height - TOP - BOTTOM);
}

export function dbAt(y: number, { height, edgeDb }: EqPlot): number {
  return edgeDb - ((y - TOP) / (height - TOP - BOTTOM)) * 2 * edgeDb;
}
