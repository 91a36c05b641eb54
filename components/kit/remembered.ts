/** What the browser remembers between visits. */

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export interface Remembered {
  /** null where nothing is remembered. */
  readonly read: () => string | null;
  /** null: forget it. */
  readonly write: (value: string | null) => void;
}

/**
 * A text that is remembered between visits. That is a convenience: where the browser's storage is
 * closed or full, the text is remembered as long as the page is open, and nothing else fails.
 *
 * @param storage opened anew each time, since browsers may refuse even to name it
 */
export function remembered(
  key: string,
  storage: () => TextStorage = () => localStorage,
): Remembered {
  let unkept: string | null = null;
  return {
    read: () => {
      if (unkept !== null) return unkept;
      try {
        return storage().getItem(key);
      } catch {
        return null;
      }
    },
    write: (value) => {
      unkept = null;
      try {
        if (value === null) storage().removeItem(key);
        else storage().setItem(key, value);
      } catch {
        unkept = value;
      }
    },
  };
}
