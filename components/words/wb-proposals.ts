import { thousands } from '../../src/base/number-text';
import { css, html, svg, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { offeredProposal } from '../../src/explore/proposals';
import { drawWord } from '../../src/explore/word-draw';
import type { Proposal } from '../../src/model/model';
import { iconStyles } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { chips, innerPanel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { ShownModel } from '../state/page-state';

/** The seed that the command line has, too, where none is given: so both draw the same settings. */
const SEED = 1;

const NUMBERS = ['No way', 'One way', 'Two ways', 'Three ways', 'Four ways', 'Five ways'];

/** Drawn here, since no part of the page that is loaded first shows it. */
const DICE = svg`<svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
  <path
    fill-rule="evenodd"
    d="M5 2h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V5a3 3 0 0 1 3-3m1.5 3a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3m7 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M10 8.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3M6.5 12a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3m7 0a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3"
  ></path>
</svg>`;

/** Instead of a word's average: a few settings that people may mean by it, and another engineer's. */
@customElement('wb-proposals')
export class WbProposals extends OwnTaskElement {
  static override styles = [
    innerPanel,
    chips,
    iconStyles,
    css`
      .rows {
        opacity: 0.75;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) word = '';
  /** What was made the current EQ here last; null for another word. */
  @state() private taken: string | null = null;
  /** How many settings of each word have been drawn. */
  readonly #draws = new Map<string, number>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('word')) this.taken = null;
  }

  override render(): unknown {
    const { word, taken } = this;
    const proposals = this.#proposals();
    if (proposals.length === 0) return null;
    return html`
      <h3 id="title">
        Single settings: ${NUMBERS[proposals.length]?.toLowerCase()} people set “${word}”
      </h3>
      <div class="chips" role="group" aria-labelledby="title">
        ${proposals.map(
          ({ name, rows }, place) =>
            html`<button type="button" data-place=${place} @click=${this.#propose}>
              ${name} <span class="rows">${thousands(rows)}</span>
            </button>`,
        )}
      </div>
      <div class="chips">
        <button type="button" class="dice" @click=${this.#draw}>
          ${DICE} Another engineer’s “${word}”
        </button>
      </div>
      <p class="quiet" role="status">
        ${
          taken === null
            ? 'Each was fitted to the curves of the training rows that are nearest to it; their number stands beside it.'
            : `The current EQ is now ${taken}.`
        }
      </p>
    `;
  }

  #proposals(): readonly Proposal[] {
    return (
      this.model?.document.words.find(({ word }) => word === this.word)?.proposals?.at(-1) ?? []
    );
  }

  #propose = (event: Event): void => {
    const { model } = this;
    const button = event.currentTarget;
    const place = button instanceof HTMLElement ? Number(button.dataset.place) : -1;
    const proposal = this.#proposals()[place];
    if (model === null || proposal === undefined) return;
    const { name, setting, latent, from } = offeredProposal(model, proposal);
    const origin = from === 'model' ? 'as the model decodes it' : 'as it was fitted';
    this.#take({ name: `${this.word}, ${name}`, setting }, latent, origin);
  };

  #draw = (): void => {
    const { model, word } = this;
    if (model === null) return;
    const draw = (this.#draws.get(word) ?? 0) + 1;
    this.#draws.set(word, draw);
    const { latent, ...named } = drawWord(model, word, { seed: SEED, draw });
    this.#take(named, latent, 'drawn from the word’s density in the latent');
  };

  #take(named: NamedSetting, latent: readonly number[], origin: string): void {
    this.taken = `${named.name}: ${origin}`;
    this.dispatchEvent(new ActionEvent({ type: 'take-eq', current: { ...named, latent } }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-proposals': WbProposals;
  }
}
