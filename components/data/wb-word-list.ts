import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import '@awesome.me/webawesome/dist/components/number-input/number-input.js';
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { WordCount } from '../../src/data/rows';
import { controlValue } from '../kit/control-value';
import { DRAWN_AT_ONCE, LongList } from '../kit/long-list';
import { OwnTaskElement } from '../kit/own-task-element';
import { textButton } from '../kit/button-styles';
import { kitFields } from '../kit/kit-styles';
import { innerPanel, searchField, textInput } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';

/** Which words to train on: how often each occurs, and a tick box for it. */
@customElement('wb-word-list')
export class WbWordList extends OwnTaskElement {
  static override styles = [
    innerPanel,
    kitFields,
    textButton,
    textInput,
    searchField,
    css`
      .head {
        display: flex;
        align-items: end;
        justify-content: space-between;
        gap: var(--wb-space-2);
        margin: var(--wb-space-3) 0 var(--wb-space-2);
      }

      h3 {
        margin: 0;
      }

      wa-number-input {
        width: 6rem;
      }

      .list {
        max-height: 15.5rem;
        overflow: auto;
        border-block: 1px solid var(--wb-line);
      }

      td,
      th {
        padding-inline: 0 var(--wb-space-2);
      }

      thead th {
        position: sticky;
        top: 0;
        background: var(--wb-surface);
      }

      tbody tr:first-child td {
        border-top: 0;
      }

      .caution {
        display: block;
        padding: 0 0 var(--wb-space-1) 1.6rem;
        color: var(--wb-caution);
        font-size: var(--wb-text-xs);
        text-align: left;
      }

      wa-checkbox {
        overflow-wrap: anywhere;
        vertical-align: top;
      }
    `,
  ];

  @property({ attribute: false }) words: readonly WordCount[] = [];
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  @property({ attribute: false }) minimumRows = 5;
  /** Whether the file says who gave its rows; else nobody knows how many people there are. */
  @property({ attribute: false }) peopleKnown = true;
  /** What is looked for among many words. */
  @state() private query = '';

  readonly #long = new LongList(this);

  override render(): unknown {
    const offered = this.words.filter(({ rows }) => rows >= this.minimumRows);
    const many = offered.length > DRAWN_AT_ONCE;
    const query = this.query.trim().toLowerCase();
    const found = many ? offered.filter(({ word }) => word.toLowerCase().includes(query)) : offered;
    const rows = offered
      .filter(({ word }) => this.chosen.has(word))
      .reduce((sum, word) => sum + word.rows, 0);
    return html`
      <div class="head">
        <h3>Words to train on</h3>
        <wa-number-input
          size="s"
          label="Rows at least"
          without-steppers
          min="1"
          max="1000"
          .value=${String(this.minimumRows)}
          @change=${this.#setMinimum}
        ></wa-number-input>
      </div>
      ${many ? this.#search(found.length) : null}
      <div class="list" tabindex="0" role="region" aria-label="Words">
        <table>
          <thead>
            <tr>
              <th scope="col">Word</th>
              <th scope="col">Rows</th>
              <th scope="col">People</th>
            </tr>
          </thead>
          <tbody>
            ${repeat(
              this.#long.first(found),
              ({ word }) => word,
              (word) => this.#row(word),
            )}
          </tbody>
        </table>
        ${this.#long.more(found.length)}
      </div>
      <p class="quiet">
        ${this.chosen.size.toLocaleString('en')} words, ${rows.toLocaleString('en')} rows.
        <button
          class="text"
          type="button"
          @click=${() => {
            this.#choose(offered.map(({ word }) => word));
          }}
        >
          All
        </button>
        <button
          class="text"
          type="button"
          @click=${() => {
            this.#choose([]);
          }}
        >
          None
        </button>
      </p>
    `;
  }

  #search(found: number): unknown {
    return html`
      <label class="search">
        Find a word
        <input
          type="search"
          maxlength="200"
          .value=${this.query}
          @input=${({ target }: Event) => {
            if (target instanceof HTMLInputElement) this.query = target.value;
          }}
        />
        <span class="quiet" role="status">
          ${this.query.trim() === '' ? null : `${found.toLocaleString('en')} found`}
        </span>
      </label>
    `;
  }

  #row({ word, rows, contributors, caution }: WordCount): unknown {
    return html`
      <tr>
        <td>
          <wa-checkbox
            size="s"
            ?checked=${this.chosen.has(word)}
            .checked=${this.chosen.has(word)}
            @change=${() => {
              this.#toggle(word);
            }}
          >
            ${word}
          </wa-checkbox>
          ${caution === null ? null : html`<span class="caution">${caution}</span>`}
        </td>
        <td>${rows.toLocaleString('en')}</td>
        <td>${this.peopleKnown ? contributors.toLocaleString('en') : '–'}</td>
      </tr>
    `;
  }

  #toggle(word: string): void {
    const chosen = new Set(this.chosen);
    if (!chosen.delete(word)) chosen.add(word);
    this.#choose([...chosen]);
  }

  #choose(words: readonly string[]): void {
    this.dispatchEvent(new ActionEvent({ type: 'choose-words', words: new Set(words) }));
  }

  #setMinimum = (event: Event): void => {
    const rows = Number(controlValue(event));
    if (Number.isInteger(rows) && rows >= 1) {
      this.dispatchEvent(new ActionEvent({ type: 'set-minimum-rows', rows }));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-word-list': WbWordList;
  }
}
