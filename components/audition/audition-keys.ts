import type { KeyHelp } from '../kit/key-help';

export const AUDITION_KEYS: KeyHelp = {
  where: 'In the player',
  keys: [
    { keys: ['Space'], does: 'Play and pause' },
    { keys: ['0'], does: 'Hear the bypass' },
    { keys: ['A', 'B', 'C', '1', '2', '3'], does: 'Hear that setting' },
  ],
};

export const LOOP_KEYS: KeyHelp = {
  where: 'On an end of the loop',
  keys: [
    { keys: ['←', '→'], does: 'Move it' },
    { keys: ['Page Up', 'Page Down'], does: 'Move it far' },
    { keys: ['Home', 'End'], does: 'Move it as far as it goes' },
  ],
};
