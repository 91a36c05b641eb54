/** Schemas of numbers and texts with bounds, whose messages people can read. */
import * as v from 'valibot';

/** A number from one bound to another, both included. */
export const numberWithin = (least: number, most: number) =>
  v.pipe(
    v.number(),
    v.check(
      (value) => value >= least && value <= most,
      ({ input }) => `${String(input)} is outside ${String(least)} to ${String(most)}`,
    ),
  );

/** How many there are of something that fits in memory. */
const MOST_COUNTED = 1e9;

/** A whole number from 0. */
export const count = v.pipe(numberWithin(0, MOST_COUNTED), v.integer());

/** Text of a line: without line breaks and other control characters. */
export const lineOfText = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    v.check(
      (text) => !/[\p{Cc}\u2028\u2029]/u.test(text),
      'it holds a line break or another control character',
    ),
  );
