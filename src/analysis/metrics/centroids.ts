/** Where words lie in the latent. */

/**
 * Mean latent of each word's rows.
 *
 * @param latents   [rows, dimensions]
 * @param labels    index of each row's word, [rows]
 * @param wordCount labels go from 0 to wordCount − 1
 * @param include   which rows count; all when left out
 * @returns [wordCount] centroids of [dimensions]; null for a word without rows
 */
export function wordCentroids(
  latents: Float32Array,
  dimensions: number,
  labels: ArrayLike<number>,
  wordCount: number,
  include: (row: number) => boolean = () => true,
): (Float64Array | null)[] {
  const sums = Array.from({ length: wordCount }, () => new Float64Array(dimensions));
  const rows = new Float64Array(wordCount);
  for (let row = 0; row < labels.length; row++) {
    const word = labels[row] ?? -1;
    const sum = sums[word];
    if (sum === undefined || !include(row)) continue;
    rows[word] = (rows[word] ?? 0) + 1;
    for (let d = 0; d < dimensions; d++) {
      sum[d] = (sum[d] ?? 0) + (latents[row * dimensions + d] ?? 0);
    }
  }
  return sums.map((sum, word) => {
    const count = rows[word] ?? 0;
    return count === 0 ? null : sum.map((value) => value / count);
  });
}
