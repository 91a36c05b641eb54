/** What a process that measured one size says. */
import * as v from 'valibot';

const seconds = v.pipe(v.number(), v.finite());

export const rowCostSchema = v.strictObject({
  rows: v.number(),
  /** Of the file. */
  megabytes: v.number(),
  parse: seconds,
  /** Findings, and the rows that the default choices leave. */
  audit: seconds,
  /** From a file that is read to the first step: split, normaliser, curves, weights. */
  start: seconds,
  epoch: seconds,
  steps: v.number(),
  /** A frame for the page after the first epoch. */
  draw: seconds,
  /** The first figures and clusters, which another thread takes while the run goes on. */
  figures: seconds,
  /** Those of a later epoch. */
  figuresAgain: seconds,
  /** The most memory held before the file was read, until it was, until the audit, and in all. */
  bytes: v.strictObject({ idle: v.number(), read: v.number(), audit: v.number(), all: v.number() }),
});
export type RowCost = v.InferOutput<typeof rowCostSchema>;

/** What a process that measured one size on the built page says. */
export const pageCostSchema = v.strictObject({
  rows: v.number(),
  /** From the file to its rows, and from those to the findings and the words that are left. */
  read: seconds,
  audit: seconds,
  /** From Train to the first step, and from that to the end of the epoch. */
  start: seconds,
  firstEpoch: seconds,
  /** The longest that the page's own thread was held up: until Train, and after it. */
  longestRead: seconds,
  longestTrain: seconds,
  /** Of the page's process, its workers included; null where the system does not tell. */
  peakBytes: v.nullable(v.number()),
});
export type PageCost = v.InferOutput<typeof pageCostSchema>;

/** 95th percentiles of what a frame costs the page's thread, in milliseconds. */
const framesSchema = v.strictObject({
  frames: v.number(),
  /** By the clock, and of a processor's time. */
  clock: v.number(),
  processor: v.number(),
});

/** What a process says that moved the map of one size on the built page. */
export const mapCostSchema = v.strictObject({
  rows: v.number(),
  /** While the pointer goes over it, and while it is zoomed and moved. */
  pointing: framesSchema,
  zooming: framesSchema,
  moving: framesSchema,
});
export type MapCost = v.InferOutput<typeof mapCostSchema>;
