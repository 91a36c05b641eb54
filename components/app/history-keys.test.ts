import { describe, expect, it } from 'vitest';
import { historyKey } from './history-keys';

const none = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

describe('the keys of undo and redo', () => {
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
    ['x', { ctrlKey: true }, null],
  ] as const)('%s with %j: %s', (key, held, meaning) => {
    expect(historyKey({ ...none, ...held, key })).toBe(meaning);
  });
});
