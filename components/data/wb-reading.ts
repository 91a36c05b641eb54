import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Reading } from '../../src/data/reading';
import { ActionEvent } from '../state/action';

/** How a file was read that is not SAFE-DB as it is published, and in which language. */
@customElement('wb-reading')
export class WbReading extends LitElement {
  static override styles = css`
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

    select {
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
  `;

  @property({ attribute: false }) reading: Reading | null = null;

  override render(): unknown {
    if (this.reading === null) return null;
    return html`
      ${this.reading.notes.map((note) => html`<p>${note}</p>`)} ${this.#languages(this.reading)}
    `;
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
