import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { recipeSchema } from './recipe';
import { RECIPES, RECIPE_NAMES } from './recipes';
import { hasEffect, kindOf, limitsOf, rangeText, warningOf } from './setting-values';
import { factsOf, isSettingKey, SETTING_KEYS, SETTINGS, shortLabel } from './settings';
import { CONTRASTIVE_SETTINGS } from './settings/contrastive-settings';
import { DATA_SETTINGS } from './settings/data-settings';
import { MODEL_SETTINGS } from './settings/model-settings';
import { OPTIMISATION_SETTINGS } from './settings/optimisation-settings';
import { RECONSTRUCTION_SETTINGS } from './settings/reconstruction-settings';
import { PANEL_GROUPS } from './settings/setting';

const { recipe } = RECIPES['seed-v2'];

describe('the table of settings', () => {
  it('has exactly one row for each key of a recipe', () => {
    const files = [
      MODEL_SETTINGS,
      CONTRASTIVE_SETTINGS,
      OPTIMISATION_SETTINGS,
      RECONSTRUCTION_SETTINGS,
      DATA_SETTINGS,
    ];
    const rows = ['preset', ...files.flatMap((file) => Object.keys(file))];
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.toSorted()).toEqual(SETTING_KEYS.toSorted());
    expect(Object.keys(recipeSchema.entries).toSorted()).toEqual(rows.toSorted());
    for (const name of RECIPE_NAMES) {
      expect(Object.keys(RECIPES[name].recipe).toSorted()).toEqual(rows.toSorted());
      expect(v.parse(recipeSchema, RECIPES[name].recipe)).toEqual(RECIPES[name].recipe);
    }
  });

  it.each(SETTING_KEYS)(
    'says of %s what it is called, what it does and whether it may vary',
    (key) => {
      const { label, help, group, sweep, when, warnings, options } = factsOf(key);
      expect(label).toMatch(/^[A-Z].*[^.]$/);
      expect(help).toMatch(/^[A-Z0-9].*\.$/);
      expect(group === null || group in PANEL_GROUPS).toBe(true);
      if (typeof sweep === 'string') {
        expect(['shape', 'operations', 'length', 'meaning', 'rows']).toContain(sweep);
      } else expect(sweep.varies).toBe(true);
      expect(rangeText(key)).not.toMatch(/Infinity|undefined/);
      const [schema] = SETTINGS[key].pipe;
      const value = 'wrapped' in schema ? schema.wrapped : schema;
      const choices = 'options' in value ? value.options : [];
      expect(Object.keys(options ?? {}).toSorted()).toEqual(choices.toSorted());
      for (const value of Object.keys(warnings ?? {})) expect(options).toHaveProperty(value);
      for (const [other, values] of Object.entries(when ?? {})) {
        if (!isSettingKey(other))
          throw new Error(`${key} depends on ${other}, which is no setting.`);
        for (const value of values) expect(v.is(SETTINGS[other], value)).toBe(true);
      }
    },
  );

  it('calls no two settings the same', () => {
    for (const names of [
      SETTING_KEYS.map((key) => factsOf(key).label),
      SETTING_KEYS.map(shortLabel),
    ]) {
      expect(new Set(names).size).toBe(SETTING_KEYS.length);
    }
    expect(shortLabel('learningRate')).toBe('learning rate');
    expect(shortLabel('klStep')).toBe('KL annealing step');
    expect(shortLabel('batchSize')).toBe('batch');
  });

  it('reads recipes that were written before there was a setting', () => {
    const required = Object.entries(recipe).filter(
      ([key]) => isSettingKey(key) && SETTINGS[key].pipe[0].type !== 'optional',
    );
    expect(required).toHaveLength(17);
    expect(v.parse(recipeSchema, Object.fromEntries(required))).toEqual(recipe);
    expect(v.is(recipeSchema, { ...recipe, colour: 'red' })).toBe(false);
  });
});

describe('what a setting may be', () => {
  it.each([
    ['latent', 'a whole number from 1 to 64'],
    ['dropout', 'a number from 0 to 0.9'],
    ['contrastiveEnd', 'a number from 0 to 100'],
    ['projection', 'a whole number from 1 to 2048, or null'],
    ['hidden', '1 to 8 whole numbers from 1 to 2048'],
    ['body', 'one of residual, plain'],
    ['otherRows', 'true or false'],
  ] as const)('is said of %s', (key, range) => {
    expect(rangeText(key)).toBe(range);
  });

  it('is read from the schema', () => {
    expect(limitsOf('seed')).toEqual({ min: 0, max: 0xffff_ffff, whole: true });
    expect(limitsOf('hidden')).toEqual({ min: 1, max: 2048, whole: true });
    expect(
      ['epochs', 'hidden', 'split', 'variational', 'preset', 'audit'].map(
        (key) => isSettingKey(key) && kindOf(key),
      ),
    ).toEqual(['number', 'numbers', 'choice', 'switch', 'text', 'object']);
  });
});

describe('what a setting does', () => {
  it('is nothing while the settings that it depends on are otherwise', () => {
    expect(hasEffect('fold', recipe)).toBe(false);
    expect(hasEffect('fold', { ...recipe, split: 'folds' })).toBe(true);
    expect(hasEffect('latentActivation', { ...recipe, variational: true })).toBe(false);
    expect(hasEffect('epochs', recipe)).toBe(true);
  });

  it('is warned of where it misleads', () => {
    expect(warningOf('split', recipe)).toBeNull();
    expect(warningOf('split', { ...recipe, split: 'row' })).toMatch(/leak/);
    expect(warningOf('epochs', recipe)).toBeNull();
  });
});
