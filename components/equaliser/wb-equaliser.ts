import '@awesome.me/webawesome/dist/components/button/button.js';
import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { iconStyles, icons } from '../kit/icons';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import type { ShapeEvent } from './shape-event';
import { panel, tick } from '../kit/shared-styles';
import { modelCode } from '../state/model-code';
import { ActionEvent } from '../state/action';
import type { CurrentEq } from '../state/current-eq';
import type { ShownModel } from '../state/page-state';
import { eqActions } from './eq-actions';

const PARTS = new LazyPart('The equaliser', async () => {
  const [{ nearestWords }] = await Promise.all([
    import('../../src/explore/nearest-words'),
    import('./wb-band-inputs'),
    import('./wb-eq-graph'),
    import('./wb-nearest-words'),
  ]);
  return nearestWords;
});

/** The current EQ as a curve with five handles, in numbers, and by the words it is near to. */
@customElement('wb-equaliser')
export class WbEqualiser extends OwnTaskElement {
  static override styles = [
    panel,
    tick,
    iconStyles,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--wb-space-1) var(--wb-space-3);
        margin-bottom: var(--wb-space-3);
      }

      h2 {
        margin: 0;
      }

      h2:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      .head p {
        flex: 1 1 12rem;
        margin: 0;
        overflow-wrap: anywhere;
      }

      .buttons {
        display: flex;
        gap: var(--wb-space-2);
      }

      label {
        display: flex;
        align-items: center;
        gap: var(--wb-space-2);
        margin: var(--wb-space-2) 0 var(--wb-space-4);
        font-size: var(--wb-text-s);
      }

      .line {
        flex: none;
        width: 26px;
        height: 0;
        border-top: 2px solid var(--wb-bright);
      }

      .numbers {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
        gap: var(--wb-space-4) var(--wb-space-5);
        align-items: start;
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) model: ShownModel | null = null;
  /** Of what plays: filters near half of it sound different at different rates. */
  @property({ attribute: false }) sampleRateHz = 48_000;
  @property({ attribute: false }) canUndo = false;
  @property({ attribute: false }) canRedo = false;
  @state() private rebuiltShown = true;

  /** The heading: a tabindex on the element itself would hide its handles from the keys. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('h2')?.focus(options);
  }

  override render(): unknown {
    const { current } = this;
    return html`
      <div class="head">
        <h2 tabindex="-1"><span class="place">5</span>Shape it</h2>
        ${current === null ? null : html`<p>Current EQ: <b data-figure="current">${current.name}</b></p>`}
        <div class="buttons">
          ${this.#button('undo', this.canUndo)} ${this.#button('redo', this.canRedo)}
        </div>
      </div>
      ${
        current === null
          ? html`<p class="quiet">
              The word you pick, or the point of the map, lands here as five bands to change by
              hand.
            </p>`
          : whenLoaded(this, PARTS, (nearest) => this.#bench(current, nearest), loading('30rem'))
      }
    `;
  }

  #button(type: 'undo' | 'redo', can: boolean): unknown {
    return html`<wa-button
      size="s"
      appearance="outlined"
      data-action=${type}
      ?disabled=${!can}
      @click=${() => this.dispatchEvent(new ActionEvent({ type }))}
    >
      ${icons[type]} ${eqActions[type].label}
    </wa-button>`;
  }

  #bench(current: CurrentEq, nearest: NearestWords): unknown {
    const { model, rebuiltShown } = this;
    const rebuilt =
      model === null || current.latent === null
        ? null
        : modelCode().decodeSetting(model, current.latent);
    return html`
      <wb-eq-graph
        .setting=${current.setting}
        .behind=${rebuiltShown ? rebuilt : null}
        .sampleRateHz=${this.sampleRateHz}
        @shape=${this.#shape}
      ></wb-eq-graph>
      ${
        rebuilt === null
          ? null
          : html`<label>
              <input type="checkbox" .checked=${rebuiltShown} @change=${this.#toggle} />
              <span class="line" aria-hidden="true"></span>
              What the model makes of it, ${apart(nearest, current, rebuilt)}
            </label>`
      }
      <div class="numbers">
        <wb-band-inputs .setting=${current.setting} @shape=${this.#shape}></wb-band-inputs>
        <wb-nearest-words .setting=${current.setting} .words=${this.words}></wb-nearest-words>
      </div>
    `;
  }

  #toggle = (): void => {
    this.rebuiltShown = !this.rebuiltShown;
  };

  #shape = ({ change, gesture }: ShapeEvent): void => {
    this.dispatchEvent(new ActionEvent({ type: 'shape', change, gesture }));
  };
}

type NearestWords = Awaited<ReturnType<typeof PARTS.load>>;

function apart(
  nearest: NearestWords,
  { name, setting }: CurrentEq,
  rebuilt: CurrentEq['setting'],
): string {
  const [of] = nearest(setting, [{ name, setting: rebuilt }]);
  return `${(of?.distanceDb ?? 0).toFixed(1)} dB from it`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-equaliser': WbEqualiser;
  }
}
