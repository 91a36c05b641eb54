/** The settings of a recipe as a form offers them: what each is called and what it does. */
import * as v from 'valibot';
import { recipeSchema, type Recipe } from '../../src/recipe/recipe';
import { splitWarning } from '../../src/recipe/split-warning';
import { MORE_FIELDS } from './more-recipe-fields';

export type FieldGroup = 'run' | 'model' | 'loss' | 'more';

export interface RecipeField {
  readonly key: Exclude<keyof Recipe, 'audit'>;
  readonly label: string;
  readonly help: string;
  readonly group: FieldGroup;
  readonly kind: 'number' | 'widths' | 'percent' | 'choice' | 'switch';
  /** Of a number; left out: any. */
  readonly step?: number;
  /** The values of a choice, and what each is called. */
  readonly options?: Readonly<Record<string, string>>;
  /** Whether the setting has an effect; left out: always. */
  readonly when?: (recipe: Recipe) => boolean;
  /** What to beware of with the value as it is. */
  readonly warning?: (recipe: Recipe) => string | null;
}

export const GROUP_TITLES: Record<FieldGroup, string> = {
  run: 'Run',
  model: 'Model',
  loss: 'Loss and optimiser',
  more: 'More settings',
};

export const FIRST_FIELD: RecipeField = {
  key: 'epochs',
  label: 'Epochs',
  help: 'How many times the model sees every training row.',
  group: 'run',
  kind: 'number',
  step: 1,
};

const isDealt = ({ split }: Recipe): boolean => split === 'folds';

export const RECIPE_FIELDS: readonly RecipeField[] = [
  FIRST_FIELD,
  {
    key: 'split',
    label: 'Split',
    help: 'Who is kept from training, to measure quality on. People’s settings are alike, so whole people are the honest choice.',
    group: 'run',
    kind: 'choice',
    options: {
      contributor: 'Whole contributors',
      folds: 'Folds of contributors',
      row: 'Single rows (leaks)',
    },
    warning: splitWarning,
  },
  {
    key: 'holdout',
    label: 'Held out, %',
    help: 'Share of rows kept from training. 0 trains on all rows, and figures then say so.',
    group: 'run',
    kind: 'percent',
    step: 5,
    when: (recipe) => !isDealt(recipe),
  },
  {
    key: 'folds',
    label: 'Number of folds',
    help: 'Contributors are dealt into as many parts, of nearly equal rows.',
    group: 'run',
    kind: 'number',
    step: 1,
    when: isDealt,
  },
  {
    key: 'fold',
    label: 'Fold held out',
    help: 'Which part is kept from training, from 1. “Sweep…” holds out each in turn.',
    group: 'run',
    kind: 'number',
    step: 1,
    when: isDealt,
  },
  {
    key: 'seed',
    label: 'Seed',
    help: 'Initial weights, order of rows, dropout and split follow from it: same seed, same run.',
    group: 'run',
    kind: 'number',
    step: 1,
  },
  {
    key: 'latent',
    label: 'Latent size',
    help: 'Numbers the model may use to describe a setting, 1 to 64. Fewer forces it to generalise.',
    group: 'model',
    kind: 'number',
    step: 1,
  },
  {
    key: 'hidden',
    label: 'Hidden sizes',
    help: 'Widths of the residual blocks, separated by commas; the decoder has them in reverse.',
    group: 'model',
    kind: 'widths',
    step: 1,
  },
  {
    key: 'dropout',
    label: 'Dropout',
    help: 'Share of activations switched off at random in training, so that none is relied on.',
    group: 'model',
    kind: 'number',
    step: 0.05,
  },
  {
    key: 'batchSize',
    label: 'Batch size',
    help: 'Rows in one step. The contrastive loss compares the rows of a batch with each other.',
    group: 'loss',
    kind: 'number',
    step: 1,
  },
  {
    key: 'learningRate',
    label: 'Learning rate',
    help: 'Size of Adam’s steps at the start; halved when the loss stops improving.',
    group: 'loss',
    kind: 'number',
  },
  {
    key: 'contrastiveStart',
    label: 'Contrastive weight, start',
    help: 'How much pulling a word’s rows together counts in the first epoch.',
    group: 'loss',
    kind: 'number',
    step: 0.05,
  },
  {
    key: 'contrastiveEnd',
    label: 'Contrastive weight, end',
    help: 'The same in the last epoch; linear between the two.',
    group: 'loss',
    kind: 'number',
    step: 0.05,
  },
  {
    key: 'temperature',
    label: 'Temperature',
    help: 'How sharply the contrastive loss tells near from far; lower is sharper.',
    group: 'loss',
    kind: 'number',
    step: 0.01,
  },
  ...MORE_FIELDS,
];

/** A setting as the form shows it. */
export function fieldText(field: RecipeField, recipe: Recipe): string {
  const value = recipe[field.key];
  if (Array.isArray(value)) return value.join(', ');
  if (field.kind === 'percent') return String(Math.round(Number(value) * 1000) / 10);
  return String(value);
}

/** A setting's value as a sentence calls it. */
export function valueName(field: RecipeField, recipe: Recipe): string {
  const text = fieldText(field, recipe);
  if (field.kind === 'switch') return text === 'true' ? 'on' : 'off';
  return field.options?.[text] ?? text;
}

/** The recipe with one setting replaced by what was typed, or a sentence saying why not. */
export function withField(
  field: RecipeField,
  recipe: Recipe,
  text: string,
): { recipe: Recipe } | { problem: string } {
  const entry = recipeSchema.entries[field.key];
  const result = v.safeParse(entry, parseText(field, text));
  if (result.success) return { recipe: { ...recipe, [field.key]: result.output } };
  return { problem: `${field.label}: ${rangeOf(field)}.` };
}

function parseText(field: RecipeField, text: string): unknown {
  if (field.kind === 'choice') return text;
  if (field.kind === 'switch') return text === 'true';
  if (field.kind === 'widths')
    return text
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
  if (text.trim() === '') return Number.NaN;
  return field.kind === 'percent' ? Number(text) / 100 : Number(text);
}

/** What a setting may be, for the end of a sentence. */
export function rangeOf(field: Pick<RecipeField, 'key' | 'kind' | 'options'>): string {
  if (field.options !== undefined) return `one of ${Object.values(field.options).join(', ')}`;
  if (field.kind === 'widths') return 'one to eight whole numbers from 1 to 2048';
  const { min, max, whole } = limitsOf(field);
  return `${whole ? 'a whole number' : 'a number'} from ${String(min)} to ${String(max)}`;
}

/** The bounds the schema sets, in the form's unit. */
export function limitsOf(field: Pick<RecipeField, 'key' | 'kind'>): {
  min: number;
  max: number;
  whole: boolean;
} {
  let min = 0;
  let max = Number.MAX_SAFE_INTEGER;
  let whole = false;
  const outer = recipeSchema.entries[field.key];
  const entry = 'wrapped' in outer ? outer.wrapped : outer;
  for (const action of 'pipe' in entry ? entry.pipe : []) {
    if (action.type === 'min_value') min = action.requirement;
    if (action.type === 'max_value') max = action.requirement;
    if (action.type === 'integer') whole = true;
  }
  const scale = field.kind === 'percent' ? 100 : 1;
  return { min: min * scale, max: max * scale, whole };
}
