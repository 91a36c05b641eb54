import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../../recipe/audit-choices';
import { parseSafeCsv } from '../../data/parse-safe-csv';
import type { SafeData } from '../../data/rows';
import { makeTrainingSet } from '../../data/training-set';
import { sampleModel } from '../../testing/sample-model';
import { dataAsTrained, trainingSetFor } from './as-chosen';
import { recipeSchema, type Recipe } from '../../recipe/recipe';
import { RECIPES } from '../../recipe/recipes';
import { planSweep } from '../sweep/train-sweep';

const WORDS = ['bright', 'warm'];
const sample = parseSafeCsv(readFileSync('public/sample.csv'), { synthetic: true });

/** A recipe as it was written before there were choices. */
function earlier(): Recipe {
  return v.parse(recipeSchema, { ...RECIPES['seed-v2'].recipe, audit: undefined });
}

async function untidy(): Promise<SafeData> {
  const data = await sample;
  return { ...data, rows: data.rows.flatMap((row) => [row, { ...row, line: row.line + 0.5 }]) };
}

describe('a recipe written before there were choices', () => {
  it('gives the rows and the split that it gave', async () => {
    const data = await untidy();
    const recipe = earlier();
    expect(recipe.audit).toEqual(FOUNDING_CHOICES);
    const set = await trainingSetFor(recipe, data, WORDS);
    expect(set).toEqual(await makeTrainingSet(data, WORDS, { holdout: 0.2, seed: 1 }));
  });

  it('splits the sample as it did', async () => {
    const { splitHash } = await trainingSetFor(earlier(), await sample, WORDS);
    expect(splitHash).toBe('e9d4de2958b8786e4ebca0c3572254f3db29585373c8d13d79ac37399e1a8dc1');
  });
});

describe('choices', () => {
  const recipe = { ...RECIPES['seed-v2'].recipe, hidden: [8], audit: SENSIBLE_CHOICES };

  it('are made before anything is held out, in single runs and in sweeps', async () => {
    const data = await untidy();
    const clean = await trainingSetFor(recipe, await sample, WORDS);
    expect((await trainingSetFor(recipe, data, WORDS)).splitHash).toBe(clean.splitHash);
    const runs = [{ label: '', name: '', recipe }];
    const [plan] = await planSweep(runs, data, WORDS);
    expect(plan?.set.rows).toEqual(clean.rows);
  });

  it('are those of a model’s run, and the seed log’s where it has none', async () => {
    const data = await untidy();
    const { document } = sampleModel();
    const { run } = document;
    if (run === null) throw new Error('The sample model has a run.');
    const chosen = {
      ...document,
      run: { ...run, recipe: { ...run.recipe, audit: SENSIBLE_CHOICES } },
    };
    expect(dataAsTrained(chosen, data).rows.length).toBe((await sample).rows.length);
    expect(dataAsTrained({ ...document, run: null }, data).rows).toEqual(data.rows);
  });
});
