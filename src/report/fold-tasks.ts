/** What the report trains to hold out everybody once: the same recipes, fold after fold. */
import { cleanData } from '../data/audit/clean';
import type { SafeData } from '../data/rows';
import { countWords, defaultWords } from '../data/words';
import { RECIPES } from '../recipe/recipes';
import { trainingSetFor } from '../training/rows/as-chosen';
import type { RunPlan } from '../training/run-plan';
import { DIMENSIONS, FIRST_SEED, partName, type ReportSettings } from './tasks';

/** Into so many parts contributors are dealt, each of which is held out once. */
export const FOLDS = 5;

/** Warmbright with that latent, or Seed V2. */
type FoldModel = (typeof DIMENSIONS)[number] | 'Seed V2';

export interface FoldTask {
  readonly model: FoldModel;
  /** From 1. */
  readonly fold: number;
  readonly plan: RunPlan;
}

/**
 * The runs over all contributors of the words that are ticked at first: those with five rows or more
 * that no single person gave, so that everybody's rows can be held out. None where fewer people than
 * there are folds gave them.
 *
 * @throws InputError where the data has fewer than two such words
 */
export async function foldTasks(
  data: SafeData,
  { epochs }: Pick<ReportSettings, 'epochs'>,
): Promise<FoldTask[]> {
  const { recipe: warmbright } = RECIPES.warmbright;
  const cleaned = cleanData(data, warmbright.audit);
  const words = defaultWords(countWords(cleaned), RECIPES.warmbright.words.atLeast);
  const rows = cleaned.rows.filter(({ word }) => words.includes(word));
  if (new Set(rows.map(({ contributor }) => contributor)).size < FOLDS) return [];
  const recipes = [
    ...DIMENSIONS.map((model) => ({ model, recipe: { ...warmbright, latent: model } })),
    {
      model: 'Seed V2' as const,
      recipe: { ...RECIPES['seed-v2'].recipe, audit: warmbright.audit },
    },
  ];
  return Promise.all(
    Array.from({ length: FOLDS }, (_, i) => i + 1).flatMap((fold) =>
      recipes.map(async ({ model, recipe }) => {
        const folded = {
          ...recipe,
          split: 'folds' as const,
          folds: FOLDS,
          fold,
          seed: FIRST_SEED,
          epochs: epochs ?? recipe.epochs,
        };
        const set = await trainingSetFor(folded, data, words);
        const name = `${partName(model)}, fold ${String(fold)} of ${String(FOLDS)}`;
        return { model, fold, plan: { name, recipe: folded, data, set } };
      }),
    ),
  );
}
