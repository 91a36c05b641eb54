import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from '../../src/recipe/recipe';
import { RECIPES } from '../../src/recipe/recipes';
import { hasEffect, kindOf, limitsOf, warningOf } from '../../src/recipe/setting-values';
import { factsOf } from '../../src/recipe/settings';
import { FIELD_KEYS, fieldLimits, fieldText, valueName, withField } from './recipe-fields';

const preset = RECIPES['seed-v2'].recipe;

describe('a field of the recipe', () => {
  it('takes back what it shows, for every field', () => {
    for (const { recipe } of Object.values(RECIPES)) {
      for (const each of FIELD_KEYS) {
        expect(withField(each, recipe, fieldText(each, recipe))).toEqual({ recipe });
      }
    }
  });

  it('has a name for every value of a choice, and no other', () => {
    for (const each of FIELD_KEYS.filter((key) => kindOf(key) === 'choice')) {
      const entry = recipeSchema.entries[each].pipe[0];
      const values = 'wrapped' in entry && 'options' in entry.wrapped ? entry.wrapped.options : [];
      expect(Object.keys(factsOf(each).options ?? {}).sort()).toEqual([...values].sort());
    }
    expect(valueName('split', preset)).toBe('Whole contributors');
    expect(valueName('otherRows', preset)).toBe('off');
    expect(withField('otherRows', preset, 'true')).toEqual({
      recipe: { ...preset, otherRows: true },
    });
  });

  it('offers what has an effect, and warns of a split that leaks', () => {
    const offered = (recipe: typeof preset) => FIELD_KEYS.filter((key) => hasEffect(key, recipe));
    expect(offered(preset)).toContain('holdout');
    expect(offered(preset)).not.toContain('folds');
    expect(offered(preset)).not.toContain('klMost');
    expect(offered({ ...preset, split: 'folds' })).toContain('fold');
    expect(offered({ ...preset, split: 'folds' })).not.toContain('holdout');
    expect(offered(RECIPES['flow-eq-2'].recipe)).toContain('klMost');
    expect(warningOf('split', preset)).toBe(null);
    expect(warningOf('split', { ...preset, split: 'row' })).toMatch(/leak/);
  });

  it('knows the bounds of settings that older recipes leave out', () => {
    expect(limitsOf('madeUp')).toEqual({ min: 0, max: 64, whole: true });
    expect(fieldLimits('validation')).toEqual({ min: 0, max: 80, whole: false });
  });

  it('shows shares in percent', () => {
    expect(fieldText('holdout', preset)).toBe('20');
    expect(withField('holdout', preset, '12.5')).toEqual({
      recipe: { ...preset, holdout: 0.125 },
    });
    expect(fieldLimits('holdout')).toEqual({ min: 0, max: 80, whole: false });
  });

  it('reads widths however they are separated', () => {
    const result = withField('hidden', preset, ' 16,8  4 ');
    expect(result).toEqual({ recipe: { ...preset, hidden: [16, 8, 4] } });
  });

  it.each([
    ['epochs', '0', 'Epochs must be a whole number from 1 to 10000.'],
    ['epochs', '1.5', 'Epochs must be a whole number from 1 to 10000.'],
    ['seed', '', 'Seed must be a whole number from 0 to 4294967295.'],
    ['dropout', '0.95', 'Dropout must be a number from 0 to 0.9.'],
    ['hidden', '64,x', 'Hidden sizes must be 1 to 8 whole numbers from 1 to 2048.'],
    [
      'split',
      'x',
      'Split must be one of Whole contributors, Folds of contributors, Single rows (leaks).',
    ],
    ['hidden', '', 'Hidden sizes must be 1 to 8 whole numbers from 1 to 2048.'],
  ] as const)('says what %s may be when it is %j', (key, text, problem) => {
    expect(withField(key, preset, text)).toEqual({ problem });
  });

  it('never makes a recipe the schema would refuse', () => {
    for (const each of FIELD_KEYS) {
      for (const text of ['0', '1', '-1', '1e9', 'NaN', 'Infinity', '0x10', '7,7', ' ', '1e-8']) {
        const result = withField(each, preset, text);
        if ('recipe' in result) expect(v.is(recipeSchema, result.recipe)).toBe(true);
      }
    }
  });
});
