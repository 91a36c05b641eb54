/** Drawers whose element and content are loaded when they are first opened. */
import { html, type LitElement } from 'lit';
import { ActionEvent } from '../state/action';
import type { Drawer } from '../state/view';
import { LazyPart, loading, whenLoaded } from './lazy-part';

/** The element of all drawers. */
export const DRAWER = new LazyPart('The drawer', () => import('./wb-drawer'));

export interface LazyDrawer {
  readonly drawer: Drawer;
  readonly label: string;
  /** Code of what stands in it. */
  readonly part: LazyPart<unknown>;
}

/**
 * The drawer, once it was opened: then it stays, and with it what was chosen in it.
 *
 * @param host   is drawn again when what it needs is loaded
 * @param opened the drawer that is open now, asked again when this one closes
 */
export function lazyDrawer(
  host: LitElement,
  { drawer, label, part }: LazyDrawer,
  opened: () => Drawer | null,
  content: () => unknown,
): unknown {
  const open = opened() === drawer;
  if (!open && part.module === null) return null;
  const closed = (): void => {
    // Unless it was another that was opened instead.
    if (opened() === drawer) {
      host.dispatchEvent(new ActionEvent({ type: 'open-drawer', drawer: null }));
    }
  };
  return whenLoaded(
    host,
    DRAWER,
    () =>
      html`<wb-drawer label=${label} data-drawer=${drawer} ?open=${open} @wb-close=${closed}>
        ${whenLoaded(host, part, content, loading('20rem'))}
      </wb-drawer>`,
  );
}
