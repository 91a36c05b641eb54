/** A run is named by what its settings changed. */
import { RECIPES, type Recipe, type RecipeName } from './recipe';

const LABELS: Partial<Record<keyof Recipe, string>> = {
  latent: 'latent',
  hidden: 'hidden',
  activation: 'activation',
  normalisation: 'normalisation',
  projection: 'projection',
  body: 'body',
  variational: 'variational',
  dropout: 'dropout',
  epochs: 'epochs',
  batchSize: 'batch',
  learningRate: 'rate',
  plateauPatience: 'patience',
  contrastiveStart: 'contrastive from',
  contrastiveEnd: 'contrastive to',
  temperature: 'temperature',
  contrastiveSelf: 'self',
  reconstruction: 'reconstruction',
  klFrom: 'KL from',
  klStep: 'KL step',
  klMost: 'KL to',
  seed: 'seed',
  holdout: 'held out',
};

/** What a model file takes. */
const LONGEST = 200;

const isRecipeName = (name: string): name is RecipeName => Object.hasOwn(RECIPES, name);

/**
 * For example "Seed V2, latent 8, seed 3": the preset and each setting that differs from it, or as
 * many as there is room for.
 */
export function runName(recipe: Recipe): string {
  if (!isRecipeName(recipe.preset)) return recipe.preset;
  const { title, recipe: preset } = RECIPES[recipe.preset];
  const changes = changedSettings(recipe, preset).map(
    (key) => `${LABELS[key] ?? key} ${settingText(recipe[key])}`,
  );
  const name = [title, ...changes].join(', ');
  if (name.length <= LONGEST) return name;
  return `${name.slice(0, name.lastIndexOf(', ', LONGEST - 3))}, …`;
}

/** Keys of the settings in which two recipes differ. */
function changedSettings(a: Recipe, b: Recipe): (keyof Recipe)[] {
  const keys = Object.keys(LABELS) as (keyof Recipe)[];
  return keys.filter((key) => settingText(a[key]) !== settingText(b[key]));
}

function settingText(value: Recipe[keyof Recipe]): string {
  if (Array.isArray(value)) return value.join('–');
  return value === null ? 'none' : String(value);
}
