/** The axes that response curves are drawn on: frequency, logarithmic, and gain, around 0 dB. */
import { withMinus } from '../base/number-text';

const LOW_HZ = 20;
const HIGH_HZ = 20_000;

/** Frequencies that have a line, from one end of the axis to the other. */
export const FREQUENCY_MARKS = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];

/** Of those, as many as a small picture has room for. */
export const DECADE_MARKS: readonly number[] = [100, 1000, 10_000];

/** From line to line, in dB. */
export const GAIN_STEP_DB = 6;

/** How far along the axis a frequency lies: 0 at 20 Hz, 1 at 20 kHz. */
export function frequencyShare(hz: number): number {
  return Math.log(hz / LOW_HZ) / Math.log(HIGH_HZ / LOW_HZ);
}

/** The frequency there, in Hz: the opposite of {@link frequencyShare}. */
export function frequencyAt(share: number): number {
  return LOW_HZ * (HIGH_HZ / LOW_HZ) ** share;
}

/** "500", "2k". */
export function frequencyMark(hz: number): string {
  return hz < 1000 ? String(hz) : `${String(hz / 1000)}k`;
}

/**
 * The upper edge of a gain axis that holds all of these gains, in whole steps; the lower edge is its
 * opposite.
 *
 * @param gainsDb finite
 * @param leastDb the edge where they are quiet
 */
export function gainEdge(gainsDb: readonly number[], leastDb: number): number {
  const loudest = gainsDb.reduce((most, db) => Math.max(most, Math.abs(db)), leastDb);
  return Math.ceil(loudest / GAIN_STEP_DB) * GAIN_STEP_DB;
}

/** Gains that have a line, from the upper edge to the lower. */
export function gainMarks(edgeDb: number, stepDb = GAIN_STEP_DB): number[] {
  const steps = Math.floor(edgeDb / stepDb);
  return Array.from({ length: 2 * steps + 1 }, (_, i) => (steps - i) * stepDb);
}

/** "+6", "0", "−6". */
export function gainMark(db: number): string {
  return db > 0 ? `+${String(db)}` : withMinus(String(db));
}
