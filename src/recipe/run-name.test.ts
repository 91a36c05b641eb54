import { describe, expect, it } from 'vitest';
import { SENSIBLE_CHOICES, type AuditChoices } from './audit-choices';
import { RECIPES } from './recipes';
import { differingSettings } from './differing-settings';
import { runName, unusedName } from './run-name';
import { trainedOnName } from './trained-on-name';

const preset = RECIPES['seed-v2'].recipe;

describe('the name of a run', () => {
  it('is the preset’s when nothing was changed', () => {
    expect(runName(preset)).toBe('Seed V2');
  });

  it('says what was changed, and only that', () => {
    const recipe = { ...preset, latent: 8, hidden: [16, 8], projection: null, seed: 3 };
    expect(runName(recipe)).toBe('Seed V2, latent 8, hidden 16–8, projection none, seed 3');
  });

  it('says in words what is done about the data', () => {
    const audit = (changes: Partial<AuditChoices>) =>
      runName({ ...preset, seed: 2, audit: { ...preset.audit, ...changes } });
    expect(audit({ exactDuplicates: 'drop' })).toBe('Seed V2, seed 2, exact duplicates dropped');
    expect(audit({ misspellings: 'merge', unmerged: ['warn'] })).toBe(
      'Seed V2, seed 2, misspellings merged, “warn” kept apart',
    );
    expect(audit({ misspellings: 'merge', unmerged: ['a', 'b', 'c', 'd'] })).toBe(
      'Seed V2, seed 2, misspellings merged, 4 misspellings kept apart',
    );
    expect(
      audit({ misspellings: 'merge', unmerged: ['warn'], merged: [{ from: 'bold', to: 'cold' }] }),
    ).toBe('Seed V2, seed 2, misspellings merged, “warn” kept apart, “bold” merged on request');
    expect(audit(SENSIBLE_CHOICES)).toBe('Seed V2, seed 2, sensible data choices');
    expect(audit({ ...SENSIBLE_CHOICES, exactDuplicates: 'keep' })).toBe(
      'Seed V2, seed 2, sensible data choices, exact duplicates kept',
    );
  });

  it('stops where a model file would not take more', () => {
    const recipe = {
      ...preset,
      latent: 2,
      hidden: [1024, 1024, 1024, 1024, 1024, 1024, 1024, 1024],
      activation: 'silu',
      normalisation: 'none',
      projection: null,
      body: 'plain',
      variational: true,
      epochs: 300,
      batchSize: 8,
      reconstruction: 'mae',
      klFrom: 50,
      klStep: 0.0002,
    } as const;
    const name = runName({ ...recipe, hidden: [...recipe.hidden] });
    expect(name.length).toBeLessThanOrEqual(200);
    expect(name).toMatch(/^Seed V2, latent 2, .*, batch 8, reconstruction mae, …$/);
  });

  it('is what the recipe calls itself when no preset has that name', () => {
    expect(runName({ ...preset, preset: 'constructor' })).toBe('constructor');
  });

  it('says what it is told to say even where that is the preset’s', () => {
    expect(runName({ ...preset, epochs: 5, dropout: 0.2 }, ['dropout', 'learningRate'])).toBe(
      'Seed V2, epochs 5, dropout 0.2, learning rate 0.001',
    );
    expect(runName({ ...preset, preset: 'mine' }, ['seed'])).toBe('mine, seed 1');
  });
});

describe('settings that differ', () => {
  it('are said for each recipe, choices about the data in words', () => {
    const cleaned = { ...preset, audit: SENSIBLE_CHOICES, projection: null };
    expect(differingSettings([preset, cleaned, preset])).toEqual([
      { label: 'projection', texts: ['128', 'none', '128'] },
      {
        label: 'audit',
        texts: ['data as in the seed log', 'sensible data choices', 'data as in the seed log'],
      },
    ]);
  });

  it('are none of the same recipe, nor is the name of the preset one', () => {
    expect(differingSettings([preset, { ...preset, preset: 'mine' }])).toEqual([]);
    expect(differingSettings([])).toEqual([]);
  });
});

describe('a name that no run has', () => {
  it('is the name, or the name with the next free number', () => {
    expect(unusedName('Seed V2', [])).toBe('Seed V2');
    expect(unusedName('Seed V2', ['Seed V2, seed 3'])).toBe('Seed V2');
    expect(unusedName('Seed V2', ['Seed V2'])).toBe('Seed V2 (2)');
    expect(unusedName('Seed V2 (2)', ['Seed V2', 'Seed V2 (2)'])).toBe('Seed V2 (3)');
    expect(unusedName('Seed V2', ['Seed V2', 'Seed V2 (3)'])).toBe('Seed V2 (2)');
  });

  it('is no longer than a name may be', () => {
    const long = 'x'.repeat(200);
    expect(unusedName(long, [long])).toHaveLength(190 + ' (2)'.length);
  });

  it('is free as what it will be called, however long that is', () => {
    const as = (own: string) => trainedOnName(own, 'Seed V2');
    const long = 'x'.repeat(200);
    expect(unusedName('A', [as('A'), as('A (2)')], as)).toBe('A (3)');
    expect(unusedName(long, [as(long)], as)).toBe(`${'x'.repeat(190)} (2)`);
  });
});
