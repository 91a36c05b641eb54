/** A sweep: runs of one recipe that differ in a few settings; every combination of them is a run. */
import * as v from 'valibot';
import { checked, checkedJson } from '../../base/checked-json';
import { recipeSchema, type Recipe } from '../../recipe/recipe';
import { DEFAULT_RECIPE, RECIPE_NAMES, RECIPES } from '../../recipe/recipes';
import { runName, settingsText } from '../../recipe/run-name';

const FEWEST_RUNS = 2;
const MOST_RUNS = 256;

/** The settings that may differ, in the order in which a sweep counts through them, last fastest. */
const VARIED = {
  seed: valuesOf(recipeSchema.entries.seed),
  learningRate: valuesOf(recipeSchema.entries.learningRate),
  plateauPatience: valuesOf(recipeSchema.entries.plateauPatience),
  contrastiveStart: valuesOf(recipeSchema.entries.contrastiveStart),
  contrastiveEnd: valuesOf(recipeSchema.entries.contrastiveEnd),
  temperature: valuesOf(recipeSchema.entries.temperature),
  contrastiveSelf: valuesOf(recipeSchema.entries.contrastiveSelf),
  dropout: valuesOf(recipeSchema.entries.dropout),
  schedule: valuesOf(recipeSchema.entries.schedule),
  warmUp: valuesOf(recipeSchema.entries.warmUp),
  weightDecay: valuesOf(recipeSchema.entries.weightDecay),
  klFrom: valuesOf(recipeSchema.entries.klFrom),
  klStep: valuesOf(recipeSchema.entries.klStep),
  klMost: valuesOf(recipeSchema.entries.klMost),
  fold: valuesOf(recipeSchema.entries.fold),
};

/** A setting that may differ between the runs of a sweep. */
export type VariedSetting = keyof typeof VARIED;

/** The settings that may not, and why: what one program trains must be laid out alike. */
const FIXED = {
  preset: refused('preset names the recipe that the whole sweep starts from'),
  latent: refused('latent changes the shapes, which all runs of a sweep share'),
  hidden: refused('hidden changes the shapes, which all runs of a sweep share'),
  activation: refused('activation changes the operations, which all runs of a sweep share'),
  normalisation: refused('normalisation changes the shapes, which all runs of a sweep share'),
  projection: refused('projection changes the shapes, which all runs of a sweep share'),
  body: refused('body changes the shapes, which all runs of a sweep share'),
  variational: refused('variational changes the shapes, which all runs of a sweep share'),
  reconstruction: refused('reconstruction changes what the losses mean, which are compared'),
  epochs: refused('epochs changes the length of the runs, which are compared at the same age'),
  batchSize: refused('batchSize changes the shapes, which all runs of a sweep share'),
  input: refused('input changes the shapes, which all runs of a sweep share'),
  latentActivation: refused(
    'latentActivation changes the operations, which all runs of a sweep share',
  ),
  output: refused('output changes the operations, which all runs of a sweep share'),
  normaliser: refused('normaliser changes what the losses mean, which are compared'),
  sampling: refused(
    'sampling changes how many steps an epoch has, which all runs of a sweep share',
  ),
  madeUp: refused('madeUp changes how many steps an epoch has, which all runs of a sweep share'),
  labels: refused('labels changes which words the losses see, which are compared'),
  neighbours: refused('neighbours changes which words the losses see, which are compared'),
  otherRows: refused(
    'otherRows changes how many steps an epoch has, which all runs of a sweep share',
  ),
  split: refused('split changes which rows are measured, so figures could not be compared'),
  folds: refused('folds changes which rows are measured, so figures could not be compared'),
  validation: refused('validation changes how many rows are trained on, so steps would differ'),
  stopPatience: refused('stopPatience changes the length of the runs, which go on together'),
  audit: refused('audit changes which rows are measured, so figures could not be compared'),
  holdout: refused('holdout changes which rows are measured, so figures could not be compared'),
} satisfies Record<Exclude<keyof Recipe, VariedSetting>, unknown>;

/** The values to try of each setting that differs, at least one of each. */
export type Variation = { readonly [Key in VariedSetting]?: readonly Recipe[Key][] | undefined };

/** Values that make from 2 to 256 runs. */
export const variationSchema = v.pipe(
  v.strictObject({ ...VARIED, ...FIXED }, ({ expected }) =>
    expected === 'never' ? 'there is no such setting' : 'it must be an object with lists of values',
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

const VARIED_SETTINGS = Object.keys(VARIED) as VariedSetting[];

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

function refused(why: string) {
  return v.optional(v.never(why));
}
