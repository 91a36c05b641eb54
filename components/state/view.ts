/** Which of the page's views is looked at; its address names it. */

/** In the order of their tabs. */
export const VIEWS = ['explore', 'train', 'compare'] as const;
export type View = (typeof VIEWS)[number];

/** What lies beside a view until it is called for. */
export type Drawer = 'model' | 'bands' | 'sound' | 'presets' | 'blind-test';

/** Whether a fragment of the address is meant to be a link to a setting: see src/share/eq-link.ts. */
export function isEqLink(fragment: string): boolean {
  return fragment.startsWith('warmbright-eq');
}

/** Whether it is meant to be a short link to a shared model: see src/share/short-link.ts. */
export function isShortLink(fragment: string): boolean {
  return fragment.startsWith('s=');
}

/** The view that a fragment of the address names; null where it names none. */
export function viewOf(fragment: string): View | null {
  return VIEWS.find((view) => view === fragment) ?? null;
}

/** A view, and the drawer that lies open beside it. */
interface Looking {
  readonly view: View;
  readonly drawer: Drawer | null;
}

/** Looks at a view: what lies beside another one closes, and the model's drawer lies beside all. */
export function lookAt(view: View, before: Looking): Looking {
  const stays = view === before.view || before.drawer === 'model';
  return { view, drawer: stays ? before.drawer : null };
}
