import type { KeyHelp } from '../kit/key-help';

export const MAP_KEYS: KeyHelp = {
  where: 'On the map’s ring',
  keys: [
    { keys: ['←', '→', '↑', '↓'], does: 'Move it over the map' },
    { keys: ['Shift+arrow'], does: 'Move it in small steps' },
  ],
};
