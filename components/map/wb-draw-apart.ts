import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { ApartMap } from '../../src/explore/apart-map';
import type { Phase } from '../../workers/trainer/messages';
import { controlValue } from '../kit/control-value';
import { OwnTaskElement } from '../kit/own-task-element';
import { ActionEvent } from '../state/action';
import { amountsOf, bringsItsMaps } from '../state/drawn-apart';
import { isActive, type ShownModel } from '../state/page-state';

/** How far the words of the map are drawn apart; nothing for a model without a word head. */
@customElement('wb-draw-apart')
export class WbDrawApart extends OwnTaskElement {
  static override styles = css`
    label {
      display: flex;
      gap: var(--wb-space-2);
      align-items: center;
      font-size: var(--wb-text-s);
    }

    input {
      width: 7rem;
      height: 1.5rem;
      accent-color: var(--wb-warm);
    }

    input:focus-visible {
      outline: 2px solid var(--wb-bright);
      outline-offset: 2px;
    }

    output {
      min-width: 4.5rem;
      font-variant-numeric: tabular-nums;
    }
  `;

  @property({ attribute: false }) model: ShownModel | null = null;
  /** Its map as it is drawn now. */
  @property({ attribute: false }) apart: ApartMap | null = null;
  @property({ attribute: false }) phase: Phase = 'idle';
  /** Place among the amounts that was asked for, and of which model; the worker may not have drawn it yet. */
  @state() private asked: { readonly model: ShownModel; readonly place: number } | null = null;

  override render(): unknown {
    const { model, apart, phase } = this;
    if (model?.map == null || model.document.spec.wordHead === 0) return null;
    const amounts = amountsOf(model);
    const drawn = placeOf(amounts, apart?.pull.amount ?? 0);
    const place = this.asked?.model === model ? this.asked.place : drawn;
    const hindrance = hindranceOf(model, phase);
    const text = amountText(amounts[place]);
    const meaning = hindrance ?? meaningOf(place, text);
    return html`<label title=${meaning}>
      Draw words apart
      <input
        type="range"
        min="0"
        max=${amounts.length - 1}
        step="1"
        aria-description=${meaning}
        aria-valuetext=${text}
        ?disabled=${hindrance !== null}
        .value=${live(String(place))}
        @input=${this.#ask}
      />
      <output>${text}</output>
    </label>`;
  }

  #ask = (event: Event): void => {
    const { model } = this;
    const place = Number(controlValue(event));
    if (model === null) return;
    this.asked = { model, place };
    this.dispatchEvent(
      new ActionEvent({ type: 'draw-apart', amount: amountsOf(model)[place] ?? 0 }),
    );
  };
}

/** Why the words cannot be drawn apart now; null where they can. */
function hindranceOf(model: ShownModel, phase: Phase): string | null {
  if (isActive(phase)) return 'The words can be drawn apart once the run has ended.';
  if (bringsItsMaps(model)) return null;
  if (model.map?.labels.length === 0) {
    return 'The words cannot be drawn apart: a link brings a model without the rows of its map. Open its model file and its data instead.';
  }
  if (model.settings === null) {
    return 'The words can be drawn apart once the data set that the model was trained on is loaded.';
  }
  return null;
}

function meaningOf(place: number, text: string): string {
  return place === 0
    ? 'The map is drawn as the model has it.'
    : `Drawn apart ${text}: what a place sounds like does not change, nor how well the model tells the words apart.`;
}

/** The place where the nearest amount stands that is offered. */
function placeOf(amounts: readonly number[], amount: number): number {
  return amounts.reduce(
    (nearest, offered, place) =>
      Math.abs(offered - amount) < Math.abs((amounts[nearest] ?? 0) - amount) ? place : nearest,
    0,
  );
}

function amountText(amount = 0): string {
  return amount === 0 ? 'not at all' : `by ${String(amount)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-draw-apart': WbDrawApart;
  }
}
