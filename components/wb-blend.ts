import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import '@awesome.me/webawesome/dist/components/slider/slider.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { controlValue } from './control-value';
import { OwnTaskElement } from './own-task-element';
import { panel } from './shared-styles';

/** What is blended into the selected word. */
export interface Blend {
  /** null: nothing. */
  readonly other: string | null;
  /** 0: the selected word, 1: the other. */
  readonly share: number;
  readonly space: 'latent' | 'parameters';
}

export const NO_BLEND: Blend = { other: null, share: 0, space: 'latent' };

/** A person wants another blend. */
export class BlendEvent extends Event {
  readonly blend: Blend;

  constructor(blend: Blend) {
    super('blend');
    this.blend = blend;
  }
}

/** Which word to blend in, how, and how much of it. */
@customElement('wb-blend')
export class WbBlend extends OwnTaskElement {
  static override styles = [
    panel,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-2);
        margin-top: var(--wb-space-4);
        padding: var(--wb-space-3) 0 0;
        border: 0;
        border-top: 1px solid var(--wb-line);
        border-radius: 0;
        box-shadow: none;
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

  /** The words there are, the selected one among them. */
  @property({ attribute: false }) words: readonly string[] = [];
  @property({ attribute: false }) selected = '';
  @property({ attribute: false }) blend: Blend = NO_BLEND;

  override render(): unknown {
    const { words, selected, blend } = this;
    return html`
      <div class="pair">
        <wa-select
          size="s"
          label="Blend with"
          placeholder="another word"
          with-clear
          .value=${blend.other === null ? '' : String(words.indexOf(blend.other))}
          @change=${this.#chooseOther}
        >
          ${words.map((word, i) =>
            word === selected ? null : html`<wa-option value=${String(i)}>${word}</wa-option>`,
          )}
        </wa-select>
        <wa-select size="s" label="Blend in" .value=${blend.space} @change=${this.#chooseSpace}>
          <wa-option value="latent">the latent</wa-option>
          <wa-option value="parameters">dB, Hz and Q</wa-option>
        </wa-select>
      </div>
      ${blend.other === null ? null : this.#slider(blend.other)}
    `;
  }

  #slider(other: string): unknown {
    return html`
      <wa-slider
        size="s"
        label=${`From ${this.selected} to ${other}`}
        min="0"
        max="100"
        step="1"
        .value=${Math.round(100 * this.blend.share)}
        .valueFormatter=${(value: number) => `${String(value)} % ${other}`}
        @input=${this.#slide}
      ></wa-slider>
      <p class="quiet ends"><span>${this.selected}</span><span>${other}</span></p>
    `;
  }

  #chooseOther = (event: Event): void => {
    const value = controlValue(event);
    const other = value === '' || value === null ? null : (this.words[Number(value)] ?? null);
    this.#ask({ other, share: other === null ? 0 : 0.5 });
  };

  #chooseSpace = (event: Event): void => {
    this.#ask({ space: controlValue(event) === 'parameters' ? 'parameters' : 'latent' });
  };

  #slide = (event: Event): void => {
    this.#ask({ share: Number(controlValue(event)) / 100 });
  };

  #ask(change: Partial<Blend>): void {
    this.dispatchEvent(new BlendEvent({ ...this.blend, ...change }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-blend': WbBlend;
  }
}
