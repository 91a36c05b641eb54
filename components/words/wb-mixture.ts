import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { withMinus } from '../../src/base/number-text';
import {
  mixtureName,
  partName,
  STRENGTHS,
  type Mixture,
  type Part,
} from '../../src/explore/mixture';
import type { ModelDocument } from '../../src/model/model';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { removeButton } from '../kit/button-styles';
import { nativeField, panel, tick } from '../kit/shared-styles';
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
    nativeField,
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
        font-size: var(--wb-text-s);
        text-align: right;
      }

      .kind {
        grid-column: 1 / -1;
      }

      .part {
        flex: 0 0 5rem;
        overflow-wrap: anywhere;
      }

      input[type='range'] {
        flex: 1 1 auto;
        min-width: 4rem;
        height: 1.5rem;
        accent-color: var(--wb-warm);
      }

      input[type='range']:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
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
        font-size: var(--wb-text-s);
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
  /** Whether the current EQ is not what the mixture makes. */
  @property({ type: Boolean }) elsewhere = false;

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
          : html`<label>
              Mix in
              <select .value=${live('')} @change=${this.#add}>
                <option value="">another word</option>
                ${free.map(
                  ({ word }) => html`<option value=${String(this.#index(word))}>${word}</option>`,
                )}
              </select>
            </label>`
      }
      ${mixture.parts.length > 1 ? this.#mixedIn(mixture) : null}
      ${mixture.parts.length > 1 ? this.#ways(mixture) : null}
      <label>
        Strength
        <input
          type="range"
          min=${100 * STRENGTHS.min}
          max=${100 * STRENGTHS.max}
          step="5"
          .value=${live(String(Math.round(100 * mixture.strength)))}
          aria-valuetext=${percentText(100 * mixture.strength)}
          @input=${this.#strengthen}
          @change=${this.#endGesture}
        />
      </label>
      <p class="quiet">
        ${
          this.elsewhere
            ? `The current EQ is another; the slider goes back to ${mixtureName({ ...mixture, strength: 1 })}.`
            : html`<span class="figure">${percentText(100 * mixture.strength)}</span>: every gain
                times ${withMinus(String(mixture.strength))}, ${strengthText(mixture.strength)}.`
        }
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
          <label>
            <span class="part">${partName(part)}</span>
            <input
              type="range"
              aria-label=${`How much ${partName(part)}`}
              min="0"
              max="100"
              step="1"
              data-part=${i}
              .value=${live(String(Math.round(part.weight)))}
              aria-valuetext=${share(part.weight)}
              @input=${this.#weigh}
              @change=${this.#endGesture}
            />
          </label>
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
    const chosen = cluster === null ? 'all' : String(schools.indexOf(cluster));
    const options = [
      ['all', 'all'] as const,
      ...schools.map((name, k) => [String(k), name] as const),
    ];
    return html`<label class="kind">
      Kind of ${word}
      <select data-part=${i} @change=${this.#chooseCluster}>
        ${options.map(
          ([value, name]) =>
            html`<option value=${value} .selected=${live(value === chosen)}>${name}</option>`,
        )}
      </select>
    </label>`;
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
      <legend class="quiet">Two ways to blend are drawn; heard is the one</legend>
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
