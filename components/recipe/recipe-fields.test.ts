import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../src/recipe/recipe';
import { RECIPES } from '../../src/recipe/recipes';
import { RECIPE_FIELDS, fieldText, limitsOf, valueName, withField } from './recipe-fields';

const preset = RECIPES['seed-v2'].recipe;
const field = (key: string) => {
  const found = RECIPE_FIELDS.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`There is no field ${key}.`);
  return found;
};

describe('a field of the recipe', () => {
  it('takes back what it shows, for every field', () => {
    for (const { recipe } of Object.values(RECIPES)) {
      for (const each of RECIPE_FIELDS) {
        expect(withField(each, recipe, fieldText(each, recipe))).toEqual({ recipe });
      }
    }
  });

  it('has a name for every value of a choice, and no other', () => {
    for (const each of RECIPE_FIELDS.filter(({ kind }) => kind === 'choice')) {
      const entry = recipeSchema.entries[each.key];
      const values = 'wrapped' in entry && 'options' in entry.wrapped ? entry.wrapped.options : [];
      expect(Object.keys(each.options ?? {}).sort()).toEqual([...values].sort());
    }
    expect(valueName(field('split'), preset)).toBe('Whole contributors');
    expect(valueName(field('otherRows'), preset)).toBe('off');
    expect(withField(field('otherRows'), preset, 'true')).toEqual({
      recipe: { ...preset, otherRows: true },
    });
  });

  it('offers what has an effect, and warns of a split that leaks', () => {
    const offered = (recipe: typeof preset) =>
      RECIPE_FIELDS.filter(({ when }) => when?.(recipe) ?? true).map(({ key }) => key);
    expect(offered(preset)).toContain('holdout');
    expect(offered(preset)).not.toContain('folds');
    expect(offered(preset)).not.toContain('klMost');
    expect(offered({ ...preset, split: 'folds' })).toContain('fold');
    expect(offered({ ...preset, split: 'folds' })).not.toContain('holdout');
    expect(offered(RECIPES['flow-eq-2'].recipe)).toContain('klMost');
    expect(field('split').warning?.(preset)).toBe(null);
    expect(field('split').warning?.({ ...preset, split: 'row' })).toMatch(/leak/);
  });

  it('knows the bounds of settings that older recipes leave out', () => {
    expect(limitsOf(field('madeUp'))).toEqual({ min: 0, max: 64, whole: true });
    expect(limitsOf(field('validation'))).toEqual({ min: 0, max: 80, whole: false });
  });

  it('shows shares in percent', () => {
    expect(fieldText(field('holdout'), preset)).toBe('20');
    expect(withField(field('holdout'), preset, '12.5')).toEqual({
      recipe: { ...preset, holdout: 0.125 },
    });
    expect(limitsOf(field('holdout'))).toEqual({ min: 0, max: 80, whole: false });
  });

  it('reads widths however they are separated', () => {
    const result = withField(field('hidden'), preset, ' 16,8  4 ');
    expect(result).toEqual({ recipe: { ...preset, hidden: [16, 8, 4] } });
  });

  it.each([
    ['epochs', '0', 'Epochs: a whole number from 1 to 10000.'],
    ['epochs', '1.5', 'Epochs: a whole number from 1 to 10000.'],
    ['seed', '', 'Seed: a whole number from 0 to 4294967295.'],
    ['dropout', '0.95', 'Dropout: a number from 0 to 0.9.'],
    ['hidden', '64,x', 'Hidden sizes: one to eight whole numbers from 1 to 2048.'],
    ['split', 'x', 'Split: one of Whole contributors, Folds of contributors, Single rows (leaks).'],
    ['hidden', '', 'Hidden sizes: one to eight whole numbers from 1 to 2048.'],
  ])('says what %s may be when it is %j', (key, text, problem) => {
    expect(withField(field(key), preset, text)).toEqual({ problem });
  });

  it('never makes a recipe the schema would refuse', () => {
    for (const each of RECIPE_FIELDS) {
      for (const text of ['0', '1', '-1', '1e9', 'NaN', 'Infinity', '0x10', '7,7', ' ', '1e-8']) {
        const result = withField(each, preset, text);
        if ('recipe' in result) expect(v.is(recipeSchema, result.recipe)).toBe(true);
      }
    }
  });
});
