/**
 * What makes an action: each stands with its feature, in a file named `…-actions.ts`, and all of
 * them together in `app/actions.ts`. Buttons, keys and the help on keys are drawn from them.
 */
import type { Command } from '../../workers/trainer/messages';
import type { ActionName, ActionOf, PlainActionName } from './action';
import type { Browser } from './browser';
import type { Notice, PageState } from './page-state';
import { lookAt, type View } from './view';

/** What an action may use. */
export interface ActionContext {
  /** As it is now. */
  readonly state: PageState;
  readonly update: (change: Partial<PageState>) => void;
  /** Tells the training worker; buffers in `transfer` are handed over instead of copied. */
  readonly send: (command: Command, transfer?: Transferable[]) => void;
  readonly notify: (kind: Notice['kind'], text: string) => void;
  /** Asks the worker for a link to the shown model; rejected where it refuses, or is asked again. */
  readonly requestLink: () => Promise<string>;
  readonly browser: Browser;
}

export interface ActionDefinition<Name extends ActionName> {
  /** What its button and the help on keys call it. */
  readonly label?: string;
  /** What does it from anywhere on the page, such as `Mod+Shift+Z`: see app/shortcuts.ts. */
  readonly keys?: Name extends PlainActionName ? readonly string[] : never;
  /** Whether it can be done now: its button is pale otherwise, and its keys do nothing. */
  readonly enabled: (state: PageState) => boolean;
  readonly perform: (context: ActionContext, action: ActionOf<Name>) => void | Promise<void>;
}

export type ActionTable = { readonly [Name in ActionName]: ActionDefinition<Name> };

/** Looks at a view; its address is one to come back to. */
export function goTo({ state, update, browser }: ActionContext, view: View): void {
  // What went well is said where it was done.
  const notices = state.notices.filter(({ kind }) => kind === 'danger' || kind === 'warning');
  update({ ...lookAt(view, state), ...(view !== state.view && { notices }) });
  browser.setFragment(view);
}

/** Of actions that can always be done. */
export const always = (): boolean => true;
