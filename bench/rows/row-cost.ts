/** What a process that measured one size says. */
import * as v from 'valibot';

const seconds = v.pipe(v.number(), v.finite());

export const rowCostSchema = v.strictObject({
  rows: v.number(),
  parse: seconds,
  /** Findings, and the rows that the default choices leave. */
  audit: seconds,
  /** From a file that is read to the first step: split, normaliser, curves, weights, the first map. */
  start: seconds,
  epoch: seconds,
  steps: v.number(),
  /** A frame for the page. */
  draw: seconds,
  /** The first figures and clusters, which another thread takes while the run goes on. */
  figures: seconds,
  /** Those of a later epoch. */
  figuresAgain: seconds,
  peakBytes: v.number(),
});
export type RowCost = v.InferOutput<typeof rowCostSchema>;
