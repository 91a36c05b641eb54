import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/slider/slider.js';
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EqSetting } from '../src/eq/parameters';
import { blend, decodeSetting } from '../src/model/word-settings';
import { controlValue } from './control-value';
import { OwnTaskElement } from './own-task-element';
import { panel } from './shared-styles';
import { ActionEvent } from './state/action';
import type { ShownModel } from './state/page-state';
import './wb-bands';
import './wb-response';
import type { ResponseCurve } from './wb-response';
import { colourNumbers, colourOf } from './word-colours';

type BlendSpace = 'latent' | 'parameters';

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

      .blend {
        display: grid;
        gap: var(--wb-space-2);
        margin-top: var(--wb-space-4);
        padding-top: var(--wb-space-3);
        border-top: 1px solid var(--wb-line);
      }

      .pair {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
        gap: var(--wb-space-2);
      }

      .ends {
        display: flex;
        justify-content: space-between;
        margin: 0;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) selected: string | null = null;
  @state() private other: string | null = null;
  /** 0: the selected word, 1: the other. */
  @state() private share = 0;
  @state() private space: BlendSpace = 'latent';

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
    const other = words.find((known) => known.word === this.other && known.word !== word.word);
    const setting = this.#setting(model, word, other);
    const name = other === undefined || this.share === 0 ? word.word : this.#blendName(word, other);
    return html`
      <div class="words" role="group" aria-label="Words">
        ${words.map((known) => this.#chip(known, known === word))}
      </div>
      <wb-response .curves=${this.#curves(model, word, other, setting)}></wb-response>
      <wb-bands .setting=${setting} .name=${name}></wb-bands>
      ${words.length > 1 ? this.#blendControls(words, word, other) : null}
    `;
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

  #curves(
    model: ShownModel,
    word: KnownWord,
    other: KnownWord | undefined,
    setting: EqSetting,
  ): ResponseCurve[] {
    const end = ({ word: name, centroid, colour }: KnownWord): ResponseCurve => ({
      name,
      setting: decodeSetting(model, centroid),
      colour,
      emphasis: false,
    });
    if (other === undefined) return [{ ...end(word), emphasis: true }];
    const blended = {
      name: this.#blendName(word, other),
      setting,
      colour: 'var(--wb-ink)',
      emphasis: true,
    };
    return [end(word), end(other), blended];
  }

  #setting(model: ShownModel, word: KnownWord, other: KnownWord | undefined): EqSetting {
    if (other === undefined) return decodeSetting(model, word.centroid);
    if (this.space === 'latent') {
      return decodeSetting(model, blend(word.centroid, other.centroid, this.share));
    }
    const settings = [word, other].map(({ centroid }) => decodeSetting(model, centroid));
    return blend(settings[0] ?? [], settings[1] ?? [], this.share);
  }

  #blendName(word: KnownWord, other: KnownWord): string {
    const percent = Math.round(100 * this.share);
    return `${String(100 - percent)} % ${word.word}, ${String(percent)} % ${other.word}`;
  }

  #blendControls(
    words: readonly KnownWord[],
    word: KnownWord,
    other: KnownWord | undefined,
  ): unknown {
    return html`
      <div class="blend">
        <div class="pair">
          <wa-select
            size="s"
            label="Blend with"
            placeholder="another word"
            with-clear
            .value=${other === undefined ? '' : String(words.indexOf(other))}
            @change=${this.#chooseOther}
          >
            ${words
              .filter((known) => known !== word)
              .map(
                (known) =>
                  html`<wa-option value=${String(words.indexOf(known))}>${known.word}</wa-option>`,
              )}
          </wa-select>
          <wa-select size="s" label="Blend in" .value=${this.space} @change=${this.#chooseSpace}>
            <wa-option value="latent">the latent</wa-option>
            <wa-option value="parameters">dB, Hz and Q</wa-option>
          </wa-select>
        </div>
        ${
          other === undefined
            ? null
            : html`
                <wa-slider
                  size="s"
                  label=${`From ${word.word} to ${other.word}`}
                  min="0"
                  max="100"
                  step="1"
                  .value=${Math.round(100 * this.share)}
                  .valueFormatter=${(value: number) => `${String(value)} % ${other.word}`}
                  @input=${this.#slide}
                ></wa-slider>
                <p class="quiet ends"><span>${word.word}</span><span>${other.word}</span></p>
              `
        }
      </div>
    `;
  }

  #chooseOther = (event: Event): void => {
    const value = controlValue(event);
    const index = value === '' || value === null ? -1 : Number(value);
    const words = this.model === null ? [] : knownWords(this.model);
    this.other = words[index]?.word ?? null;
    this.share = this.other === null ? 0 : 0.5;
  };

  #chooseSpace = (event: Event): void => {
    const value = controlValue(event);
    this.space = value === 'parameters' ? 'parameters' : 'latent';
  };

  #slide = (event: Event): void => {
    this.share = Number(controlValue(event)) / 100;
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
