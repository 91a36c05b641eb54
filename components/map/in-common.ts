/** What rows of the map have in common. Pure. */
import type { EqSetting } from '../../src/eq/parameters';
import { logFrequencies } from '../../src/eq/response';
import { curveQuantiles } from '../kit/curve-quantiles';
import type { CurveBand } from '../kit/eq-plot';

const POINTS = 81;
/** Of more rows so many are looked at for the curves. */
const MOST_ROWS = 400;

export interface InCommon {
  readonly rows: number;
  /** Index of each word that they have, and how many have it; the most frequent first. */
  readonly words: readonly { readonly label: number; readonly rows: number }[];
  /** How many people set them; null where nobody knows. */
  readonly people: number | null;
  /** The median of their curves at each frequency, and between which half of them lie, in dB. */
  readonly curves: CurveBand & { readonly median: Float64Array };
}

interface Picked {
  /** Index of each row's word, and each row's contributor, [all rows]. */
  readonly labels: ArrayLike<number>;
  readonly contributors: ArrayLike<number> | null;
  readonly settingOf: (row: number) => EqSetting;
}

/** @param rows at least one */
export function inCommon(rows: Uint32Array, { labels, contributors, settingOf }: Picked): InCommon {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const label = labels[row] ?? 0;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const stride = Math.ceil(rows.length / MOST_ROWS);
  const looked = [...rows].filter((_, i) => i % stride === 0).map(settingOf);
  const frequenciesHz = logFrequencies(POINTS);
  const [low, median, high] = curveQuantiles(looked, frequenciesHz, [0.25, 0.5, 0.75]);
  const none = new Float64Array(POINTS);
  return {
    rows: rows.length,
    words: [...counts]
      .map(([label, own]) => ({ label, rows: own }))
      .sort((a, b) => b.rows - a.rows || a.label - b.label),
    people: contributors === null ? null : new Set([...rows].map((row) => contributors[row])).size,
    curves: { frequenciesHz, low: low ?? none, median: median ?? none, high: high ?? none },
  };
}
