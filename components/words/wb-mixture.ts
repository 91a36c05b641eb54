import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/slider/slider.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { withMinus } from '../../src/base/number-text';
import { partName, STRENGTHS, type Mixture, type Part } from '../../src/explore/mixture';
import type { ModelDocument } from '../../src/model/model';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { panel, removeButton, tick } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { newGesture } from '../state/gesture';

/** A word that can be mixed in, and the names of its clusters. */
export interface MixableWord {
  readonly word: string;
  readonly schools: readonly string[];
}

/** Which words are mixed, how much of each, in which way, and how strong. */
@customElement('wb-mixture')
export class WbMixture extends OwnTaskElement {
  static override styles = [
    panel,
    tick,
    removeButton,
    iconStyles,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-2);
        padding: 0;
        border: 0;
        border-radius: 0;
        box-shadow: none;
      }

      ul {
        display: grid;
        gap: var(--wb-space-3);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 3rem 2rem;
        align-items: center;
        gap: var(--wb-space-2);
      }

      li .figure {
        align-self: end;
        font-size: var(--wb-text-s);
        text-align: right;
      }

      li .remove {
        align-self: end;
      }

      li wa-select {
        grid-column: 1 / -1;
      }

      fieldset {
        display: grid;
        gap: var(--wb-space-1);
        margin: 0;
        padding: 0;
        border: 0;
        font-size: var(--wb-text-s);
      }

      legend {
        margin-bottom: var(--wb-space-1);
        padding: 0;
      }

      label {
        display: flex;
        align-items: center;
        gap: var(--wb-space-2);
      }

      label svg {
        flex: none;
        width: 26px;
        height: 4px;
        stroke: var(--wb-ink);
        stroke-width: 3;
      }

      p {
        margin: 0;
      }
    `,
  ];

  /** All that can be mixed, those with most rows first. */
  @property({ attribute: false }) words: readonly MixableWord[] = [];
  /** What is known of the words. */
  @property({ attribute: false }) document: ModelDocument | null = null;
  @property({ attribute: false }) mixture: Mixture | null = null;

  /** Of the slider that is being moved. */
  #gesture: number | null = null;

  override render(): unknown {
    const { words, mixture } = this;
    if (mixture === null) return null;
    const free = words.filter(({ word }) => mixture.parts.every((part) => part.word !== word));
    return html`
      ${mixture.parts.length > 1 ? this.#parts(mixture) : null}
      ${
        free.length === 0
          ? null
          : html`<wa-select
              size="s"
              label="Mix in"
              placeholder="another word"
              .value=${live('')}
              @change=${this.#add}
            >
              ${free.map(
                ({ word }) =>
                  html`<wa-option value=${String(this.#index(word))}>${word}</wa-option>`,
              )}
            </wa-select>`
      }
      ${mixture.parts.length > 1 ? this.#mixedIn(mixture) : null}
      ${mixture.parts.length > 1 ? this.#ways(mixture) : null}
      <wa-slider
        size="s"
        label="Strength"
        min=${100 * STRENGTHS.min}
        max=${100 * STRENGTHS.max}
        step="5"
        .value=${live(Math.round(100 * mixture.strength))}
        .valueFormatter=${percentText}
        with-tooltip
        @input=${this.#strengthen}
        @change=${this.#endGesture}
      ></wa-slider>
      <p class="quiet">
        <span class="figure">${percentText(100 * mixture.strength)}</span>: every gain times
        ${withMinus(String(mixture.strength))}, ${strengthText(mixture.strength)}.
      </p>
    `;
  }

  #parts({ parts }: Mixture): unknown {
    const total = parts.reduce((sum, { weight }) => sum + weight, 0);
    return html`<ul>
      ${parts.map((part, i) => {
        const others = total - part.weight;
        const share = (weight: number): string => percentText((100 * weight) / (others + weight));
        return html`<li>
          <wa-slider
            size="s"
            label=${`How much ${partName(part)}`}
            min="0"
            max="100"
            step="1"
            data-part=${i}
            .value=${live(Math.round(part.weight))}
            .valueFormatter=${share}
            @input=${this.#weigh}
            @change=${this.#endGesture}
          ></wa-slider>
          <span class="figure">${share(part.weight)}</span>
          <button
            class="remove"
            type="button"
            data-part=${i}
            aria-label=${`Leave ${part.word} out`}
            title=${`Leave ${part.word} out`}
            @click=${this.#remove}
          >
            ${icons.close}
          </button>
          ${i === 0 ? null : this.#clusters(part, i)}
        </li>`;
      })}
    </ul>`;
  }

  /** What the words that are mixed in are known by; the first one's stands above. */
  #mixedIn({ parts }: Mixture): unknown {
    return html`<wb-evidence
      .document=${this.document}
      .words=${parts.slice(1).map(({ word }) => word)}
    ></wb-evidence>`;
  }

  /** The first word's are chosen above, where it is looked at. */
  #clusters({ word, cluster }: Part, i: number): unknown {
    const schools = this.words[this.#index(word)]?.schools ?? [];
    if (schools.length < 2) return null;
    return html`<wa-select
      size="s"
      label=${`Kind of ${word}`}
      data-part=${i}
      .value=${cluster === null ? 'all' : String(schools.indexOf(cluster))}
      @change=${this.#chooseCluster}
    >
      <wa-option value="all">All</wa-option>
      ${schools.map((name, k) => html`<wa-option value=${String(k)}>${name}</wa-option>`)}
    </wa-select>`;
  }

  #ways({ space }: Mixture): unknown {
    const way = (value: Mixture['space'], label: string) => html`
      <label>
        <input
          type="radio"
          name="space"
          value=${value}
          .checked=${live(value === space)}
          @change=${this.#chooseSpace}
        />
        ${label}
        <svg viewBox="0 0 26 4" aria-hidden="true">
          <line x1="0" x2="26" y1="2" y2="2" stroke-dasharray=${value === space ? 'none' : '5 4'} />
        </svg>
      </label>
    `;
    return html`<fieldset>
      <legend class="quiet">Of both blends drawn, the current EQ is the one</legend>
      ${way('latent', 'in the model')} ${way('parameters', 'in dB, Hz and Q')}
    </fieldset>`;
  }

  #index(word: string): number {
    return this.words.findIndex((known) => known.word === word);
  }

  #add = (event: Event): void => {
    const added = this.words[Number(controlValue(event))];
    const parts = this.mixture?.parts ?? [];
    if (added === undefined || controlValue(event) === '') return;
    const weighed = parts.length === 1 ? parts.map((part) => ({ ...part, weight: 50 })) : parts;
    const weight = Math.round(weighed.reduce((sum, part) => sum + part.weight, 0) / weighed.length);
    this.#ask({ parts: [...weighed, { word: added.word, cluster: null, weight }] });
    this.requestUpdate();
  };

  #remove = (event: Event): void => {
    const index = partIndex(event);
    const parts = this.mixture?.parts.filter((_, i) => i !== index) ?? [];
    // What is left must weigh something.
    const heavy = parts.some(({ weight }) => weight > 0);
    this.#ask({ parts: heavy ? parts : parts.map((part) => ({ ...part, weight: 50 })) });
  };

  #weigh = (event: Event): void => {
    const weight = Number(controlValue(event));
    const parts = this.#with(partIndex(event), { weight });
    const heavy = parts.some((part) => part.weight > 0);
    this.#slide({ parts: heavy ? parts : this.#with(partIndex(event), { weight: 1 }) });
  };

  #strengthen = (event: Event): void => {
    this.#slide({ strength: Number(controlValue(event)) / 100 });
  };

  #chooseCluster = (event: Event): void => {
    const index = partIndex(event);
    const schools = this.words[this.#index(this.mixture?.parts[index]?.word ?? '')]?.schools ?? [];
    const cluster = schools[Number(controlValue(event))] ?? null;
    this.#ask({ parts: this.#with(index, { cluster }) });
  };

  #chooseSpace = (event: Event): void => {
    this.#ask({ space: controlValue(event) === 'parameters' ? 'parameters' : 'latent' });
  };

  #with(index: number, change: Partial<Part>): readonly Part[] {
    return (this.mixture?.parts ?? []).map((part, i) =>
      i === index ? { ...part, ...change } : part,
    );
  }

  #slide(change: Partial<Mixture>): void {
    this.#gesture ??= newGesture();
    this.#ask(change, this.#gesture);
    // A slider that was moved where it may not stay goes back.
    this.requestUpdate();
  }

  #endGesture = (): void => {
    this.#gesture = null;
  };

  #ask(change: Partial<Mixture>, gesture?: number): void {
    if (this.mixture === null) return;
    const mixture = { ...this.mixture, ...change };
    const of = gesture === undefined ? {} : { gesture };
    this.dispatchEvent(new ActionEvent({ type: 'mix', mixture, ...of }));
  }
}

function partIndex(event: Event): number {
  const element = event.currentTarget;
  return element instanceof HTMLElement ? Number(element.dataset.part) : -1;
}

function percentText(percent: number): string {
  return `${withMinus(String(Math.round(percent)))} %`;
}

function strengthText(strength: number): string {
  if (strength === 1) return 'as it is';
  if (strength === 0) return 'flat';
  if (strength === -1) return 'the inverse';
  return 'inside the plug-in’s bounds';
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-mixture': WbMixture;
  }
}
