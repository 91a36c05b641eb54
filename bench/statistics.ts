/** Repeated measurements in few numbers. */

export interface Spread {
  readonly median: number;
  readonly smallest: number;
  readonly largest: number;
}

/** @param values at least one */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [smallest] = sorted;
  const largest = sorted.at(-1);
  if (smallest === undefined || largest === undefined) throw new Error('There are no values.');
  const upper = sorted[Math.floor(sorted.length / 2)] ?? smallest;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? smallest;
  return { median: (lower + upper) / 2, smallest, largest };
}

/** The least of the values that so large a share of them does not exceed. @param values at least one */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('There are no values.');
  return value;
}

/** The list, turned so that another comes first in each round. */
export function rotated<T>(list: readonly T[], round: number): T[] {
  const first = list.length === 0 ? 0 : round % list.length;
  return [...list.slice(first), ...list.slice(0, first)];
}
