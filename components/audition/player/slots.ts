/** What the keys A, B and C play. */
import type { NamedSetting } from '../../../src/eq/named-setting';
import type { SlotSource } from '../../state/current-eq';

/** Which is heard: 0 is the bypass, 1 to 3 are the slots. */
export type Heard = 0 | 1 | 2 | 3;

export const SLOT_KEYS = ['A', 'B', 'C'] as const;

/** A slot's setting; null where there is none yet. */
export function settingOf(
  source: SlotSource,
  current: NamedSetting | null,
  words: readonly NamedSetting[],
): NamedSetting | null {
  switch (source.from) {
    case 'current':
      return current;
    case 'kept':
      return source.kept;
    case 'word':
      return words.find(({ name }) => name === source.word) ?? null;
  }
}

/**
 * The current EQ against the first two words, until somebody chooses; the second first, since what a
 * page begins with is the first word itself.
 */
export function usualSources(words: readonly NamedSetting[]): readonly SlotSource[] {
  const [first, second] = words.map(({ name }): SlotSource => ({ from: 'word', word: name }));
  const [b, c] = second === undefined ? [first, first] : [second, first];
  return [{ from: 'current' }, b ?? { from: 'current' }, c ?? { from: 'current' }];
}

/** Which the key chooses; null for any other key. */
export function heardByKey(key: string): Heard | null {
  switch (key.toUpperCase()) {
    case '0':
      return 0;
    case '1':
    case 'A':
      return 1;
    case '2':
    case 'B':
      return 2;
    case '3':
    case 'C':
      return 3;
    default:
      return null;
  }
}
