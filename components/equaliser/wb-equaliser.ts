import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import type { EqSetting } from '../../src/eq/parameters';
import { nearestWords } from '../../src/explore/nearest-words';
import type { AudioPlayer } from '../audition/player/player';
import { PlayerWatcher } from '../audition/player/player-watcher';
import '../audition/wb-live-spectrum';
import type { CurveBand, NamedCurve } from '../kit/eq-plot';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import type { ShapeEvent } from './shape-event';
import { panel, tick } from '../kit/shared-styles';
import { modelCode } from '../state/model-code';
import { ActionEvent } from '../state/action';
import type { CurrentEq } from '../state/current-eq';
import type { ShownModel } from '../state/page-state';
import { eqActions } from './eq-actions';
import './wb-eq-graph';
import './wb-nearest-words';

/** How what the model makes of the current EQ is drawn. */
const REDRAWN = { colour: 'var(--wb-ink)', dash: '1 3' };

/** The current EQ as a curve with five handles, over what plays and what the words do. */
@customElement('wb-equaliser')
export class WbEqualiser extends OwnTaskElement {
  static override styles = [
    panel,
    tick,
    iconStyles,
    css`
      :host {
        container-type: inline-size;
        display: flex;
        flex-direction: column;
        gap: var(--wb-space-2);
        padding: var(--wb-space-3);
      }

      .head {
        display: flex;
        align-items: center;
        gap: var(--wb-space-2);
      }

      h2 {
        flex: 1 1 auto;
        margin: 0;
        min-width: 0;
        font-size: var(--wb-text-xl);
        overflow-wrap: anywhere;
      }

      em {
        font-style: normal;
      }

      .buttons {
        display: flex;
        gap: var(--wb-space-1);
      }

      .buttons button {
        width: 2.25rem;
        height: 2.25rem;
        padding: 0;
        border: 1px solid var(--wb-line);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        cursor: pointer;
      }

      .buttons button:disabled {
        color: var(--wb-ink-disabled);
        cursor: default;
      }

      .buttons button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      .graph {
        position: relative;
        flex: 1 1 auto;
        min-height: max(28vh, 13rem);
      }

      @media (max-width: 47.99em) {
        :host {
          padding: var(--wb-space-2) var(--wb-space-3);
        }

        /* One line, whatever it says: a second one would move the curve under a finger. */
        h2 {
          overflow: hidden;
          font-size: 1rem;
          text-overflow: ellipsis;
          white-space: nowrap;
        }

        .graph {
          min-height: max(20vh, 10rem);
        }

        /* Names take more lines here. */
        .legend {
          min-height: 6em;
        }

        /* As high as with an EQ, so that what lies below stays where it is when one comes. */
        :host {
          box-sizing: border-box;
          min-height: calc(max(20vh, 10rem) + 11.775rem);
        }
      }

      /* Where letters are large, all of it is worth more. */
      @container (max-width: 16rem) {
        h2 {
          white-space: normal;
        }
      }

      /* Takes what room the window has. */
      @media (min-width: 62em) {
        .graph {
          min-height: 11rem;
        }
      }

      wb-eq-graph {
        position: absolute;
        inset: 0;
      }

      .far {
        position: absolute;
        inset: var(--wb-space-1) var(--wb-space-1) auto 2.5rem;
        margin: 0;
        padding: 2px var(--wb-space-2);
        border-radius: var(--wb-radius-s);
        background: var(--wb-caution-tint);
        color: var(--wb-caution);
        font-size: var(--wb-text-s);
        pointer-events: none;
      }

      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--wb-space-3);
        align-content: flex-start;
        align-items: center;
        /* Room that stays, so that the graph does. */
        flex: none;
        height: 4.5em;
        overflow: auto;
        scrollbar-width: thin;
        font-size: var(--wb-text-xs);
        color: var(--wb-ink-quiet);
      }

      .legend span,
      label {
        display: inline-flex;
        align-items: center;
        gap: var(--wb-space-1);
      }

      .area {
        flex: none;
        width: 18px;
        height: 10px;
        background: color-mix(in srgb, var(--wb-ink) 16%, transparent);
      }

      /* As the spectrum is drawn behind the curve. */
      .spectrum {
        background: color-mix(in srgb, var(--wb-line-strong) 40%, transparent);
        border-top: 1px solid var(--wb-bright);
      }

      .legend svg {
        flex: none;
        width: 28px;
        height: 4px;
        stroke-width: 2;
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  /** What the words that are picked do. */
  @property({ attribute: false }) curves: readonly NamedCurve[] = [];
  /** What they did at the epoch that is looked back at; null: the model is looked at as it is. */
  @property({ attribute: false }) earlier: readonly NamedCurve[] | null = null;
  /** What people set for the word that is looked at; null where it is not known. */
  @property({ attribute: false }) people: (CurveBand & { word: string; rows: number }) | null =
    null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) player: AudioPlayer | null = null;
  /** Of what plays: filters near half of it sound different at different rates. */
  @property({ attribute: false }) sampleRateHz = 48_000;
  @property({ attribute: false }) canUndo = false;
  @property({ attribute: false }) canRedo = false;
  @state() private rebuiltShown = false;
  /** What the model makes of the current EQ; worked out once, however often the player draws this anew. */
  #rebuilt: EqSetting | null = null;
  /** What is drawn behind the curve, and named in the legend. */
  #behind: readonly NamedCurve[] = [];
  /** The same, and what the model makes of it where that is wanted. */
  #drawnBehind: readonly NamedCurve[] = [];

  constructor() {
    super();
    // A blind test that begins takes the spectrum away.
    new PlayerWatcher(this);
  }

  override render(): unknown {
    const { current } = this;
    return html`
      <div class="head">
        <h2>${current === null ? 'The current EQ' : this.#title(current)}</h2>
        <div class="buttons">
          ${this.#button('undo', this.canUndo)} ${this.#button('redo', this.canRedo)}
        </div>
      </div>
      ${
        current === null
          ? html`<p class="quiet">
              The word you pick, or the point of the map, lands here as five bands to hear and to
              change by hand.
            </p>`
          : this.#graph(current)
      }
    `;
  }

  /** The question that a word is the answer to; of anything else its name. */
  #title({ name, setting }: CurrentEq): unknown {
    const [picked] = this.curves;
    const isWord = this.curves.length > 0 && this.words.some((word) => word.name === name);
    const own = this.curves.find((curve) => curve.name === name) ?? picked;
    if (!isWord || own === undefined || !isSame(own.setting, setting)) {
      return html`<span>Current EQ: <b data-figure="current">${name}</b></span>`;
    }
    return html`<span
      >What does
      <em
        style=${styleMap({ color: `color-mix(in srgb, ${own.colour} 65%, var(--wb-ink))` })}
        data-figure="current"
        >${name}</em
      >
      sound like?</span
    >`;
  }

  #button(type: 'undo' | 'redo', can: boolean): unknown {
    const { label } = eqActions[type];
    return html`<button
      type="button"
      data-action=${type}
      aria-label=${label}
      title=${label}
      ?disabled=${!can}
      @click=${() => this.dispatchEvent(new ActionEvent({ type }))}
    >
      ${icons[type]}
    </button>`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const { model, current } = this;
    const rebuilds = changed.has('model') || changed.has('current');
    if (rebuilds) {
      const latent = current?.latent ?? null;
      this.#rebuilt =
        model === null || latent === null ? null : modelCode().decodeSetting(model, latent);
    }
    if (rebuilds || changed.has('curves') || changed.has('earlier')) {
      const setting = current?.setting ?? [];
      this.#behind = this.earlier ?? this.curves.filter((curve) => !isSame(curve.setting, setting));
    } else if (!changed.has('rebuiltShown')) return;
    const rebuilt = this.rebuiltShown ? this.#rebuilt : null;
    this.#drawnBehind =
      rebuilt === null
        ? this.#behind
        : [...this.#behind, { name: '', setting: rebuilt, ...REDRAWN }];
  }

  #graph(current: CurrentEq): unknown {
    const { rebuiltShown, player } = this;
    const rebuilt = this.#rebuilt;
    const behind = this.#behind;
    return html`
      <div class="graph">
        <wb-eq-graph
          .setting=${current.setting}
          .behind=${this.#drawnBehind}
          .band=${this.people}
          .sampleRateHz=${this.sampleRateHz}
          @shape=${this.#shape}
        >
          ${
            // Not even out of sight while a blind test runs: level and spectrum tell what plays.
            player === null || player.blind
              ? null
              : html`<wb-live-spectrum slot="behind" .player=${player}></wb-live-spectrum>`
          }
        </wb-eq-graph>
        ${this.#farOut(current)}
      </div>
      <div class="legend">
        ${
          this.people === null
            ? null
            : html`<span
                ><span class="area" aria-hidden="true"></span>half of the ${this.people.rows}
                settings people called ${this.people.word}</span
              >`
        }
        ${behind.map((curve) => html`<span class="named">${lineOf(curve)}${curve.name}</span>`)}
        ${
          // As long as there is something of it to be seen.
          player?.playing !== true || player.blind
            ? null
            : html`<span
                ><span class="area spectrum" aria-hidden="true"></span>sound: filled before, line
                after</span
              >`
        }
        ${
          rebuilt === null
            ? null
            : html`<label>
                <input type="checkbox" .checked=${rebuiltShown} @change=${this.#toggle} />
                ${lineOf(REDRAWN)} Redrawn by the model (${apart(current, rebuilt)} off)
              </label>`
        }
      </div>
      <wb-nearest-words .setting=${current.setting} .words=${this.words}></wb-nearest-words>
    `;
  }

  /** Where no setting of people's is near, the decoder may say anything. */
  #farOut({ setting }: CurrentEq): unknown {
    const { model } = this;
    const far = model === null ? null : modelCode().farOutText(setting, model.settings);
    return far === null ? null : html`<p class="far" role="status">${far}</p>`;
  }

  #toggle = (): void => {
    this.rebuiltShown = !this.rebuiltShown;
  };

  #shape = ({ change, gesture }: ShapeEvent): void => {
    this.dispatchEvent(new ActionEvent({ type: 'shape', change, gesture }));
  };
}

/** How a curve is drawn, for the legend. */
function lineOf({ colour, dash }: Pick<NamedCurve, 'colour' | 'dash'>): unknown {
  return html`<svg viewBox="0 0 28 4" aria-hidden="true">
    <line x2="28" y1="2" y2="2" stroke=${colour} stroke-dasharray=${dash ?? nothing} />
  </svg>`;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function apart({ name, setting }: CurrentEq, rebuilt: CurrentEq['setting']): string {
  const [of] = nearestWords(setting, [{ name, setting: rebuilt }]);
  return `${(of?.distanceDb ?? 0).toFixed(1)} dB`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-equaliser': WbEqualiser;
  }
}
