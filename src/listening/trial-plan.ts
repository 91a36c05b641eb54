/** Which answer is right in each trial of a blind test, from a seed. */
import { randomBits, randomPermutation, Stream } from '../math/threefry';

/** One of the two intervals that are compared. */
export type Side = 'A' | 'B';

export const FEWEST_TRIALS = 5;
export const MOST_TRIALS = 100;
export const USUAL_TRIALS = 16;

/**
 * The right answers: A in half of the trials and B in the other half, in an order that only the
 * seed tells; which has one more where the number is odd, the seed tells too.
 *
 * In ABX the right answer is what X is; in a forced choice it is where the first of the two
 * settings lies.
 *
 * @param seed an unsigned 32-bit integer
 * @returns shape [trials]
 */
export function trialPlan(seed: number, trials: number): readonly Side[] {
  const extra = trials % 2 === 1 ? randomBits(seed, Stream.listening, 1, 0) >>> 31 : 0;
  const timesA = Math.floor(trials / 2) + extra;
  const order = randomPermutation(seed, Stream.listening, 0, trials);
  return Array.from(order, (place) => (place < timesA ? 'A' : 'B'));
}
