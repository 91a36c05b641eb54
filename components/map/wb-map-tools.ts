import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ModelDocument } from '../../src/model/model';
import { controlValue } from '../kit/control-value';
import { OwnTaskElement } from '../kit/own-task-element';
import { fadingEnd } from '../kit/scroll-styles';
import { chips, textInput } from '../kit/shared-styles';
import { colourNumbers, colourOf } from '../kit/word-colours';
import { FindEvent, NearestEvent } from './map-events';
import { MarksEvent, type MapMarks } from './map-marks';
import { wordFound } from './word-search';
import { dotStyles, wordDot } from './word-dot';

/** So many words have a place in the legend; the others are found by searching. */
const MOST_WORDS = 40;
/** Points that are picked around the ring unless somebody says otherwise. */
const NEAREST = 50;

/** Below the map: its legend, with how many points are in view, and what picks some of them out. */
@customElement('wb-map-tools')
export class WbMapTools extends OwnTaskElement {
  static override styles = [
    chips,
    fadingEnd,
    textInput,
    dotStyles,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-1);
        grid-template-columns: minmax(0, 1fr);
        font-size: var(--wb-text-s);
      }

      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-1) var(--wb-space-2);
        align-items: center;
      }

      .legend {
        flex: 1 1 12rem;
        flex-wrap: nowrap;
        min-width: 0;
        margin: 0;
        /* Room for the ring of the focus, which would be cut off. */
        padding: 2px;
        overflow: auto hidden;
        scrollbar-width: thin;
      }

      .legend button {
        flex: none;
        padding-block: 1px;
        font-variant-numeric: tabular-nums;
      }

      .count {
        opacity: 0.75;
      }

      .tools {
        flex: none;
        flex-wrap: nowrap;
        margin: 0;
      }

      input {
        height: 1.75rem;
      }

      input[type='search'] {
        width: 7.5rem;
      }

      input[type='number'] {
        width: 4.5rem;
      }

      input:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 1px;
      }

      p {
        margin: 0;
        color: var(--wb-ink-quiet);
      }
    `,
  ];

  @property({ attribute: false }) document: ModelDocument | null = null;
  @property({ attribute: false }) marks!: MapMarks;
  /** How many points of each word are in view, [words]; empty before that is known. */
  @property({ attribute: false }) counts: readonly number[] = [];
  /** Whether the ring is somewhere on the map. */
  @property({ type: Boolean }) ringed = false;
  /** Whether the map has no points, as links bring it: there is nothing to draw around. */
  @property({ type: Boolean }) rowless = false;
  /** What was searched for in vain. */
  @state() private unknown: string | null = null;

  override focus(): void {
    this.renderRoot.querySelector('button')?.focus();
  }

  override render(): unknown {
    const { document, marks, unknown } = this;
    if (document === null) return null;
    return html`
      <div class="row">
        <div
          class="legend chips strip"
          role="group"
          aria-label="Words on the map, with points in view"
        >
          ${this.#legend(document)}
        </div>
        <div class="tools chips" role="group" aria-label="Picking points out">
          <input
            type="search"
            list="words"
            aria-label="Search a word on the map"
            placeholder="Search"
            @change=${this.#search}
          />
          <datalist id="words">
            ${document.words.map(({ word }) => html`<option value=${word}></option>`)}
          </datalist>
          ${this.rowless ? null : this.#onPoints()}
        </div>
      </div>
      ${unknown === null ? null : html`<p role="status">No word on this map is like “${unknown}”.</p>`}
      ${marks.lasso ? this.#lasso() : null}
    `;
  }

  /** Those with most points in view come first, so that what is looked at is named. */
  #legend({ words }: ModelDocument): unknown {
    const numbers = colourNumbers(words);
    const { counts, marks } = this;
    return words
      .map(({ word, rows }, i) => ({ word, rows, i }))
      .sort((a, b) => b.rows - a.rows)
      .filter(({ word }, place) => place < MOST_WORDS || marks.lit.has(word))
      .map(
        ({ word, i }) =>
          html`<button
            type="button"
            data-word=${word}
            aria-pressed=${marks.lit.has(word) ? 'true' : 'false'}
            title=${marks.lit.has(word) ? `Light “${word}” no more` : `Light “${word}”, and grey the others`}
            @click=${() => {
              this.#light(word);
            }}
          >
            ${wordDot(colourOf(numbers[i] ?? 0))}${word}
            <span class="count">${counts[i]?.toLocaleString('en')}</span>
          </button>`,
      );
  }

  #onPoints(): unknown {
    return html`
      ${this.#toggle('lasso', 'Lasso', 'Draw around points: what do they have in common?')}
      ${this.#toggle('contours', 'Contours', 'Draw lines around a half and four fifths of each word’s points')}
    `;
  }

  #toggle(key: 'lasso' | 'contours', label: string, title: string): unknown {
    const on = this.marks[key];
    return html`<button
      type="button"
      data-tool=${key}
      aria-pressed=${on ? 'true' : 'false'}
      title=${title}
      @click=${() => {
        this.#mark({ [key]: !on });
      }}
    >
      ${label}
    </button>`;
  }

  /** What stands in a lasso's place for those who draw none. */
  #lasso(): unknown {
    return html`<form class="row chips" @submit=${this.#pickNearest}>
      <p>Draw around points${this.ringed ? ', or pick those nearest to the ring:' : '.'}</p>
      ${
        this.ringed
          ? html`<input
                type="number"
                name="count"
                min="1"
                max="100000"
                required
                aria-label="How many points"
                value=${NEAREST}
              /><button type="submit">Pick the nearest</button>`
          : null
      }
    </form>`;
  }

  #light(word: string): void {
    const lit = new Set(this.marks.lit);
    if (!lit.delete(word)) lit.add(word);
    this.#mark({ lit });
  }

  #search = (event: Event): void => {
    const typed = String(controlValue(event)).trim();
    const word = wordFound(typed, this.document?.words ?? []);
    this.unknown = word === null && typed !== '' ? typed : null;
    if (word === null) {
      if (typed === '') this.#mark({ lit: new Set() });
      return;
    }
    this.#mark({ lit: new Set([word]) });
    this.dispatchEvent(new FindEvent(word));
  };

  #pickNearest = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const count = Number(new FormData(event.currentTarget).get('count'));
    this.dispatchEvent(new NearestEvent(count));
  };

  #mark(change: Partial<MapMarks>): void {
    this.dispatchEvent(new MarksEvent({ ...this.marks, ...change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-map-tools': WbMapTools;
  }
}
