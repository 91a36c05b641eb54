import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../src/training/recipe';
import { RECIPES } from '../src/training/recipes';
import { RECIPE_FIELDS, fieldText, limitsOf, withField } from './recipe-fields';

const preset = RECIPES['seed-v2'].recipe;
const field = (key: string) => {
  const found = RECIPE_FIELDS.find((candidate) => candidate.key === key);
  if (found === undefined) throw new Error(`There is no field ${key}.`);
  return found;
};

describe('a field of the recipe', () => {
  it('takes back what it shows, for every field', () => {
    for (const each of RECIPE_FIELDS) {
      expect(withField(each, preset, fieldText(each, preset))).toEqual({ recipe: preset });
    }
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
