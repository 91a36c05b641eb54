/** The runs that somebody looks for, by what stands in the list of them. */
import type { RunSummary } from '../../workers/trainer/messages';

/**
 * Those of the runs in which every word of the query occurs: in name, words, recipe or note, whatever
 * the case and without regard to accents. All of them for an empty query.
 */
export function searchRuns(runs: readonly RunSummary[], query: string): readonly RunSummary[] {
  const terms = folded(query).split(/\s+/).filter(Boolean);
  if (terms.length === 0) return runs;
  return runs.filter(({ name, recipe = '', note = '', words = [] }) => {
    const text = folded([name, recipe, note, ...words.map(({ word }) => word)].join('\n'));
    return terms.every((term) => text.includes(term));
  });
}

function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
