/** A run of the default recipe on the project's sample, as a user starts it. */
import { parseSafeCsv } from '../src/data/parse-safe-csv';
import { syntheticCsv } from '../src/data/synthetic';
import { countWords, defaultWords } from '../src/data/words';
import type { Engine } from '../src/engines/engine';
import { RECIPES } from '../src/recipe/recipes';
import { trainingSetFor } from '../src/training/rows/as-chosen';
import { prepareRun } from '../src/training/prepare-run';
import type { Answer } from './protocol';

const { recipe } = RECIPES.warmbright;

/** Rows that a word of the sample needs. */
const MIN_ROWS = 5;

/**
 * Trains until the run ends or the time is over, and says how long the whole run takes: augmented
 * rows, loading and every epoch, but neither map nor figures. What is left is taken to go on at the
 * pace of the epochs after the first.
 *
 * @param now a clock, in milliseconds
 */
export async function timeRecipe(
  engine: Engine,
  seconds: number,
  now: () => number = () => performance.now(),
): Promise<Answer<'recipe'>> {
  const data = await parseSafeCsv(new TextEncoder().encode(syntheticCsv(1)), { synthetic: true });
  const words = defaultWords(countWords(data), MIN_ROWS);
  const set = await trainingSetFor(recipe, data, words);
  const start = now();
  const run = await prepareRun({ name: 'bench', recipe, data, set }, engine, null, {
    follow: false,
  });
  const begun = now();
  const ends: number[] = [];
  while (!run.finished && (ends.length === 0 || now() - start < 1000 * seconds)) {
    await run.nextEpoch();
    ends.push(now());
  }
  const last = ends.at(-1) ?? begun;
  // The first epoch may compile something, so it sets no pace where there are others.
  const [first = begun] = ends;
  const pace = ends.length < 2 ? last - begun : (last - first) / (ends.length - 1);
  const left = run.finished ? 0 : recipe.epochs - ends.length;
  return {
    milliseconds: last - start + left * pace,
    preparing: begun - start,
    trained: ends.length,
    epochs: run.finished ? ends.length : recipe.epochs,
  };
}
