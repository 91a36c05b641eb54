import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { AUDITION_KEYS, LOOP_KEYS } from '../audition/audition-keys';
import { BLIND_KEYS } from '../blind-test/blind-keys';
import { BAND_KEYS } from '../equaliser/band-keys';
import type { KeyHelp } from '../kit/key-help';
import { MAP_KEYS } from '../map/map-keys';
import { DialogElement } from '../kit/dialog-element';
import { ActionEvent } from '../state/action';
import { ACTIONS } from './actions';
import { pageActions } from './page-actions';
import { shortcutsOf } from './shortcuts';

const EVERYWHERE: KeyHelp = {
  where: 'Anywhere, except where text is typed',
  keys: shortcutsOf(ACTIONS).map(({ keys, label }) => ({ keys, does: label })),
};

const HELP: readonly KeyHelp[] = [
  EVERYWHERE,
  MAP_KEYS,
  BAND_KEYS,
  AUDITION_KEYS,
  LOOP_KEYS,
  BLIND_KEYS,
];

/** The help on keys: those of the actions, and those of parts of the page that have the focus. */
@customElement('wb-shortcuts')
export class WbShortcuts extends DialogElement {
  static override styles = css`
    wa-dialog {
      --width: 30rem;
    }

    h3 {
      margin: var(--wb-space-4) 0 var(--wb-space-2);
      color: var(--wb-ink-quiet);
      font: 600 var(--wb-text-s) / 1.3 var(--wb-font);
    }

    h3:first-child {
      margin-top: 0;
    }

    dl {
      display: grid;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
      gap: var(--wb-space-1) var(--wb-space-3);
      margin: 0;
      font-size: var(--wb-text-s);
    }

    dd {
      margin: 0;
    }

    kbd {
      padding: 0 4px;
      border: 1px solid var(--wb-line-strong);
      border-radius: 3px;
      font: inherit;
      white-space: nowrap;
    }
  `;

  override render(): unknown {
    return html`
      <wa-dialog
        label=${pageActions['open-shortcuts'].label}
        ?open=${this.drawn}
        @wa-after-hide=${this.#close}
      >
        ${HELP.map(
          ({ where, keys }) => html`
            <h3>${where}</h3>
            <dl>
              ${keys.map(
                (each) => html`
                  <dt>${each.keys.map((key) => html`<kbd>${keyText(key)}</kbd> `)}</dt>
                  <dd>${each.does}</dd>
                `,
              )}
            </dl>
          `,
        )}
      </wa-dialog>
    `;
  }

  #close = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'close-shortcuts' }));
  };
}

/** As it stands on the keyboard at hand. */
function keyText(keys: string): string {
  const apple = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);
  return keys.replace('Mod+', apple ? '⌘+' : 'Ctrl+');
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-shortcuts': WbShortcuts;
  }
}
