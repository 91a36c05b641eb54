import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Mixture } from '../../src/explore/mixture';
import type { WordCluster } from '../../src/model/model';
import type { Unheard } from '../../src/model/unheard';
import { textButton } from '../kit/button-styles';
import { LongList } from '../kit/long-list';
import { OwnTaskElement } from '../kit/own-task-element';
import { fadingEnd } from '../kit/scroll-styles';
import { chips, panel, visuallyHidden } from '../kit/shared-styles';
import { modelCode } from '../state/model-code';
import { ActionEvent } from '../state/action';
import type { ShownModel } from '../state/page-state';
import { colourNumbers, colourOf } from '../kit/word-colours';
import './wb-evidence';
import './wb-kind-choice';
import './wb-mixture';
import './wb-proposals';
import './wb-unheard';

interface KnownWord {
  readonly word: string;
  readonly rows: number;
  readonly colour: string;
  readonly schools: readonly WordCluster[];
}

/** Where there is room for all that belongs to a word. */
const WIDE = '(min-width: 62em)';

/** The model's words: one is picked, one of its kinds, or a mixture. */
@customElement('wb-word-panel')
export class WbWordPanel extends OwnTaskElement {
  static override styles = [
    panel,
    chips,
    fadingEnd,
    textButton,
    visuallyHidden,
    css`
      .chips circle {
        stroke: none;
      }

      .dot {
        flex: none;
        width: 9px;
        height: 9px;
      }

      :host {
        padding: var(--wb-space-3);
      }

      .chips {
        margin: 0;
      }

      details {
        display: var(--wb-word-parts, block);
        margin-top: var(--wb-space-2);
      }

      summary {
        width: fit-content;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
        cursor: pointer;
      }

      summary:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      .parts {
        display: grid;
        gap: var(--wb-space-2) var(--wb-space-5);
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 19rem), 1fr));
        align-items: start;
        margin-top: var(--wb-space-2);
      }

      p.quiet {
        margin: 0;
      }

      /* One row, to be pushed along. */
      @media (max-width: 47.99em) {
        :host {
          padding: var(--wb-space-2) var(--wb-space-3);
        }

        details {
          margin-top: var(--wb-space-1);
        }

        .words {
          flex-wrap: nowrap;
          margin: 0 calc(-1 * var(--wb-space-3));
          padding: 2px var(--wb-space-3);
          overflow-x: auto;
          scrollbar-width: none;
        }

        .words button {
          flex: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  /** The words that are picked; the first is looked at. */
  @property({ attribute: false }) mixture: Mixture | null = null;
  /** Whether the current EQ is none of a word, such as a place on the map. */
  @property({ type: Boolean }) elsewhere = false;
  readonly #long = new LongList(this);
  /** Worked out once a model, however often the panel is drawn. */
  #decoded: { readonly model: ShownModel; readonly unheard: Unheard | null } | null = null;

  override render(): unknown {
    const { model, mixture } = this;
    if (model === null) {
      return html`<p class="quiet">Once there is a model, its words stand here.</p>`;
    }
    const words = knownWords(model);
    const picked = mixture?.parts[0];
    const word = words.find((known) => known.word === picked?.word);
    if (mixture === null || picked === undefined || word === undefined) {
      return html`<p class="quiet">
        This file knows the words ${model.document.words.map((w) => w.word).join(', ')}, but not
        where they lie. Load the data set it was trained on, and its settings appear.
      </p>`;
    }
    return html`
      <h2 class="visually-hidden">Words</h2>
      <div class="words chips strip" role="group" aria-label="Words">
        ${this.#drawn(words, word).map((known) =>
          this.#chip(known, known === word && !this.elsewhere),
        )}
        ${this.#long.more(words.length)}
      </div>
      ${this.#unheard(model, word)}
      <details ?open=${matchMedia(WIDE).matches} @toggle=${this.#fold}>
        <summary>Kinds and blends of “${word.word}”</summary>
        <div class="parts">${this.#parts(model, mixture, words, word)}</div>
      </details>
    `;
  }

  protected override updated(): void {
    this.#fold();
  }

  /** Where it stands it is given room for what unfolds, and less while that is folded. */
  #fold = (): void => {
    this.toggleAttribute('folded', this.renderRoot.querySelector('details:not([open])') !== null);
  };

  /** The first words, and the picked one wherever it stands. */
  #drawn(words: readonly KnownWord[], picked: KnownWord): readonly KnownWord[] {
    const first = this.#long.first(words);
    return first.includes(picked) ? first : [...first, picked];
  }

  #parts(
    model: ShownModel,
    mixture: Mixture,
    words: readonly KnownWord[],
    word: KnownWord,
  ): unknown {
    return html`
      <div>
        <wb-evidence .document=${model.document} .words=${[word.word]}></wb-evidence>
        <wb-kind-choice
          .word=${word.word}
          .schools=${word.schools}
          .selected=${mixture.parts[0]?.cluster ?? null}
          ?elsewhere=${this.elsewhere}
        ></wb-kind-choice>
        <wb-proposals .model=${model} .word=${word.word}></wb-proposals>
      </div>
      <wb-mixture
        .words=${words.map((known) => ({
          word: known.word,
          schools: known.schools.map(({ name }) => name),
        }))}
        .document=${model.document}
        .mixture=${mixture}
        ?elsewhere=${this.elsewhere}
      ></wb-mixture>
    `;
  }

  #unheard(model: ShownModel, { word }: KnownWord): unknown {
    if (this.#decoded?.model !== model) {
      this.#decoded = { model, unheard: modelCode().unheardFrequencies(model) };
    }
    const { unheard } = this.#decoded;
    if (unheard === null) return null;
    return html`<wb-unheard
      .unheard=${unheard}
      .word=${word}
      .heads=${model.document.spec.output === 'heads'}
    ></wb-unheard>`;
  }

  #chip({ word, colour }: KnownWord, pressed: boolean): unknown {
    return html`<button
      type="button"
      data-word=${word}
      aria-pressed=${pressed ? 'true' : 'false'}
      @click=${() => this.dispatchEvent(new ActionEvent({ type: 'select-word', word }))}
    >
      <svg class="dot" viewBox="0 0 2 2" aria-hidden="true">
        <circle cx="1" cy="1" r="1" fill=${colour}></circle></svg
      >${word}
    </button>`;
  }
}

/** The words that have a place in the latent, those with most rows first. */
function knownWords({ document }: ShownModel): KnownWord[] {
  const numbers = colourNumbers(document.words);
  return document.words
    .flatMap(({ word, rows, centroid, schools }, i) =>
      centroid === null ? [] : [{ word, rows, colour: colourOf(numbers[i] ?? 0), schools }],
    )
    .sort((a, b) => b.rows - a.rows);
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-word-panel': WbWordPanel;
  }
}
