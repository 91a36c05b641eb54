/** What a number of right answers says, where every answer is right with probability ½ by chance. */

/** Two-sided 95 % of the normal distribution. */
const Z95 = 1.959963984540054;
/** Above it, 2^n is no longer a double. */
const MOST_TRIALS = 1000;

/**
 * The exact one-sided p-value: how likely `correct` right answers or more are to someone who tosses
 * a fair coin for each. The tail is summed in whole numbers and divided once, so that it is the
 * double nearest to the true value.
 *
 * Source: the binomial (sign) test, e.g. W. J. Conover, "Practical Nonparametric Statistics".
 *
 * @param correct a whole number, 0 to trials
 * @param trials  a whole number, 0 to 1000
 * @throws RangeError for anything else
 */
export function binomialP(correct: number, trials: number): number {
  checkCounts(correct, trials);
  return Number(tail(binomials(trials), correct)) / 2 ** trials;
}

/**
 * The exact one-sided p-value for someone who hears nothing but answers A a given number of times,
 * where the right answers are a given number of A in an order that is drawn evenly: Fisher's exact
 * test. Where half the right answers are A, someone who also answers A half the time guesses many
 * right, and many wrong, more often than coins do, and {@link binomialP} alone would be too small.
 *
 * Source: R. A. Fisher, "The Design of Experiments", 1935, chapter II (the lady tasting tea).
 *
 * @param correct  right answers
 * @param trials   0 to 1000
 * @param rightA   trials in which A is the right answer
 * @param answersA trials in which A was answered
 * @throws RangeError for counts that are not whole, out of range or contradict one another
 */
export function balancedP(
  correct: number,
  trials: number,
  rightA: number,
  answersA: number,
): number {
  checkCounts(correct, trials);
  checkCounts(rightA, trials);
  checkCounts(answersA, trials);
  // Of the A that are right, those answered: all other counts of the table follow from it.
  const both = (correct + rightA + answersA - trials) / 2;
  if (!Number.isInteger(both) || both < 0 || both > Math.min(rightA, answersA)) {
    throw new RangeError('These counts of answers contradict one another.');
  }
  const ofA = binomials(rightA);
  const ofB = binomials(trials - rightA);
  const ways = ofA.map((count, i) => count * (ofB[answersA - i] ?? 0n));
  const all = binomials(trials)[answersA] ?? 1n;
  return Number(tail(ways, both)) / Number(all);
}

/**
 * The 95 % interval of the share of right answers in the long run. Source: E. B. Wilson, "Probable
 * inference, the law of succession, and statistical inference", JASA 22, 1927.
 *
 * @returns from 0 to 1, the lower end first
 */
export function wilsonInterval(correct: number, trials: number): readonly [number, number] {
  const share = correct / trials;
  const z2 = Z95 ** 2 / trials;
  const middle = share + z2 / 2;
  const half = Z95 * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials));
  return [
    correct === 0 ? 0 : (middle - half) / (1 + z2),
    correct === trials ? 1 : (middle + half) / (1 + z2),
  ];
}

/**
 * Sensitivity d′ of a forced choice between two intervals: √2 z(share of right answers), a share of
 * 0 or 1 moved by half an answer, since it would have no end.
 *
 * Source: N. A. Macmillan, C. D. Creelman, "Detection Theory: A User's Guide", 2nd ed., 2005,
 * chapters 1 and 7.
 */
export function forcedChoiceDPrime(correct: number, trials: number): number {
  const share = Math.min(Math.max(correct, 0.5), trials - 0.5) / trials;
  return Math.SQRT2 * normalQuantile(share);
}

/** By bisection, to the last bits of a number from −8 to 8. */
function normalQuantile(share: number): number {
  let low = -8;
  let high = 8;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The standard normal distribution below x. Source: G. Marsaglia, "Evaluating the normal
 * distribution", Journal of Statistical Software 11(4), 2004 (its Taylor series).
 */
function normalShare(x: number): number {
  let term = x;
  let sum = x;
  for (let i = 3; Math.abs(term) > Math.abs(sum) * 1e-17; i += 2) {
    term *= (x * x) / i;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

/** n over 0 … n. */
function binomials(n: number): bigint[] {
  const row = [1n];
  for (let k = 1; k <= n; k++) row.push(((row[k - 1] ?? 0n) * BigInt(n - k + 1)) / BigInt(k));
  return row;
}

function tail(counts: readonly bigint[], from: number): bigint {
  return counts.slice(from).reduce((sum, count) => sum + count, 0n);
}

function checkCounts(part: number, trials: number): void {
  const whole = Number.isInteger(part) && Number.isInteger(trials);
  if (!whole || trials < 0 || trials > MOST_TRIALS || part < 0 || part > trials) {
    throw new RangeError(`${String(part)} of ${String(trials)} trials cannot be.`);
  }
}
