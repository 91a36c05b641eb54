import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { checkedMapping, type GuessedMapping } from '../../src/data/column-mapping';
import type { ColumnMapping } from '../../src/data/column-mapping-schema';
import { InputError } from '../../src/base/input-error';
import { BANDS, EQ_BANDS, parameterOf, type ParameterKind } from '../../src/eq/parameters';
import { kitDialog } from '../kit/kit-styles';
import { DialogElement } from '../kit/dialog-element';
import { nativeField } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { ForeignColumns } from '../state/page-state';

const KINDS: readonly (readonly [ParameterKind, string])[] = [
  ['gain', 'Gain, dB'],
  ['frequency', 'Frequency, Hz'],
  ['q', 'Q'],
];

/** Which column of a file is what, where its header names others than SAFE-DB's. */
@customElement('wb-columns')
export class WbColumns extends DialogElement {
  static override styles = [
    kitDialog,
    nativeField,
    css`
      wa-dialog {
        --width: 44rem;
      }

      p {
        margin: 0 0 var(--wb-space-3);
      }

      .whole {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
        gap: var(--wb-space-3);
      }

      label {
        display: grid;
        gap: 2px;
        font-size: var(--wb-text-s);
      }

      select {
        width: 100%;
      }

      .table {
        overflow-x: auto;
        margin: var(--wb-space-4) 0;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--wb-text-s);
      }

      th {
        padding: var(--wb-space-1) var(--wb-space-2) var(--wb-space-1) 0;
        text-align: start;
        font-weight: 600;
        white-space: nowrap;
      }

      td {
        min-width: 8rem;
        padding: 2px var(--wb-space-2) 2px 0;
      }

      .quiet {
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      .problem {
        min-height: 1.5em;
        color: var(--wb-danger);
      }

      .buttons {
        display: flex;
        gap: var(--wb-space-2);
      }
    `,
  ];

  /** Name of the file. */
  @property({ attribute: false }) name = '';
  @property({ attribute: false }) columns: ForeignColumns | null = null;
  @state() private chosen: GuessedMapping | null = null;

  override render(): unknown {
    const { columns } = this;
    return html`
      <wa-dialog
        label=${`Which columns of ${this.name} are what?`}
        ?open=${columns !== null && this.drawn}
        @wa-after-hide=${this.#close}
      >
        ${columns === null ? null : this.#content(columns, this.chosen ?? columns.guess)}
      </wa-dialog>
    `;
  }

  #content({ names }: ForeignColumns, guess: GuessedMapping): unknown {
    const { mapping, problem } = checkedOr(guess, names.length);
    return html`
      <p>
        The file names other columns than SAFE-DB’s. What could be guessed by the names is chosen; a
        band without a gain is flat, and a frequency or Q that is left out is the plug-in’s.
      </p>
      <div class="whole">
        <label>
          Word
          ${this.#menu(names, {
            label: 'Word',
            none: 'choose one',
            chosen: guess.word,
            change: (word) => ({ ...guess, word }),
          })}
        </label>
        <label>
          Contributor
          ${this.#menu(names, {
            label: 'Contributor',
            none: 'each row its own',
            chosen: guess.contributor,
            change: (contributor) => ({ ...guess, contributor }),
          })}
        </label>
      </div>
      ${
        guess.contributor === null
          ? html`<p class="quiet">
              With each row its own contributor, nothing can be held out by person, and figures on
              held-out rows may flatter.
            </p>`
          : null
      }
      <div class="table">
        <table>
          <thead>
            <tr>
              <th scope="col">Band</th>
              ${KINDS.map(([, title]) => html`<th scope="col">${title}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${BANDS.map(
              (band) =>
                html`<tr>
                  <th scope="row">${EQ_BANDS[band].name}</th>
                  ${KINDS.map(([kind, title]) => {
                    const at = parameterOf(band, kind);
                    if (at === null) return html`<td></td>`;
                    const menu = this.#menu(names, {
                      label: `${EQ_BANDS[band].name}: ${title}`,
                      none: '–',
                      chosen: guess.parameters[at] ?? null,
                      change: (column) => ({
                        ...guess,
                        parameters: guess.parameters.with(at, column),
                      }),
                    });
                    return html`<td>${menu}</td>`;
                  })}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <p class="problem" role="status">${problem}</p>
      <div class="buttons">
        <wa-button
          variant="brand"
          data-action="read-columns"
          ?disabled=${mapping === null}
          @click=${() => {
            if (mapping === null) return;
            this.dispatchEvent(new ActionEvent({ type: 'read-again', choices: { mapping } }));
          }}
        >
          Read the file
        </wa-button>
        <wa-button appearance="plain" @click=${this.#close}>Cancel</wa-button>
      </div>
    `;
  }

  #menu(names: readonly string[], { label, none, chosen, change }: Menu): unknown {
    return html`<select
      aria-label=${label}
      @change=${({ currentTarget }: Event) => {
        if (!(currentTarget instanceof HTMLSelectElement)) return;
        const { value } = currentTarget;
        this.chosen = change(value === '' ? null : Number(value));
      }}
    >
      <option value="" ?selected=${chosen === null}>${none}</option>
      ${names.map(
        (name, at) =>
          html`<option value=${at} ?selected=${at === chosen}>
            ${name === '' ? `column ${String(at + 1)}` : name}
          </option>`,
      )}
    </select>`;
  }

  #close = (): void => {
    this.chosen = null;
    if (this.columns !== null) this.dispatchEvent(new ActionEvent({ type: 'close-columns' }));
  };
}

/** A menu of the columns. */
interface Menu {
  readonly label: string;
  /** What stands for no column. */
  readonly none: string;
  readonly chosen: number | null;
  readonly change: (column: number | null) => GuessedMapping;
}

/** A mapping that the file can be read by, or why it cannot be read so. */
function checkedOr(
  guess: GuessedMapping,
  columns: number,
): { readonly mapping: ColumnMapping | null; readonly problem: string } {
  try {
    return { mapping: checkedMapping(guess, columns), problem: '' };
  } catch (error) {
    if (error instanceof InputError) return { mapping: null, problem: error.message };
    throw error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-columns': WbColumns;
  }
}
