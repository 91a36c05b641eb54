import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parameterTable } from '../model/parameter-table';
import { recipeSchema, specOf, type Recipe } from './recipe';
import { RECIPES, RECIPE_NAMES, type RecipeName } from './recipes';

/** The settings in which a recipe differs from Seed V2. */
function changes(name: RecipeName): Partial<Recipe> {
  const seed = Object.entries(RECIPES['seed-v2'].recipe);
  const before = new Map(seed.map(([key, value]) => [key, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(RECIPES[name].recipe).filter(
      ([key, value]) => key !== 'preset' && JSON.stringify(value) !== before.get(key),
    ),
  );
}

describe('the recipes', () => {
  it.each(RECIPE_NAMES)('%s is one, under its own name, with every setting said', (name) => {
    const { recipe, title, summary } = RECIPES[name];
    expect(v.parse(recipeSchema, recipe)).toEqual(recipe);
    expect(recipe.preset).toBe(name);
    expect(title).not.toBe('');
    expect(summary).toMatch(/\.$/);
    expect(RECIPE_NAMES.filter((other) => RECIPES[other].title === title)).toEqual([name]);
  });

  it('are Seed V2 with one change each, where the seed log proposes it', () => {
    expect(parameterTable(specOf(RECIPES['seed-v2'].recipe, 14)).total).toBe(139_501);
    expect(changes('seed-v2-300-epochs')).toEqual({ epochs: 300 });
    expect(changes('seed-v2-weight-0.7')).toEqual({ contrastiveEnd: 0.7 });
    expect(changes('seed-v2-10-examples')).toEqual({});
    expect(RECIPES['seed-v2-10-examples'].words).toEqual({ atLeast: 10 });
    expect(changes('seed-v2-latent-64')).toEqual({ latent: 64 });
    expect(changes('seed-v2-batch-128')).toEqual({ batchSize: 128 });
    expect(changes('seed-v3')).toEqual({ normaliser: 'fixed-log' });
    expect(changes('seed-v1')).toEqual({
      output: 'heads',
      epochs: 100,
      batchSize: 32,
      contrastiveStart: 0.5,
      normaliser: 'z-score',
    });
  });

  it.each(RECIPE_NAMES.filter((name) => name !== 'warmbright'))(
    '%s has what was always so before it could be chosen, as a document without it has',
    (name) => {
      const { beta2, drawnBands, exchange, weightDecay, ...others } = RECIPES[name].recipe;
      const known = { beta2: 0.999, drawnBands: 0, exchange: 0.25, weightDecay: 0 };
      expect({ beta2, drawnBands, exchange, weightDecay }).toEqual(known);
      expect(v.parse(recipeSchema, others)).toEqual(RECIPES[name].recipe);
    },
  );

  it.each([
    [1, 'flow-eq-1'],
    [2, 'flow-eq-2'],
    [3, 'flow-eq-3'],
  ] as const)('have flowEQ with %d dimensions', (latent, name) => {
    const { recipe, words } = RECIPES[name];
    // 13 → 1024 → mean and log-variance → 1024 → 13
    const wanted = 14 * 1024 + 2 * 1025 * latent + (latent + 1) * 1024 + 1025 * 13;
    expect(parameterTable(specOf(recipe, 14)).total).toBe(wanted);
    expect(recipe).toMatchObject({ reconstruction: 'mae', batchSize: 8, epochs: 300 });
    expect(words.mostFrequent).toBe(2);
  });
});
