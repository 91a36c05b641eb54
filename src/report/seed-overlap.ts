/** How fresh the rows are that seeds hold out: whether other seeds have held them out, too. */
import { cleanData } from '../data/audit/clean';
import type { SafeData } from '../data/rows';
import { chooseHeldOut } from '../data/split';
import { mean } from '../math/mean';
import { RECIPES } from '../recipe/recipes';
import { FIRST_SEED } from './tasks';

export interface SeedOverlap {
  readonly words: readonly string[];
  /** The seeds whose held-out rows were looked at while the recipes were made: 1 to so many. */
  readonly seenSeeds: number;
  /** Share of the rows that the report's seeds hold out which those had held out, too, 0–1. */
  readonly seen: number;
  /** Share of one seed's held-out rows that another holds out, too, over pairs of the report's. */
  readonly shared: { readonly least: number; readonly mean: number; readonly most: number } | null;
  /** Contributors whom none of 40 seeds holds out, because they gave more rows than are held out. */
  readonly neverHeldOut: readonly {
    readonly contributor: number;
    readonly rows: number;
    /** Of all rows of the words, 0–1. */
    readonly share: number;
  }[];
}

const TRIED_SEEDS = 40;
const SEEN_SEEDS = FIRST_SEED - 1;

/**
 * @param words of runs of the report
 * @param seeds how many, from {@link FIRST_SEED} on
 */
export function seedOverlap(data: SafeData, words: readonly string[], seeds: number): SeedOverlap {
  const { recipe } = RECIPES.warmbright;
  const rows = cleanData(data, recipe.audit).rows.filter(({ word }) => words.includes(word));
  const heldOutBy = (seed: number): ReadonlySet<number> => {
    const flags = chooseHeldOut(rows, { ...recipe, seed });
    return new Set([...rows.keys()].filter((row) => flags[row] === 1));
  };
  const from = (first: number, count: number): ReadonlySet<number>[] =>
    Array.from({ length: count }, (_, i) => heldOutBy(first + i));
  const ofReport = from(FIRST_SEED, seeds);
  const seenRows = new Set(from(1, SEEN_SEEDS).flatMap((held) => [...held]));
  const reported = [...new Set(ofReport.flatMap((held) => [...held]))];
  const pairs = ofReport.flatMap((one) =>
    ofReport.flatMap((other) =>
      one === other || one.size === 0 ? [] : [mean([...one].map((row) => Number(other.has(row))))],
    ),
  );
  const everHeld = new Set(
    from(1, TRIED_SEEDS).flatMap((held) => [...held].map((row) => rows[row]?.contributor)),
  );
  const counts = new Map<number, number>();
  for (const { contributor } of rows) counts.set(contributor, (counts.get(contributor) ?? 0) + 1);
  return {
    words,
    seenSeeds: SEEN_SEEDS,
    seen: mean(reported.map((row) => Number(seenRows.has(row)))),
    shared:
      pairs.length === 0
        ? null
        : { least: Math.min(...pairs), mean: mean(pairs), most: Math.max(...pairs) },
    neverHeldOut: [...counts]
      .filter(([contributor]) => !everHeld.has(contributor))
      .map(([contributor, own]) => ({ contributor, rows: own, share: own / rows.length }))
      .sort((a, b) => b.rows - a.rows),
  };
}
