import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ListeningTest } from '../../src/listening/listening-test';
import { judgingP, pText, titleOf } from '../../src/listening/words';
import type { KeptTests } from '../../src/storage/kept-tests';
import { BlindEvent } from './blind-event';
import { textButton } from '../kit/button-styles';
import { keptList } from '../kit/shared-styles';
import { dateText } from './wb-blind-result';

/** The blind tests kept in this browser: show, delete, export. */
@customElement('wb-blind-list')
export class WbBlindList extends LitElement {
  static override styles = [
    textButton,
    keptList,
    css`
      :host {
        display: block;
      }

      ul {
        max-height: 15rem;
        margin-top: var(--wb-space-3);
      }

      .quiet {
        margin: 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }
    `,
  ];

  @property({ attribute: false }) kept: KeptTests = { tests: [], unreadable: 0 };
  /** The test that may be deleted. */
  @state() private question: ListeningTest | null = null;

  override render(): unknown {
    const { tests, unreadable } = this.kept;
    return html`
      ${
        tests.length === 0
          ? null
          : html`
              <ul aria-label="Kept blind tests">
                ${repeat(
                  tests,
                  ({ id }) => id,
                  (test) => this.#item(test),
                )}
              </ul>
              <div class="do">
                ${(['json', 'csv'] as const).map((as) =>
                  this.#button(`Export all, ${as.toUpperCase()}`, `export-${as}`, () => {
                    this.dispatchEvent(new BlindEvent({ type: 'export', tests, as }));
                  }),
                )}
              </div>
            `
      }
      ${unreadable === 0 ? null : html`<p class="quiet">${unreadableText(unreadable)}</p>`}
      ${this.#dialog()}
    `;
  }

  #item(test: ListeningTest): unknown {
    return html`
      <li data-test=${test.id}>
        <div class="name">${titleOf(test)}</div>
        <p class="quiet">${dateText(test)}: ${resultText(test)}</p>
        <div class="do">
          ${this.#button('Show', 'show', () => {
            this.dispatchEvent(new BlindEvent({ type: 'show', test }));
          })}
          ${this.#button('Delete', 'delete', () => {
            this.question = test;
          })}
        </div>
      </li>
    `;
  }

  #button(label: string, action: string, act: () => void): unknown {
    return html`<button class="text" type="button" data-do=${action} @click=${act}>
      ${label}
    </button>`;
  }

  #dialog(): unknown {
    const { question } = this;
    return html`
      <wa-dialog
        label="Delete this result?"
        ?open=${question !== null}
        @wa-after-hide=${this.#close}
      >
        <p>
          ${question === null ? '' : titleOf(question)}: the result goes from this browser, and this
          cannot be undone. Results that are left out because they disappoint make those that stay
          look better than they are.
        </p>
        <wa-button slot="footer" appearance="outlined" @click=${this.#close}>Cancel</wa-button>
        <wa-button slot="footer" variant="danger" data-action="confirm" @click=${this.#confirm}>
          Delete
        </wa-button>
      </wa-dialog>
    `;
  }

  #close = (): void => {
    this.question = null;
  };

  #confirm = (): void => {
    if (this.question === null) return;
    this.dispatchEvent(new BlindEvent({ type: 'delete', id: this.question.id }));
    this.question = null;
  };
}

function resultText({ trials, planned, outcome }: ListeningTest): string {
  return outcome === null
    ? `unfinished, ${String(trials.length)} of ${String(planned)} trials`
    : `${String(outcome.correct)} of ${String(planned)} right, p ${equals(pText(judgingP(outcome)))}`;
}

function equals(text: string): string {
  return /^\d/.test(text) ? `= ${text}` : text;
}

function unreadableText(count: number): string {
  const which = count === 1 ? 'One kept result' : `${String(count)} kept results`;
  return `${which} cannot be read by this version of the page, and ${count === 1 ? 'is' : 'are'} left as found.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-blind-list': WbBlindList;
  }
}
