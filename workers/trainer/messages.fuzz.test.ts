import { describe, expect } from 'vitest';
import { RECIPES } from '../../src/recipe/recipes';
import fc from '../../src/testing/fast-check';
import { fuzz, withHostileParts } from '../../src/testing/fuzz';
import { parseCommand, type Command } from './messages';

const { recipe } = RECIPES.warmbright;
const commands: readonly Command[] = [
  { type: 'start', words: ['warm', 'bright'], recipe, name: 'A run', paused: false },
  { type: 'start-sweep', words: ['warm'], recipe, vary: { seed: [1, 2] } },
  { type: 'clean', choices: recipe.audit },
  {
    type: 'read-again',
    choices: {
      mapping: {
        word: 0,
        contributor: null,
        parameters: Array.from({ length: 13 }, (_, i) => i + 1),
      },
      language: 'English',
    },
  },
  { type: 'rename-run', id: 'a', name: 'Mine' },
  { type: 'compare', ids: ['a', 'b'] },
];

describe('the reader of commands', () => {
  const messages = fc.constantFrom(...commands).chain((command) => withHostileParts(command));
  fuzz('commands', messages, (message) => {
    const command = parseCommand(message);
    expect(JSON.stringify(command)).not.toMatch(/null,null,null|1e\+?30[08]/);
  });
});
