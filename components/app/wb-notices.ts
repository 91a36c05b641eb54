import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { iconStyles, icons } from '../kit/icons';
import { ActionEvent } from '../state/action';
import type { Notice } from '../state/page-state';

/** How long one that went well stands: long enough to be read twice. */
const PASSING_MS = 10_000;

/** What went well or wrong, newest last; what went wrong stays until it is dismissed. */
@customElement('wb-notices')
export class WbNotices extends LitElement {
  static override styles = [
    iconStyles,
    css`
      /* Over the views, which keep their places. */
      :host {
        position: fixed;
        top: calc(var(--wb-header) + var(--wb-space-2));
        right: var(--wb-space-3);
        z-index: 3;
        width: min(34rem, calc(100vw - 2 * var(--wb-space-3)));
      }

      .line {
        margin-bottom: var(--wb-space-2);
        padding: var(--wb-space-2) var(--wb-space-3);
        border: 1px solid var(--wb-line-strong);
        border-left: 5px solid var(--wb-ink-quiet);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface);
        box-shadow: 0 4px 20px rgb(0 0 0 / 18%);
        font-size: var(--wb-text-s);
        display: flex;
        align-items: start;
        justify-content: space-between;
        gap: var(--wb-space-3);
        overflow-wrap: anywhere;
      }

      .success {
        border-left-color: var(--wb-word-11);
      }

      .warning {
        border-left-color: var(--wb-caution);
      }

      .danger {
        border-left-color: var(--wb-danger);
      }

      button {
        flex: none;
        padding: var(--wb-space-1);
        border: 0;
        background: none;
        color: inherit;
        cursor: pointer;
      }

      .offer {
        margin-left: auto;
        color: var(--wb-bright);
        font: 600 var(--wb-text-s) / 1.4 var(--wb-font);
        text-decoration: underline;
      }

      button:focus-visible {
        outline: 2px solid currentColor;
      }
    `,
  ];

  @property({ attribute: false }) notices: readonly Notice[] = [];

  /** Ids of those that go by themselves. */
  readonly #passing = new Set<number>();

  protected override updated(): void {
    for (const { id, kind } of this.notices) {
      if (kind !== 'success' || this.#passing.has(id)) continue;
      this.#passing.add(id);
      setTimeout(() => {
        this.dispatchEvent(new ActionEvent({ type: 'dismiss', notice: id }));
      }, PASSING_MS);
    }
  }

  override render(): unknown {
    return html`<div role="alert">
      ${repeat(
        this.notices,
        ({ id }) => id,
        ({ id, kind, text, offer }) => html`
          <div class=${`line ${kind}`}>
            <span>${text}</span>
            ${
              offer === undefined
                ? null
                : html`<button type="button" class="offer" @click=${offer.take}>
                    ${offer.label}
                  </button>`
            }
            <button
              type="button"
              aria-label="Dismiss this message"
              @click=${() => this.dispatchEvent(new ActionEvent({ type: 'dismiss', notice: id }))}
            >
              ${icons.close}
            </button>
          </div>
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
