/** What the report trains: recipes, words and seeds. */
import { cleanData } from '../data/audit/clean';
import type { SafeData } from '../data/rows';
import { countWords, defaultWords } from '../data/words';
import { InputError } from '../base/input-error';
import { trainingSetFor } from '../training/rows/as-chosen';
import type { Recipe } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import type { RunPlan } from '../training/run-plan';

/** Sizes of the latent that Warmbright is compared with principal components at. */
export const DIMENSIONS = [2, 3, 8] as const;

/** What a run is trained for: Warmbright with that latent, Warmbright on two words, Seed V2. */
export type Part = (typeof DIMENSIONS)[number] | 'two words' | 'Seed V2';

/** As people know it: "Warmbright, 8-D". */
export function partName(part: Part): string {
  if (part === 'Seed V2') return part;
  return part === 'two words' ? 'Warmbright on two words' : `Warmbright, ${String(part)}-D`;
}

export interface Task {
  readonly part: Part;
  readonly seed: number;
  readonly plan: RunPlan;
}

/**
 * The splits of the seeds before this one were looked at while the recipes were made. Those from here
 * on are other splits of the same people, not fresh rows: see {@link SeedOverlap} and, for figures
 * over everybody, {@link PeoplePart}.
 */
export const FIRST_SEED = 11;

/** Words and settings that a report is made with. */
export interface ReportSettings {
  /** How many, from {@link FIRST_SEED} on. */
  readonly seeds: number;
  /** Epochs in place of the recipes', for a quick look; null: the recipes'. */
  readonly epochs: number | null;
}

/**
 * The runs of a report. All have the same rows for the same seed and words, Warmbright's: the
 * Seed V2 is compared on them, too.
 *
 * @throws InputError where the data has fewer than two words with five rows
 */
export async function reportTasks(
  data: SafeData,
  { seeds, epochs }: ReportSettings,
): Promise<Task[]> {
  const { recipe: warmbright } = RECIPES.warmbright;
  const words = manyWords(data, warmbright);
  const two = defaultWords(countWords(cleanData(data, warmbright.audit)), 5, 2);
  if (two.length < 2) throw new InputError('The data has fewer than two words with five rows.');
  const founding = { ...RECIPES['seed-v2'].recipe, audit: warmbright.audit };
  const tasks: Promise<Task>[] = [];
  for (let seed = FIRST_SEED; seed < FIRST_SEED + seeds; seed++) {
    const add = async (part: Part, recipe: Recipe, words: readonly string[]): Promise<Task> => {
      const seeded = { ...recipe, seed, epochs: epochs ?? recipe.epochs };
      const set = await trainingSetFor(seeded, data, words);
      const name = `${partName(part)}, seed ${String(seed)}`;
      return { part, seed, plan: { name, recipe: seeded, data, set } };
    };
    for (const latent of DIMENSIONS) tasks.push(add(latent, { ...warmbright, latent }, words));
    tasks.push(add('two words', warmbright, two));
    tasks.push(add('Seed V2', founding, words));
  }
  return Promise.all(tasks);
}

/**
 * The words of the seed log: those with five rows or more before anything is dropped, so that
 * the figures are of the words that others measured; one that nothing is left of is left out.
 */
function manyWords(data: SafeData, { audit }: Recipe): string[] {
  const founding = countWords(cleanData(data, RECIPES['seed-v2'].recipe.audit));
  const left = new Set(cleanData(data, audit).rows.map(({ word }) => word));
  return founding.flatMap(({ word, rows }) => (rows >= 5 && left.has(word) ? [word] : []));
}
