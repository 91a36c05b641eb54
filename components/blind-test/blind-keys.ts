import type { KeyHelp } from '../kit/key-help';

export const BLIND_KEYS: KeyHelp = {
  where: 'In a blind test',
  keys: [
    { keys: ['A', 'B', 'X'], does: 'Hear that one' },
    { keys: ['Space'], does: 'Hear it again from the beginning' },
    { keys: ['1', '←'], does: 'Answer A' },
    { keys: ['2', '→'], does: 'Answer B' },
    { keys: ['↑', '↓'], does: 'Louder and softer' },
    { keys: ['Esc'], does: 'Leave the test' },
  ],
};
