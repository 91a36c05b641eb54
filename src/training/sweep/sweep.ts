/** A sweep: runs of one recipe that differ in a few settings; every combination of them is a run. */
import * as v from 'valibot';
import { checked, checkedJson } from '../../base/checked-json';
import { recipeSchema, type Recipe } from '../../recipe/recipe';
import { DEFAULT_RECIPE, RECIPE_NAMES, RECIPES } from '../../recipe/recipes';
import { runName, settingsText } from '../../recipe/run-name';
import {
  factsOf,
  isSettingKey,
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type VariedSetting,
} from '../../recipe/settings';
import type { SweepObstacle } from '../../recipe/settings/setting';

const FEWEST_RUNS = 2;
const MOST_RUNS = 256;

/**
 * The settings that may differ, in the order in which a sweep counts through them, last fastest.
 * Seeds come first: the whole grid of the others is trained with one seed, then with the next.
 */
export const VARIED_SETTINGS = SETTING_KEYS.filter(mayVary).toSorted(
  (a, b) => Number(b === 'seed') - Number(a === 'seed'),
);

/** Why the others may not: what one program trains must be laid out alike. */
const OBSTACLES: Readonly<Record<SweepObstacle, string>> = {
  shape: 'changes the shapes, which all runs of a sweep share',
  operations: 'changes the operations, which all runs of a sweep share',
  length: 'changes the length of the runs, which go on together',
  meaning: 'changes what the losses mean, so runs could not be compared',
  rows: 'changes which rows are measured, so figures could not be compared',
};

/** The values to try of each setting that differs, at least one of each. */
export type Variation = { readonly [Key in VariedSetting]?: readonly Recipe[Key][] | undefined };

/** Values that make from 2 to 256 runs. */
export const variationSchema = v.pipe(
  v.strictObject(listsOfValues(), ({ expected, input }) =>
    expected === 'never' ? refusalOf(input) : 'it must be an object with lists of values',
  ),
  v.check(
    (vary) => countRuns(vary) >= FEWEST_RUNS,
    `a sweep has at least ${String(FEWEST_RUNS)} runs: give a setting more values`,
  ),
  v.check(
    (vary) => countRuns(vary) <= MOST_RUNS,
    ({ input }) =>
      `a sweep has at most ${String(MOST_RUNS)} runs, and these values make ${String(countRuns(input))}`,
  ),
);

const sweepFileSchema = v.strictObject({
  /** Key of {@link RECIPES}. */
  recipe: v.optional(v.picklist(RECIPE_NAMES), DEFAULT_RECIPE),
  /** Settings of all runs, in place of the recipe's. */
  set: v.optional(v.partial(v.omit(recipeSchema, ['preset'])), {}),
  vary: variationSchema,
});

export interface Sweep {
  /** What the runs have in common. */
  readonly recipe: Recipe;
  readonly vary: Variation;
}

/** One run of a sweep, before it is trained. */
export interface SweepRun {
  /** What sets it apart from the sweep's other runs: "seed 2, learning rate 0.0005". */
  readonly label: string;
  /** Its name among all runs: "Seed V2, epochs 100, seed 2, learning rate 0.0005". */
  readonly name: string;
  readonly recipe: Recipe;
}

/**
 * Reads a sweep file: JSON such as
 * `{"recipe": "seed-v2", "set": {"epochs": 100}, "vary": {"seed": [1, 2], "dropout": [0, 0.1]}}`.
 *
 * @throws InputError naming the field and, in a list, the position from 0 of what is wrong
 */
export function parseSweep(text: string): Sweep {
  const { recipe, set, vary } = checkedJson(sweepFileSchema, text, 'The sweep');
  const whole = checked(recipeSchema, { ...RECIPES[recipe].recipe, ...set }, "The sweep's recipe");
  return { recipe: whole, vary };
}

/**
 * The runs of a sweep: the grid of all combinations.
 *
 * @throws InputError where they are fewer than 2 or more than 256, or a value cannot be used
 */
export function expandSweep({ recipe, vary }: Sweep): SweepRun[] {
  const values = checked(variationSchema, vary, "The sweep's variation");
  const varied = VARIED_SETTINGS.filter((key) => values[key] !== undefined);
  const differing = varied.filter((key) => (values[key]?.length ?? 0) > 1);
  let recipes: Recipe[] = [recipe];
  for (const key of varied) {
    recipes = recipes.flatMap((before) =>
      (values[key] ?? []).map((value) => ({ ...before, [key]: value })),
    );
  }
  return recipes.map((of) => ({
    label: settingsText(of, differing),
    name: runName(of, differing),
    recipe: of,
  }));
}

function countRuns(vary: Variation): number {
  return VARIED_SETTINGS.reduce((runs, key) => runs * (vary[key]?.length ?? 1), 1);
}

function valuesOf<T>(value: v.GenericSchema<unknown, T>) {
  return v.optional(
    v.pipe(
      v.array(value, 'it must be a list of values'),
      v.minLength(1, 'the list is empty'),
      v.checkItems((item, at, all) => all.indexOf(item) === at, 'the value is there twice'),
    ),
  );
}

function listsOfValues() {
  type Lists = { [Key in VariedSetting]: ReturnType<typeof valuesOf<Recipe[Key]>> };
  // Object.fromEntries forgets which key has which type.
  return Object.fromEntries(
    VARIED_SETTINGS.map((key) => [key, valuesOf<Recipe[VariedSetting]>(SETTINGS[key])]),
  ) as Lists;
}

/** Why there is nothing to vary under a name, and what to do instead. */
function refusalOf(key: unknown): string {
  if (!isSettingKey(key)) return 'there is no such setting';
  const { sweep } = factsOf(key);
  if (typeof sweep !== 'string') return 'it must be a list of values';
  return `${key} ${OBSTACLES[sweep]}; each value needs a sweep of its own`;
}

function mayVary(key: SettingKey): key is VariedSetting {
  return typeof factsOf(key).sweep !== 'string';
}
