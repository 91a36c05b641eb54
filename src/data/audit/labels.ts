/** Labels that are the same word in another case, or with other white space. */
import type { SafeRow } from '../rows';
import type { Variants } from './report';

/** Words written in more than one way, those with most rows first. */
export function labelVariants(rows: readonly SafeRow[]): Variants[] {
  const byWord = new Map<string, Map<string, number>>();
  for (const { word, label = word } of rows) {
    const labels = byWord.get(word) ?? new Map<string, number>();
    labels.set(label, (labels.get(label) ?? 0) + 1);
    byWord.set(word, labels);
  }
  return Array.from(byWord, ([word, labels]): Variants => ({
    word,
    labels: Array.from(labels, ([label, count]) => ({ label, rows: count })).sort(
      (a, b) => b.rows - a.rows,
    ),
  }))
    .filter(({ labels }) => labels.length > 1)
    .sort((a, b) => rowsOf(b) - rowsOf(a));
}

function rowsOf({ labels }: Variants): number {
  return labels.reduce((sum, { rows }) => sum + rows, 0);
}
