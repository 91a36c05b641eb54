import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { LINE_COLOURS, LINE_DASHES } from '../../src/figures/svg-parts';
import { controlValue } from '../kit/control-value';

/** What is known of a compared run where all are looked at. */
export interface RunEntry {
  readonly name: string;
  readonly epoch: number;
  /** The loss that is drawn, by then; null where there is none. */
  readonly loss: number | null;
}

const LOOK_EVENT = 'wb-look';

/** Says how far into their runs is looked, and which run stands out. */
export class LookEvent extends Event {
  /**
   * @param share 0 to 1, by epochs; null: at the runs as they are
   * @param lit   name of the run that stands out; null: none
   */
  constructor(
    readonly share: number | null,
    readonly lit: string | null,
  ) {
    super(LOOK_EVENT);
  }
}

/** Steps of the slider from the beginning of the runs to their end. */
const STEPS = 100;

/** The compared runs in their colours, and a slider that looks back at all of them together. */
@customElement('wb-run-key')
export class WbRunKey extends LitElement {
  static override styles = css`
    :host {
      position: sticky;
      top: 0;
      z-index: 2;
      display: block;
      padding: var(--wb-space-2) 0;
      background: var(--wb-surface);
    }

    /* There the whole page scrolls, under its head. */
    @media (max-width: 61.99em) {
      :host {
        top: var(--wb-header);
      }
    }

    label {
      display: flex;
      gap: var(--wb-space-2);
      align-items: center;
      font-size: var(--wb-text-s);
    }

    input {
      flex: 1 1 auto;
      min-width: 4rem;
      height: 1.5rem;
      accent-color: var(--wb-warm);
    }

    output {
      flex: none;
      min-width: 6.5rem;
      font-variant-numeric: tabular-nums;
      text-align: right;
    }

    ul {
      display: flex;
      flex-wrap: wrap;
      gap: var(--wb-space-1) var(--wb-space-2);
      margin: var(--wb-space-1) 0 0;
      padding: 0;
      list-style: none;
    }

    li {
      min-width: 0;
    }

    button {
      display: flex;
      gap: var(--wb-space-2);
      align-items: center;
      max-width: 100%;
      min-height: 1.75rem;
      padding: 0 var(--wb-space-2);
      border: 1px solid var(--wb-line);
      border-radius: var(--wb-radius-s);
      background: none;
      color: var(--wb-ink);
      font: inherit;
      font-size: var(--wb-text-s);
      font-variant-numeric: tabular-nums;
      overflow-wrap: anywhere;
      text-align: left;
      cursor: pointer;
    }

    button.lit {
      border-color: var(--wb-ink);
      background: var(--wb-caution-tint);
    }

    :is(button, input):focus-visible {
      outline: 2px solid var(--wb-bright);
      outline-offset: 2px;
    }

    /* As on the figures' white paper. */
    svg {
      flex: none;
      width: 22px;
      height: 12px;
      border-radius: 2px;
      background: #fff;
    }

    small {
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-xs);
    }
  `;

  @property({ attribute: false }) runs: readonly RunEntry[] = [];
  /** 0 to 1; null: the runs as they are. */
  @property({ attribute: false }) share: number | null = null;
  /** Name of the run that stands out. */
  @property({ attribute: false }) lit: string | null = null;
  /** Whether any run has something to look back at. */
  @property({ attribute: false }) looksBack = false;

  override render(): unknown {
    return html`${this.looksBack ? this.#slider() : null}
      <ul aria-label="The runs">
        ${this.runs.map((run, i) => this.#run(run, i))}
      </ul>`;
  }

  #slider(): unknown {
    const at = Math.round((this.share ?? 1) * STEPS);
    const says = this.share === null ? 'at their end' : `${String(at)} % of each`;
    return html`<label>
      Look back
      <input
        type="range"
        min="0"
        max=${STEPS}
        .value=${String(at)}
        aria-valuetext=${says}
        @input=${(event: Event) => {
          const share = Number(controlValue(event)) / STEPS;
          this.#look(share < 1 ? share : null, this.lit);
        }}
      />
      <output>${says}</output>
    </label>`;
  }

  #run({ name, epoch, loss }: RunEntry, i: number): unknown {
    const light = (lit: string | null) => () => {
      this.#look(this.share, lit);
    };
    const colour = LINE_COLOURS[i % LINE_COLOURS.length] ?? '';
    return html`<li>
      <button
        type="button"
        class=${name === this.lit ? 'lit' : ''}
        data-run=${name}
        @pointerenter=${light(name)}
        @pointerleave=${light(null)}
        @focus=${light(name)}
        @blur=${light(null)}
      >
        <svg viewBox="0 0 22 12" aria-hidden="true">
          <path
            d="M1 6h20"
            style=${styleMap({ stroke: colour, 'stroke-width': '2' })}
            stroke-dasharray=${LINE_DASHES[i % LINE_DASHES.length] ?? ''}
          ></path>
        </svg>
        ${name}
        <small
          >epoch ${epoch}${loss === null ? null : html`, ${Number(loss.toPrecision(3))}`}</small
        >
      </button>
    </li>`;
  }

  #look(share: number | null, lit: string | null): void {
    this.dispatchEvent(new LookEvent(share, lit));
  }
}

declare global {
  interface HTMLElementEventMap {
    'wb-look': LookEvent;
  }

  interface HTMLElementTagNameMap {
    'wb-run-key': WbRunKey;
  }
}
