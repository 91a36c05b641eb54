import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { checkedMapping, type GuessedMapping } from '../../src/data/column-mapping';
import { InputError } from '../../src/base/input-error';
import { BANDS, EQ_BANDS, parameterOf, type ParameterKind } from '../../src/eq/parameters';
import { DialogElement } from '../kit/dialog-element';
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
  static override styles = css`
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
      box-sizing: border-box;
      width: 100%;
      min-height: 2rem;
      border: 1px solid var(--wb-line-strong);
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface);
      color: var(--wb-ink);
      font: var(--wb-text-s) / 1.4 var(--wb-font);
    }

    select:focus-visible {
      outline: 2px solid var(--wb-bright);
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
  `;

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

  #content({ names }: ForeignColumns, mapping: GuessedMapping): unknown {
    const problem = problemOf(mapping, names.length);
    return html`
      <p>
        The file names other columns than SAFE-DB’s. What could be guessed by the names is chosen; a
        band without a gain is flat, and a frequency or Q that is left out is the plug-in’s.
      </p>
      <div class="whole">
        ${this.#choice('Word', 'choose one', names, mapping.word, (word) => ({ ...mapping, word }))}
        ${this.#choice(
          'Contributor',
          'each row its own',
          names,
          mapping.contributor,
          (contributor) => ({
            ...mapping,
            contributor,
          }),
        )}
      </div>
      ${
        mapping.contributor === null
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
                    const label = `${EQ_BANDS[band].name}: ${title}`;
                    return html`<td>
                      ${at === null ? null : this.#parameter(label, names, mapping, at)}
                    </td>`;
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
          ?disabled=${problem !== ''}
          @click=${() => {
            this.#read(mapping, names.length);
          }}
        >
          Read the file
        </wa-button>
        <wa-button appearance="plain" @click=${this.#close}>Cancel</wa-button>
      </div>
    `;
  }

  #choice(
    label: string,
    none: string,
    names: readonly string[],
    chosen: number | null,
    change: (column: number | null) => GuessedMapping,
  ): unknown {
    return html`<label>${label} ${this.#select(label, none, names, chosen, change)} </label>`;
  }

  #parameter(
    label: string,
    names: readonly string[],
    mapping: GuessedMapping,
    at: number,
  ): unknown {
    const change = (column: number | null): GuessedMapping => ({
      ...mapping,
      parameters: mapping.parameters.with(at, column),
    });
    return this.#select(label, '–', names, mapping.parameters[at] ?? null, change);
  }

  #select(
    label: string,
    none: string,
    names: readonly string[],
    chosen: number | null,
    change: (column: number | null) => GuessedMapping,
  ): unknown {
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

  #read(guess: GuessedMapping, columns: number): void {
    const mapping = checkedMapping(guess, columns);
    this.dispatchEvent(new ActionEvent({ type: 'read-again', choices: { mapping } }));
  }

  #close = (): void => {
    this.chosen = null;
    if (this.columns !== null) this.dispatchEvent(new ActionEvent({ type: 'close-columns' }));
  };
}

/** Why the file cannot be read so; empty where it can. */
function problemOf(mapping: GuessedMapping, columns: number): string {
  try {
    checkedMapping(mapping, columns);
    return '';
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-columns': WbColumns;
  }
}
