import { describe, expect, it } from 'vitest';
import { ACTIONS } from './actions';
import { actionOfKeys, shortcutsOf } from './shortcuts';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const shortcuts = shortcutsOf(ACTIONS);

describe('the keys of the page', () => {
  it.each([
    ['z', { ctrlKey: true }, 'undo'],
    ['z', { metaKey: true }, 'undo'],
    ['Z', { metaKey: true, shiftKey: true }, 'redo'],
    ['Z', { ctrlKey: true, shiftKey: true }, 'redo'],
    ['y', { ctrlKey: true }, 'redo'],
    // Cmd+Y opens the history of the browser.
    ['y', { metaKey: true }, null],
    ['z', {}, null],
    ['z', { ctrlKey: true, altKey: true }, null],
    ['z', { ctrlKey: true, metaKey: true }, null],
    ['x', { ctrlKey: true }, null],
    ['?', { shiftKey: true }, 'open-shortcuts'],
    // On some keyboards.
    ['?', {}, 'open-shortcuts'],
    ['?', { ctrlKey: true, shiftKey: true }, null],
  ] as const)('%s with %j: %s', (key, held, meaning) => {
    expect(actionOfKeys({ ...none, ...held, key }, shortcuts)?.type ?? null).toBe(meaning);
  });

  it('are never those of two actions', () => {
    const keys = shortcuts.flatMap(({ keys: own }) => own);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
