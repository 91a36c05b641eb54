import { css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { plainButton, primaryButton } from '../kit/button-styles';
import { panel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { INITIAL_STATE, isActive, type PageState } from '../state/page-state';
import { MAP_TOOLS } from '../map/map-looking';
import '../map/wb-draw-apart';
import '../map/wb-map';
import type { CountsEvent, FindEvent, NearestEvent } from '../map/map-events';
import { NO_MARKS, type MapMarks, type MarksEvent } from '../map/map-marks';
import '../map/wb-timeline';
import { epochsToLookAt, frameLookedAt } from '../state/look-back';

const RUN_BAR = new LazyPart('The buttons of the run', () => import('./wb-run-bar'));
const SAVE = new LazyPart('What saves the timeline', () => import('../map/wb-timeline-menu'));

/** The map, and over it, in training, the run's buttons. */
@customElement('wb-watch-panel')
export class WbWatchPanel extends OwnTaskElement {
  static override styles = [
    panel,
    primaryButton,
    plainButton,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--wb-space-2);
        padding: var(--wb-space-2);
      }

      .invitation {
        display: grid;
        justify-items: center;
        gap: var(--wb-space-3);
        max-width: 30rem;
      }

      .invitation p {
        margin: 0;
        text-wrap: balance;
      }

      .big {
        font: 650 var(--wb-text-xl) / 1.25 var(--wb-font-display);
        color: var(--wb-ink);
      }

      .caution {
        margin: 0;
        color: var(--wb-caution);
        font-size: var(--wb-text-s);
      }

      em {
        font-style: normal;
      }

      .warm {
        color: var(--wb-warm);
      }

      .bright {
        color: var(--wb-bright);
      }

      wb-map,
      .map {
        flex: 1 1 auto;
        min-height: max(40vh, 12rem);
      }

      /* So that the curve is seen with it. */
      @media (max-width: 47.99em) {
        wb-map,
        .map {
          min-height: max(28vh, 11rem);
        }
      }

      @media (min-width: 62em) {
        wb-map,
        .map {
          min-height: 0;
        }
      }

      .field {
        display: grid;
        flex: 1 1 auto;
        gap: var(--wb-space-2);
        grid-template: minmax(0, 1fr) / minmax(0, 1fr);
        min-height: 0;
      }

      @media (min-width: 62em) {
        .field.picked {
          grid-template-columns: minmax(0, 1fr) 15rem;
        }
      }

      .tools {
        justify-self: start;
        align-self: start;
        min-height: 1.75rem;
        padding: 0 var(--wb-space-2);
        border: 0;
        border-radius: var(--wb-radius-s);
        background: none;
        color: var(--wb-ink-quiet);
        font: inherit;
        font-size: var(--wb-text-s);
        text-align: start;
        text-decoration: underline;
        cursor: pointer;
      }

      .tools:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      .below {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-1) var(--wb-space-2);
        align-items: center;
      }

      @media (max-width: 47.99em) {
        /* It stands with the map's tools, so that a first look at a phone leads to the curve. */
        .first wb-draw-apart {
          display: none;
        }
      }

      /* Where the tools and the timeline will stand. */
      .later {
        flex: none;
        height: calc(4rem + var(--wb-space-2));
      }

      wb-run-bar {
        min-height: 4rem;
      }

      wb-timeline {
        flex: 1 1 15.5rem;
      }

      .map {
        display: grid;
        place-items: center;
        box-sizing: border-box;
        overflow: hidden;
        padding: var(--wb-space-5);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface-sunk);
        color: var(--wb-ink-quiet);
        text-align: center;
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  /** Whether the timeline was to be saved once: what does that stays. */
  @state() private saves = false;
  @state() private marks: MapMarks = NO_MARKS;
  /** How many points of each word are in view. */
  @state() private counts: readonly number[] = [];
  /** Whether somebody has come to the map. */
  @state() private visited = false;

  protected override willUpdate(): void {
    // The menu opens when it is made, so that it must not be made again by another run's timeline.
    if (epochsToLookAt(this.view).length < 2) this.saves = false;
  }

  override render(): unknown {
    const { view } = this;
    const bar = () => html`<wb-run-bar .view=${view}></wb-run-bar>`;
    return html`
      ${view.view === 'train' ? whenLoaded(this, RUN_BAR, bar, loading('4rem')) : null}
      ${this.#otherData()}
      ${
        view.model === null
          ? html`<div class="map" tabindex="-1">${this.#invitation()}</div>
              ${view.view === 'train' ? null : html`<div class="later"></div>`}`
          : this.#field()
      }
    `;
  }

  /** Data beside a model that learnt from others. */
  #otherData(): unknown {
    const { view, data, model, phase } = this.view;
    const run = model?.document.run ?? null;
    const alike = run === null || data === null || run.dataSha256 === data.sha256;
    if (view !== 'train' || alike || isActive(phase)) return null;
    return html`<p class="caution">
      Map and figures are of ${run.name}, which did not learn from ${data.name} as it is now.
    </p>`;
  }

  get #map() {
    return this.renderRoot.querySelector('wb-map');
  }

  #mark = ({ marks }: MarksEvent): void => {
    this.marks = marks;
  };

  #field(): unknown {
    const { view } = this;
    const picked = view.mixture?.parts[0];
    const epochs = epochsToLookAt(view);
    const frame = frameLookedAt(view);
    const tools = () =>
      html`<wb-map-tools
        .document=${view.model?.document ?? null}
        .marks=${this.marks}
        .counts=${this.counts}
        ?ringed=${view.eqHistory.present?.latent != null && frame === null}
        ?rowless=${view.model?.map?.labels.length === 0}
        @wb-marks=${this.#mark}
        @wb-find=${({ word }: FindEvent) => this.#map?.lookAt(word)}
        @wb-nearest=${({ count }: NearestEvent) => this.#map?.pickNearest(count)}
      ></wb-map-tools>`;
    const common = () =>
      html`<wb-map-common
        .model=${view.model}
        .marks=${this.marks}
        @wb-marks=${this.#mark}
      ></wb-map-common>`;
    return html`<div
        class=${this.marks.picked === null ? 'field' : 'field picked'}
        @pointerenter=${this.#come}
      >
        <wb-map
          .model=${view.model}
          .frame=${frame}
          .apart=${view.apart}
          .selected=${picked?.word ?? null}
          .cluster=${picked?.cluster ?? null}
          .current=${view.eqHistory.present}
          .words=${this.words}
          .marks=${this.marks}
          ?counted=${MAP_TOOLS.module !== null}
          @wb-marks=${this.#mark}
          @wb-counts=${({ counts }: CountsEvent) => {
            this.counts = counts;
          }}
        ></wb-map>
        ${this.marks.picked === null ? null : whenLoaded(this, MAP_TOOLS, common)}
      </div>
      ${this.#tools(tools)}
      <div class=${this.#withTools ? 'below' : 'below first'}>
        <wb-timeline
          .epochs=${epochs}
          .cursor=${view.cursor}
          .of=${view.run?.id ?? view.model?.source}
          ?autoplay=${view.model?.source === 'ready-made' && view.run === null}
        ></wb-timeline>
        ${epochs.length < 2 ? null : this.#save()}
        <wb-draw-apart
          .model=${view.model}
          .apart=${view.apart}
          .phase=${view.phase}
        ></wb-draw-apart>
      </div>`;
  }

  #save(): unknown {
    const button = html`<button
      type="button"
      class="plain pill"
      data-action="take-timeline"
      aria-label="Save as film…"
      @click=${() => {
        this.saves = true;
      }}
    >
      Film…
    </button>`;
    const menu = () => html`<wb-timeline-menu .view=${this.view}></wb-timeline-menu>`;
    return this.saves ? whenLoaded(this, SAVE, menu, button) : button;
  }

  /** Loaded once somebody comes to the map: for a first look at the ready-made one they are not needed. */
  #tools(tools: () => unknown): unknown {
    if (this.#withTools) {
      return whenLoaded(this, MAP_TOOLS, tools, loading('1.75rem'));
    }
    return html`<button type="button" class="tools" @click=${this.#comeByKey}>
      Legend, search and lasso
    </button>`;
  }

  get #withTools(): boolean {
    const ready = this.view.model?.source === 'ready-made';
    return this.visited || !ready || MAP_TOOLS.module !== null;
  }

  #come = (): void => {
    this.visited = true;
  };

  /** What takes the button's place takes its focus. */
  #comeByKey = async (): Promise<void> => {
    this.visited = true;
    // Where it cannot be loaded, a notice says so.
    await MAP_TOOLS.load().catch(() => undefined);
    await this.updateComplete;
    const tools = this.renderRoot.querySelector('wb-map-tools');
    await tools?.updateComplete;
    tools?.focus();
  };

  /** The map itself, or what stands in its place. */
  override focus(): void {
    const map = this.#map;
    if (map === null) this.renderRoot.querySelector<HTMLElement>('.map')?.focus();
    else map.focus();
  }

  /** What stands in the map's place before there is a model. */
  #invitation(): unknown {
    if (this.view.view !== 'train') return html`<p role="status">Loading the map…</p>`;
    if (this.view.data !== null) {
      return html`<div class="invitation">
        <p class="big">Press Train, and the words find their places here.</p>
        <p class="quiet">
          Each point will be one person’s setting, coloured by the word they gave it.
        </p>
      </div>`;
    }
    return html`<div class="invitation">
      <p class="big">
        What does <em class="warm">warm</em> mean? And <em class="bright">bright</em>?
      </p>
      <p class="quiet">
        Drop a CSV of EQ settings here, or begin with the sample. A model then learns what each word
        does to an equaliser, and you watch the words find their places.
      </p>
      <button type="button" class="primary" @click=${this.#useSample}>Begin with the sample</button>
    </div>`;
  }

  #useSample = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'use-sample' }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-watch-panel': WbWatchPanel;
  }
}
