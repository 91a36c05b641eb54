import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { FitSummary } from '../../src/data/fit-errors';
import type { Reading } from '../../src/data/reading';
import { disclosure, fileLines, nativeField } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';

/** Rows drawn at most; the export of the data doctor has them all. */
const FITS_SHOWN = 1000;

/** How a file was read that is not SAFE-DB as it is published, and in which language. */
@customElement('wb-reading')
export class WbReading extends LitElement {
  static override styles = [
    disclosure,
    fileLines,
    nativeField,
    css`
      p {
        margin: 0 0 var(--wb-space-2);
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      label {
        display: grid;
        gap: 2px;
        margin-bottom: var(--wb-space-3);
        font-size: var(--wb-text-s);
      }

      ul:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      ul {
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) reading: Reading | null = null;
  @property({ attribute: false }) fit: FitSummary | null = null;

  override render(): unknown {
    if (this.reading === null) return null;
    return html`
      ${this.reading.notes.map((note) => html`<p>${note}</p>`)}
      ${this.fit === null ? null : this.#fits(this.fit)} ${this.#languages(this.reading)}
      ${this.#instruments(this.reading)}
    `;
  }

  /** How far each row is from its curve, the worst first. */
  #fits({ rows }: FitSummary): unknown {
    const title = 'How well each row is fitted';
    const more = rows.length - FITS_SHOWN;
    return html`<details>
      <summary>${title}</summary>
      <div class="inside">
        <ul class="lines" tabindex="0" aria-label=${title}>
          ${rows
            .slice(0, FITS_SHOWN)
            .map(
              ({ line, word, errorDb }) =>
                html`<li><b>Line ${line}:</b> “${word}”, ${errorDb.toFixed(2)} dB RMS</li>`,
            )}
        </ul>
        ${more > 0 ? html`<p>… and ${more.toLocaleString('en')} that are fitted better.</p>` : null}
      </div>
    </details>`;
  }

  #languages({ languages, choices }: Reading): unknown {
    if (languages.length < 2) return null;
    const all = languages.reduce((sum, { rows }) => sum + rows, 0);
    return html`<label>
      Words in
      <select @change=${this.#choose}>
        ${[...languages, { name: 'all', rows: all }].map(
          ({ name, rows }) =>
            html`<option value=${name} ?selected=${name === choices.language}>
              ${name === 'all' ? 'every language' : name} (${rows.toLocaleString('en')} rows)
            </option>`,
        )}
      </select>
    </label>`;
  }

  #instruments({ instruments = [], choices }: Reading): unknown {
    if (instruments.length === 0) return null;
    return html`<label>
      Rows of
      <select @change=${this.#chooseInstrument}>
        <option value="">every instrument</option>
        ${instruments.map(
          ({ name, rows }) =>
            html`<option value=${name} ?selected=${name === choices.instrument}>
              ${name} (${rows.toLocaleString('en')} rows)
            </option>`,
        )}
      </select>
    </label>`;
  }

  #chooseInstrument = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLSelectElement)) return;
    const { value } = currentTarget;
    const choices = value === '' ? {} : { instrument: value };
    this.dispatchEvent(new ActionEvent({ type: 'read-again', choices }));
  };

  #choose = ({ currentTarget }: Event): void => {
    if (!(currentTarget instanceof HTMLSelectElement)) return;
    const choices = { language: currentTarget.value };
    this.dispatchEvent(new ActionEvent({ type: 'read-again', choices }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-reading': WbReading;
  }
}
