import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import {
  mixtureName,
  partName,
  wordAlone,
  type Mixture,
  type Part,
} from '../../src/explore/mixture';
import type { WordCluster } from '../../src/model/model';
import type { Unheard } from '../../src/model/unheard';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { chips, panel } from '../kit/shared-styles';
import { modelCode } from '../state/model-code';
import { ActionEvent } from '../state/action';
import type { ShownModel } from '../state/page-state';
import type { ResponseCurve } from '../kit/wb-response';
import { colourNumbers, colourOf } from '../kit/word-colours';

const PARTS = new LazyPart('What a word does', () => import('./word-parts'));

interface KnownWord {
  readonly word: string;
  readonly rows: number;
  readonly colour: string;
  readonly schools: readonly WordCluster[];
}

/** Step 4: what a word does, in a curve and five bands, and what mixtures of words do. */
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
  /** The words that are picked; the first is looked at. */
  @property({ attribute: false }) mixture: Mixture | null = null;
  /** Worked out once a model, however often the panel is drawn. */
  #decoded: { readonly model: ShownModel; readonly unheard: Unheard | null } | null = null;

  override render(): unknown {
    return html`
      <h2><span class="place">4</span>Pick or mix words</h2>
      ${this.#content()}
    `;
  }

  #content(): unknown {
    const { model, mixture } = this;
    if (model === null) {
      return html`<p class="quiet">
        Once there is a model, every word becomes five bands of equaliser here.
      </p>`;
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
      <div class="words chips" role="group" aria-label="Words">
        ${words.map((known) => this.#chip(known, known === word))}
      </div>
      ${whenLoaded(this, PARTS, () => this.#parts(model, mixture, words, word), loading('30rem'))}
    `;
  }

  #parts(
    model: ShownModel,
    mixture: Mixture,
    words: readonly KnownWord[],
    word: KnownWord,
  ): unknown {
    const curves = this.#curves(model, mixture, words);
    return html`
      ${this.#unheard(model, word)}
      <wb-evidence .document=${model.document} .words=${[word.word]}></wb-evidence>
      <wb-kind-choice
        .word=${word.word}
        .schools=${word.schools}
        .selected=${mixture.parts[0]?.cluster ?? null}
      ></wb-kind-choice>
      <wb-proposals .model=${model} .word=${word.word}></wb-proposals>
      <wb-response .curves=${curves}></wb-response>
      <wb-bands
        .setting=${curves.at(-1)?.setting ?? []}
        .name=${curves.at(-1)?.name ?? word.word}
      ></wb-bands>
      <wb-mixture
        .words=${words.map((known) => ({
          word: known.word,
          schools: known.schools.map(({ name }) => name),
        }))}
        .document=${model.document}
        .mixture=${mixture}
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

  /**
   * Last, what is picked: that of which the bands are shown. Behind a word that is looked at as a
   * whole are its clusters' curves, behind a cluster the word's, behind a mixture its parts' and the
   * mixture in the other way, dashed.
   */
  #curves(model: ShownModel, mixture: Mixture, words: readonly KnownWord[]): ResponseCurve[] {
    const { parts, space, strength } = mixture;
    const thin = (of: Pick<Part, 'word' | 'cluster'>): ResponseCurve => ({
      name: partName(of),
      setting: modelCode().mix(model, wordAlone(of.word, of.cluster)).setting,
      colour: words.find(({ word }) => word === of.word)?.colour ?? 'var(--wb-ink)',
      emphasis: false,
    });
    const chosen = { setting: modelCode().mix(model, mixture).setting, emphasis: true };
    const [first] = parts;
    if (first !== undefined && parts.length === 1) {
      const { word, cluster } = first;
      const whole = thin({ word, cluster: null });
      const schools = words.find((known) => known.word === word)?.schools ?? [];
      const behind =
        cluster !== null
          ? [whole]
          : schools.length > 1
            ? schools.map(({ name }) => thin({ word, cluster: name }))
            : [];
      const asItIs = strength === 1 ? [] : [thin(first)];
      return [
        ...behind,
        ...asItIs,
        { ...chosen, name: mixtureName(mixture), colour: whole.colour },
      ];
    }
    const other = { ...mixture, space: space === 'latent' ? 'parameters' : 'latent' } as const;
    const name = (way: Mixture['space']): string =>
      `${mixtureName(mixture)}, ${way === 'latent' ? 'through the latent' : 'by dB, Hz and Q'}`;
    return [
      ...parts.map(thin),
      {
        name: name(other.space),
        setting: modelCode().mix(model, other).setting,
        colour: 'var(--wb-ink)',
        emphasis: false,
        dashed: true,
      },
      { ...chosen, name: name(space), colour: 'var(--wb-ink)' },
    ];
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
