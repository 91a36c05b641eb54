import '@awesome.me/webawesome/dist/components/callout/callout.js';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { iconStyles, icons } from '../kit/icons';
import { ActionEvent } from '../state/action';
import type { Notice } from '../state/page-state';

const VARIANT = {
  info: 'neutral',
  success: 'success',
  warning: 'warning',
  danger: 'danger',
} as const satisfies Record<Notice['kind'], string>;

/** What went well or wrong, newest last, each until it is dismissed. */
@customElement('wb-notices')
export class WbNotices extends LitElement {
  static override styles = [
    iconStyles,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-2);
        max-width: 1760px;
        margin: 0 auto;
        padding: 0 var(--wb-space-4);
      }

      wa-callout {
        margin-top: var(--wb-space-2);
      }

      .line {
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: var(--wb-space-3);
        overflow-wrap: anywhere;
      }

      button {
        flex: none;
        padding: var(--wb-space-1);
        border: 0;
        background: none;
        color: inherit;
        cursor: pointer;
      }

      button:focus-visible {
        outline: 2px solid currentColor;
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  override render(): unknown {
    return html`<div role="alert">
      ${repeat(
        this.notices,
        ({ id }) => id,
        ({ id, kind, text }) => html`
          <wa-callout size="s" variant=${VARIANT[kind]} appearance="filled-outlined">
            <div class="line">
              <span>${text}</span>
              <button
                type="button"
                aria-label="Dismiss this message"
                @click=${() => this.dispatchEvent(new ActionEvent({ type: 'dismiss', notice: id }))}
              >
                ${icons.close}
              </button>
            </div>
          </wa-callout>
        `,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-notices': WbNotices;
  }
}
