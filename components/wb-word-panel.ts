import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { unheardFrequencies, type Unheard } from '../src/model/unheard';
import { blend, decodeSetting } from '../src/model/word-settings';
import { OwnTaskElement } from './own-task-element';
import { panel } from './shared-styles';
import { ActionEvent } from './state/action';
import type { ShownModel } from './state/page-state';
import './wb-bands';
import './wb-blend';
import { NO_BLEND, type Blend, type BlendEvent } from './wb-blend';
import './wb-response';
import './wb-unheard';
import type { ResponseCurve } from './wb-response';
import { colourNumbers, colourOf } from './word-colours';

interface KnownWord {
  readonly word: string;
  readonly rows: number;
  readonly centroid: readonly number[];
  readonly colour: string;
}

/** Step 4: what a word does, in a curve and five bands, and what lies between two words. */
@customElement('wb-word-panel')
export class WbWordPanel extends OwnTaskElement {
  static override styles = [
    panel,
    css`
      .words {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-1);
        margin-bottom: var(--wb-space-3);
      }

      .words button {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        max-width: 100%;
        padding: 3px 9px;
        border: 1px solid var(--wb-line);
        border-radius: 99px;
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        font-size: var(--wb-text-s);
        overflow-wrap: anywhere;
        cursor: pointer;
      }

      .words button[aria-pressed='true'] {
        border-color: var(--wb-ink);
        background: var(--wb-ink);
        color: var(--wb-paper);
      }

      .words button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 1px;
      }

      .words circle {
        stroke: none;
      }

      .dot {
        flex: none;
        width: 9px;
        height: 9px;
      }

      wb-response {
        margin-bottom: var(--wb-space-2);
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) selected: string | null = null;
  @state() private blend: Blend = NO_BLEND;
  /** Worked out once a model, however often the panel is drawn. */
  #decoded: { readonly model: ShownModel; readonly unheard: Unheard | null } | null = null;

  override render(): unknown {
    return html`
      <h2><span class="place">4</span>What a word does</h2>
      ${this.#content()}
    `;
  }

  #content(): unknown {
    const { model } = this;
    if (model === null) {
      return html`<p class="quiet">
        Once there is a model, every word becomes five bands of equaliser here.
      </p>`;
    }
    const words = knownWords(model);
    const word = words.find((known) => known.word === this.selected) ?? words[0];
    if (word === undefined) {
      return html`<p class="quiet">
        This file knows the words ${model.document.words.map((w) => w.word).join(', ')}, but not
        where they lie. Load the data set it was trained on, and its settings appear.
      </p>`;
    }
    const other = words.find((known) => known.word === this.blend.other && known !== word);
    const curves = this.#curves(model, word, other);
    const { setting, name } = curves.at(-1) ?? { setting: [], name: word.word };
    return html`
      <div class="words" role="group" aria-label="Words">
        ${words.map((known) => this.#chip(known, known === word))}
      </div>
      ${this.#unheard(model, word)}
      <wb-response .curves=${curves}></wb-response>
      <wb-bands .setting=${setting} .name=${name}></wb-bands>
      ${
        words.length > 1
          ? html`<wb-blend
              .words=${words.map((known) => known.word)}
              .selected=${word.word}
              .blend=${other === undefined ? { ...this.blend, other: null } : this.blend}
              @blend=${this.#takeBlend}
            ></wb-blend>`
          : null
      }
    `;
  }

  #unheard(model: ShownModel, { word }: KnownWord): unknown {
    if (this.#decoded?.model !== model) {
      this.#decoded = { model, unheard: unheardFrequencies(model) };
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

  /** Of the word and the other, if any, and last of what they make together. */
  #curves(model: ShownModel, word: KnownWord, other: KnownWord | undefined): ResponseCurve[] {
    const end = ({ word: name, centroid, colour }: KnownWord): ResponseCurve => ({
      name,
      setting: decodeSetting(model, centroid),
      colour,
      emphasis: false,
    });
    const first = end(word);
    if (other === undefined) return [{ ...first, emphasis: true }];
    const second = end(other);
    const { share, space } = this.blend;
    const setting =
      space === 'latent'
        ? decodeSetting(model, blend(word.centroid, other.centroid, share))
        : blend(first.setting, second.setting, share);
    const percent = Math.round(100 * share);
    const name = `${String(100 - percent)} % ${word.word}, ${String(percent)} % ${other.word}`;
    return [first, second, { name, setting, colour: 'var(--wb-ink)', emphasis: true }];
  }

  #takeBlend = ({ blend }: BlendEvent): void => {
    this.blend = blend;
  };
}

/** The words that have a place in the latent, those with most rows first. */
function knownWords({ document }: ShownModel): KnownWord[] {
  const numbers = colourNumbers(document.words);
  return document.words
    .flatMap(({ word, rows, centroid }, i) =>
      centroid === null ? [] : [{ word, rows, centroid, colour: colourOf(numbers[i] ?? 0) }],
    )
    .sort((a, b) => b.rows - a.rows);
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-word-panel': WbWordPanel;
  }
}
