import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { School } from '../src/model/model';
import { unheardFrequencies, type Unheard } from '../src/model/unheard';
import { blend, decodeSetting } from '../src/model/word-settings';
import { OwnTaskElement } from './own-task-element';
import { chips, panel } from './shared-styles';
import { ActionEvent } from './state/action';
import type { ShownModel } from './state/page-state';
import './wb-bands';
import './wb-blend';
import { NO_BLEND, type Blend, type BlendEvent } from './wb-blend';
import './wb-response';
import './wb-unheard';
import type { ResponseCurve } from './wb-response';
import './wb-school-choice';
import { colourNumbers, colourOf } from './word-colours';

interface KnownWord {
  readonly word: string;
  readonly rows: number;
  readonly centroid: readonly number[];
  readonly colour: string;
  readonly schools: readonly School[];
}

/** Step 4: what a word does, in a curve and five bands, and what lies between two words. */
@customElement('wb-word-panel')
export class WbWordPanel extends OwnTaskElement {
  static override styles = [
    panel,
    chips,
    css`
      .chips circle {
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
  /** Name of the selected word's school that is looked at. */
  @property({ attribute: false }) school: string | null = null;
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
    const school = word.schools.find(({ name }) => name === this.school);
    const curves = this.#curves(model, word, school, other);
    const { setting, name } = curves.at(-1) ?? { setting: [], name: word.word };
    return html`
      <div class="words chips" role="group" aria-label="Words">
        ${words.map((known) => this.#chip(known, known === word))}
      </div>
      ${this.#unheard(model, word)}
      <wb-school-choice
        .word=${word.word}
        .schools=${word.schools}
        .selected=${school?.name ?? null}
      ></wb-school-choice>
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

  /**
   * Of the word or one of its schools, and of the other word, if any; last of what is in hand: that
   * of which the bands are shown. A word that is looked at as a whole has its schools' curves behind
   * its own, and a school has the word's.
   */
  #curves(
    model: ShownModel,
    word: KnownWord,
    school: School | undefined,
    other: KnownWord | undefined,
  ): ResponseCurve[] {
    const whole = ({ word: name, centroid, colour }: KnownWord): ResponseCurve => ({
      name,
      setting: decodeSetting(model, centroid),
      colour,
      emphasis: false,
    });
    const one = ({ name, setting }: School): ResponseCurve => ({
      name: `${word.word}, ${name}`,
      setting,
      colour: word.colour,
      emphasis: false,
    });
    const first = school === undefined ? whole(word) : one(school);
    if (other === undefined) {
      const behind =
        school !== undefined ? [whole(word)] : word.schools.length > 1 ? word.schools.map(one) : [];
      return [...behind, { ...first, emphasis: true }];
    }
    const second = whole(other);
    const { share, space } = this.blend;
    const setting =
      space === 'latent'
        ? decodeSetting(model, blend(school?.latent ?? word.centroid, other.centroid, share))
        : blend(first.setting, second.setting, share);
    const percent = Math.round(100 * share);
    const name = `${String(100 - percent)} % ${first.name}, ${String(percent)} % ${other.word}`;
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
    .flatMap(({ word, rows, centroid, schools }, i) =>
      centroid === null
        ? []
        : [{ word, rows, centroid, colour: colourOf(numbers[i] ?? 0), schools }],
    )
    .sort((a, b) => b.rows - a.rows);
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-word-panel': WbWordPanel;
  }
}
