/** How near the kinds of words come to other people, for people. */
import type { ClusterCoverage } from '../../src/analysis/word-clusters/cluster-coverage';

/** null where a word has no rows on one side of the split. */
export interface WordCoverage {
  readonly word: string;
  readonly coverage: ClusterCoverage | null;
}

/** A line a word; the number of clusters that the training rows ask for is in brackets. */
export function coverageText(words: readonly WordCoverage[]): string {
  return [
    'Distance of held-out rows to the nearest kind of their word, mean, dB',
    ...words.flatMap(({ word, coverage }) => (coverage === null ? [] : [line(word, coverage)])),
  ].join('\n');
}

function line(word: string, { rows, chosen, byCount, kMeans }: ClusterCoverage): string {
  const schools = byCount.map(({ count, settings }) => {
    const text = `${String(count)}: ${settings.toFixed(2)}`;
    return count === chosen ? `[${text}]` : text;
  });
  const plain = kMeans.map(({ count, centres }) => `${String(count)}: ${centres.toFixed(2)}`);
  return (
    `  ${word.padEnd(12)} ${String(rows).padStart(4)} ${rows === 1 ? 'row ' : 'rows'}` +
    `  kinds ${schools.join('  ')}${plain.length === 0 ? '' : `  plain k-means ${plain.join('  ')}`}`
  );
}
