import { thousands } from '../../src/base/number-text';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { dataActions } from '../data/data-actions';
import { controlValue } from '../kit/control-value';
import { plainButton } from '../kit/button-styles';
import { nativeField, panel, textInput } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { LoadedData } from '../state/page-state';

/** Gives the current EQ a word of one's own, as a row more of the data. */
@customElement('wb-own-word')
export class WbOwnWord extends LitElement {
  static override styles = [
    panel,
    nativeField,
    textInput,
    plainButton,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        align-items: end;
      }

      label {
        display: grid;
        flex: 1 1 10rem;
        gap: var(--wb-space-1);
        font-size: var(--wb-text-s);
      }

      input {
        width: 100%;
        min-height: 2.25rem;
      }

      input:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      p {
        margin: var(--wb-space-2) 0 0;
      }

      .do {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
      }
    `,
  ];

  @property({ attribute: false }) data: LoadedData | null = null;
  /** Whether a run uses the data just now. */
  @property({ type: Boolean }) busy = false;
  /** How often each word is in the data. */
  @property({ attribute: false }) counts: ReadonlyMap<string, number> = new Map();
  /** With how many rows a word is trained on. */
  @property({ attribute: false }) minimumRows = 1;
  @state() private typed = '';
  /** What was added last. */
  @state() private added: string | null = null;

  override render(): unknown {
    const { data, busy } = this;
    return html`
      <h2>Your word for it</h2>
      <form @submit=${this.#add}>
        <label>
          Word
          <input
            type="text"
            maxlength="200"
            placeholder="silky"
            .value=${this.typed}
            @input=${(event: Event) => {
              this.typed = String(controlValue(event));
            }}
          />
        </label>
        <button class="plain" ?disabled=${busy || this.typed.trim() === ''}>Add to the data</button>
      </form>
      <p class="quiet">
        ${
          busy
            ? 'Rows can be added when the run has ended.'
            : data === null
              ? 'No data are loaded: your rows begin a data set of their own.'
              : `Rows in ${data.name}: ${thousands(data.rows)}. All that you add counts as one person’s.`
        }
      </p>
      <p role="status">${this.#added()}</p>
      ${
        data === null
          ? null
          : html`<p class="do">
              <button
                type="button"
                class="plain"
                data-action="export-data"
                @click=${() => this.dispatchEvent(new ActionEvent({ type: 'export-data' }))}
              >
                Download the data (CSV)
              </button>
              ${
                data.takeBack === true
                  ? html`<button
                      type="button"
                      class="plain"
                      data-action="take-back-row"
                      ?disabled=${busy}
                      @click=${this.#takeBack}
                    >
                      ${dataActions['take-back-row'].label}
                    </button>`
                  : null
              }
            </p>`
      }
    `;
  }

  /** What became of the word that was added. */
  #added(): string | null {
    const { added, counts, minimumRows } = this;
    const rows = added === null ? undefined : counts.get(added.toLowerCase());
    if (added === null || rows === undefined) return null;
    const more = minimumRows - rows;
    return more > 0
      ? `“${added}” is in the data ${times(rows)} now. Words are trained on from ${String(minimumRows)} rows on; “Rows at least” in Train sets how many.`
      : `“${added}” is in the data ${times(rows)} now, and can be trained on: tick it in Train.`;
  }

  #takeBack = (): void => {
    this.added = null;
    this.dispatchEvent(new ActionEvent({ type: 'take-back-row' }));
  };

  #add = (event: Event): void => {
    event.preventDefault();
    const label = this.typed.trim();
    if (label === '') return;
    this.typed = '';
    this.added = label;
    this.dispatchEvent(new ActionEvent({ type: 'add-row', label }));
  };
}

function times(count: number): string {
  return count === 1 ? 'once' : `${thousands(count)} times`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-own-word': WbOwnWord;
  }
}
