import { describe, expect, it } from 'vitest';
import { RECIPES } from '../../src/recipe/recipes';
import {
  SWEEP_SETTINGS,
  exampleRow,
  firstRows,
  offeredSettings,
  parseValues,
  planSweep,
  valueText,
} from './sweep-fields';

const { recipe } = RECIPES['seed-v2'];

describe('a list of values', () => {
  it('is read however it is separated', () => {
    expect(parseValues('learningRate', ' 1e-3, 0.002;5e-4  0.1 ')).toEqual({
      values: [0.001, 0.002, 0.0005, 0.1],
    });
  });

  it('may name the ends of a range of whole numbers', () => {
    expect(parseValues('seed', '1–3, 7 - 8, 20..21')).toEqual({ values: [1, 2, 3, 7, 8, 20, 21] });
    expect(parseValues('seed', '5–5')).toEqual({ values: [5] });
  });

  it('switches something on and off', () => {
    expect(parseValues('contrastiveSelf', 'on, Off')).toEqual({ values: [true, false] });
    expect([true, false].map(valueText)).toEqual(['on', 'off']);
  });

  it('can be used as it is suggested, for every setting', () => {
    for (const setting of SWEEP_SETTINGS) {
      expect(planSweep(recipe, [exampleRow(setting, recipe)])).toHaveProperty('runs');
    }
  });

  it('begins with each fold where people are dealt into folds, else with seeds', () => {
    expect(firstRows(recipe)).toEqual([{ setting: 'seed', text: '1–4' }]);
    expect(offeredSettings(recipe)).not.toContain('fold');
    const dealt = { ...recipe, split: 'folds', folds: 3 } as const;
    const rows = firstRows(dealt);
    expect(rows).toEqual([{ setting: 'fold', text: '1–3' }]);
    expect(offeredSettings(dealt)).toEqual(SWEEP_SETTINGS);
    expect(planSweep(dealt, rows)).toMatchObject({ vary: { fold: [1, 2, 3] } });
    expect(planSweep(dealt, [{ setting: 'fold', text: '1, 4' }])).toEqual({
      problem: 'Fold: there is no fold 4 of 3.',
    });
  });

  it.each([
    ['seed', '', 'Seed: give the values to try, such as 1–4.'],
    ['seed', '1, x', 'Seed: “x” is not a whole number from 0 to 4294967295.'],
    ['seed', '4–1', 'Seed: “4–1” is not a whole number from 0 to 4294967295.'],
    ['seed', '0–4000000000', 'Seed: at most 256 values, and these are more.'],
    ['dropout', '0, 0.95', 'Dropout: “0.95” is not a number from 0 to 0.9.'],
    ['dropout', '0.1–0.3', 'Dropout: “0.1–0.3” is not a number from 0 to 0.9.'],
    ['temperature', '0.1, .1', 'Temperature: .1 is there twice.'],
    ['contrastiveSelf', '2', 'Self-contrast: “2” is not “on” or “off”.'],
  ] as const)('says of %s what is wrong with %j', (setting, text, problem) => {
    expect(parseValues(setting, text)).toEqual({ problem });
  });
});

describe('a sweep as typed', () => {
  it('is every combination of its values', () => {
    const plan = planSweep(recipe, [
      { setting: 'dropout', text: '0, 0.2' },
      { setting: 'seed', text: '1–3' },
    ]);
    if ('problem' in plan) throw new Error(plan.problem);
    expect(plan.vary).toEqual({ dropout: [0, 0.2], seed: [1, 2, 3] });
    expect(plan.runs.map(({ label }) => label)).toContain('seed 2, dropout 0.2');
    expect(plan.runs).toHaveLength(6);
  });

  it.each([
    [[], 'A sweep has at least 2 runs: give a setting more values.'],
    [[{ setting: 'seed', text: '3' }], 'A sweep has at least 2 runs: give a setting more values.'],
    [
      [
        { setting: 'seed', text: '1–100' },
        { setting: 'dropout', text: '0, 0.1, 0.2' },
      ],
      'A sweep has at most 256 runs, and these values make 300.',
    ],
    [
      [
        { setting: 'seed', text: '1–4' },
        { setting: 'dropout', text: 'a' },
      ],
      'Dropout: “a” is not a number from 0 to 0.9.',
    ],
  ] as const)('says of %j why it cannot be trained', (rows, problem) => {
    expect(planSweep(recipe, rows)).toEqual({ problem });
  });
});
