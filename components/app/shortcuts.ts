/** Which keys do what from anywhere on the page, and where they are left to the browser. */
import type { ActionOf, PlainActionName } from '../state/action';
import type { ActionTable } from '../state/action-table';

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export interface Shortcut {
  readonly action: ActionOf<PlainActionName>;
  readonly label: string;
  readonly keys: readonly string[];
}

/** The actions that have keys, in the table's order. */
export function shortcutsOf(actions: ActionTable): Shortcut[] {
  return Object.entries(actions).flatMap(([name, { label = name, keys }]) => {
    // Only a plain action may have keys: its type says so.
    const action = { type: name } as ActionOf<PlainActionName>;
    return keys === undefined ? [] : [{ action, label, keys }];
  });
}

/** The action that the pressed keys do; null where they do none. */
export function actionOfKeys(
  event: Pressed,
  shortcuts: readonly Shortcut[],
): ActionOf<PlainActionName> | null {
  const pressed = ({ keys }: Shortcut): boolean => keys.some((each) => matchesKeys(each, event));
  return shortcuts.find(pressed)?.action ?? null;
}

/**
 * Whether such keys are pressed: one key, before it `Ctrl+`, or `Mod+` for either Ctrl or Cmd, and
 * `Shift+`. Whether a sign such as `?` needs Shift is the keyboard's business.
 */
function matchesKeys(keys: string, event: Pressed): boolean {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const { ctrlKey, metaKey, shiftKey, altKey } = event;
  const held = parts.includes('Mod')
    ? ctrlKey !== metaKey
    : !metaKey && ctrlKey === parts.includes('Ctrl');
  const isLetter = /^[A-Z]$/.test(key);
  const shifted = !isLetter || shiftKey === parts.includes('Shift');
  return held && shifted && !altKey && event.key.toUpperCase() === key;
}

/** Inputs in which no text is typed. */
const WITHOUT_TEXT = new Set(['checkbox', 'radio', 'range', 'button', 'file', 'color', 'submit']);

/** Whether an element has a use of its own for what is typed in it. */
export function isTextField(element: unknown): boolean {
  if (element instanceof HTMLInputElement) return !WITHOUT_TEXT.has(element.type);
  return (
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}
