import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../../src/recipe/audit-choices';
import type { Recipe } from '../../src/recipe/recipe';
import { RECIPE_NAMES, RECIPES } from '../../src/recipe/recipes';
import { runCommand } from '../../src/recipe/run-command';
import fc from '../../src/testing/fast-check';
import { chooseRecipe } from './choose-recipe';

/** What a shell makes of a command: its words. */
function shellWords(command: string): string[] {
  const script = `for word in ${command}; do printf '%s\\n' "$word"; done`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trimEnd().split('\n');
}

/** What the command line reads of it. */
function read(command: string | null): { recipe: Recipe; words: string; data: string } {
  const args = shellWords(command ?? '');
  const after = (option: string): string => args[args.indexOf(option) + 1] ?? '';
  const sets = args.flatMap((_, i) => (args[i - 1] === '--set' ? (args[i] ?? '') : []));
  return {
    recipe: chooseRecipe(after('--recipe'), sets.filter(Boolean)),
    words: after('--words'),
    data: after('--data'),
  };
}

describe('the command that trains a run again', () => {
  it('names the recipe, what differs, the words and the file', () => {
    const { recipe } = RECIPES['seed-v2'];
    const changed: Recipe = {
      ...recipe,
      seed: 3,
      hidden: [64, 32],
      audit: { ...recipe.audit, exactDuplicates: 'drop' },
    };
    expect(runCommand(changed, ['bright', 'warm'], 'my data.csv')).toBe(
      "npm run cli -- train --data 'my data.csv' --recipe seed-v2 --set hidden=64,32 --set seed=3 " +
        '--set audit.exactDuplicates=drop --words bright,warm --out trained',
    );
  });

  it.each(RECIPE_NAMES)('is read back as the recipe %s', (name) => {
    const { recipe } = RECIPES[name];
    expect(read(runCommand(recipe, ['warm'], 'a.csv')).recipe).toEqual(recipe);
  });

  it('is read back as what was changed, whatever that is, through a shell', () => {
    const word = fc.string({ minLength: 1, maxLength: 8 }).filter((of) => /^[^,:\n\0]+$/.test(of));
    const trimmed = word.filter((of) => of.trim() === of && of !== '');
    const changes = fc.record({
      name: fc.constantFrom(...RECIPE_NAMES),
      seed: fc.integer({ min: 0, max: 0xffff_ffff }),
      hidden: fc.array(fc.integer({ min: 1, max: 2048 }), { minLength: 1, maxLength: 8 }),
      learningRate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      sensible: fc.boolean(),
      unmerged: fc.array(trimmed, { maxLength: 3 }),
      merged: fc.array(fc.record({ from: trimmed, to: trimmed }), { maxLength: 2 }),
      words: fc.array(trimmed, { minLength: 2, maxLength: 4 }),
    });
    fc.assert(
      fc.property(changes, ({ name, sensible, unmerged, merged, words, ...settings }) => {
        const choices = sensible ? SENSIBLE_CHOICES : FOUNDING_CHOICES;
        const audit = { ...choices, unmerged, merged };
        const recipe: Recipe = { ...RECIPES[name].recipe, ...settings, audit };
        const given = read(runCommand(recipe, words, 'it’s $HOME/`a`.csv'));
        expect(given).toEqual({ recipe, words: words.join(','), data: 'it’s $HOME/`a`.csv' });
      }),
      { numRuns: 40 },
    );
  });

  it('is none where a word has a comma', () => {
    const { recipe } = RECIPES['seed-v2'];
    expect(runCommand(recipe, ['warm', 'not warm, but'], 'a.csv')).toBeNull();
  });
});
