/** Some of many rows, where all would take too long. */
import { randomUniform, Stream } from './threefry';

/** What a sample is for; equal seeds draw other rows for another purpose. */
export const SampleOf = {
  figures: 1,
  clusters: 2,
  voters: 3,
  augmented: 4,
  evidence: 5,
  components: 6,
} as const;

/**
 * So many of the rows, each as likely as the others, in their order; all of them where there are no
 * more. Equal arguments, equal samples.
 *
 * Source: D. E. Knuth, "The Art of Computer Programming" 2, § 3.4.2, algorithm S (selection
 * sampling).
 *
 * @param rows    any numbers, [n]
 * @param most    how many are wanted, at least 1
 * @param purpose one of {@link SampleOf}
 */
export function sampleRows(rows: readonly number[], most: number, purpose: number): number[] {
  if (rows.length <= most) return [...rows];
  const taken: number[] = [];
  rows.forEach((row, at) => {
    const chance = (most - taken.length) / (rows.length - at);
    if (randomUniform(0, Stream.sampleOfRows, purpose, at) < chance) taken.push(row);
  });
  return taken;
}
