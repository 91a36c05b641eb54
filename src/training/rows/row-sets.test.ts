import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanData } from '../../data/audit/clean';
import { parseSafeCsv } from '../../data/parse-safe-csv';
import type { SafeData } from '../../data/rows';
import { syntheticCsv } from '../../data/synthetic';
import { countWords, defaultWords } from '../../data/words';
import { RECIPE_NAMES, RECIPES, type RecipeName } from '../../recipe/recipes';
import { sharedFile } from '../../testing/shared-files';
import { trainingSetFor } from './as-chosen';

/** The rows that a recipe learns from, and which of them it holds out, as two hashes. */
async function rowsOf(name: RecipeName, data: SafeData): Promise<[string, string]> {
  const { recipe, words } = RECIPES[name];
  const counts = countWords(cleanData(data, recipe.audit));
  const chosen = defaultWords(counts, words.atLeast, words.mostFrequent);
  const { rows, splitHash } = await trainingSetFor(recipe, data, chosen);
  const json = JSON.stringify(
    rows.map(({ line, word, contributor, setting }) => [line, word, contributor, setting]),
  );
  const rowHash = createHash('sha256').update(json).digest('hex');
  return [splitHash.slice(0, 16), rowHash.slice(0, 16)];
}

/** The recipes that other people's figures stand for: what they clean must not change. */
const OLD = RECIPE_NAMES.filter((name) => RECIPES[name].group !== 'Warmbright');

/** Which of the hashes a recipe has. */
const kind = (name: RecipeName): 'flowEQ' | 'ten' | 'seed' =>
  RECIPES[name].group === 'flowEQ' ? 'flowEQ' : name === 'seed-v2-10-examples' ? 'ten' : 'seed';

describe('rows and splits of the seed log and of flowEQ stay what they were', () => {
  it.each(OLD)('%s on the sample', async (name) => {
    const sample = await parseSafeCsv(new TextEncoder().encode(syntheticCsv()), {
      synthetic: true,
    });
    expect(await rowsOf(name, sample)).toEqual(
      {
        seed: ['65eb699c882d9d7b', '2a3c699a7878e200'],
        ten: ['65eb699c882d9d7b', '2a3c699a7878e200'],
        flowEQ: ['e9d4de2958b8786e', 'cbc59ad4eb235e0a'],
      }[kind(name)],
    );
  });

  const path = sharedFile('data/SAFEEqualiserUserData.csv');

  it.skipIf(path === null).each(OLD)('%s on the real file (needs ../shared/data)', async (name) => {
    const real = await parseSafeCsv(readFileSync(path ?? ''), { synthetic: false });
    expect(await rowsOf(name, real)).toEqual(
      {
        seed: ['7e135e2f372ce308', '0eb612c3e684fe5a'],
        ten: ['79e95cf789b78b20', '502e678b783cd57b'],
        flowEQ: ['79e95cf789b78b20', '9ce5f1b550e97ca5'],
      }[kind(name)],
    );
  });
});
