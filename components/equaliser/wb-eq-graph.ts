import { css, html, nothing, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { withMinus } from '../../src/base/number-text';
import { withBand, withBandReset } from '../../src/eq/edit-band';
import {
  BANDS,
  bandsOf,
  EQ_PARAMETERS,
  type BandIndex,
  type EqBand,
  type EqSetting,
} from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { FREQUENCY_MARKS, gainEdge } from '../../src/eq/response-axes';
import { afterBandKey } from './band-keys';
import { eqGrid, gridStyles } from '../kit/eq-grid';
import {
  bandPath,
  curvePath,
  dbAt,
  EQ_FRAME,
  hzAt,
  xOf,
  yOf,
  type CurveBand,
  type EqPlot,
  type NamedCurve,
} from '../kit/eq-plot';
import { OwnTaskElement } from '../kit/own-task-element';
import { PointDrag } from '../kit/point-drag';
import { visuallyHidden } from '../kit/shared-styles';
import { SizeWatcher } from '../kit/watchers';
import { ShapeEvent } from './shape-event';
import './wb-q-grip';
import { newGesture } from '../state/gesture';
import { bandName, frequencyText, gainText } from '../kit/text';

const POINTS = 241;
/** dB at the graph's edges at least. */
const LEAST_DB = 18;
const TEXT_SIZE = 12;
/** Frequencies that are named on a narrow screen, too. */
const MAIN_MARKS_HZ = new Set([100, 1000, 10_000]);
const NARROW = 520;
/** Milliseconds in which turns of the wheel are one gesture. */
const WHEEL_PAUSE_MS = 600;
const HANDLE_NAMES = ['L', '1', '2', '3', 'H'];

/** A setting's curve with a handle for each band: dragged, or moved by keys. */
@customElement('wb-eq-graph')
export class WbEqGraph extends OwnTaskElement {
  static override styles = [
    gridStyles,
    visuallyHidden,
    css`
      :host {
        display: block;
        min-height: 10rem;
      }

      ::slotted(*) {
        position: absolute;
        inset: 0;
      }

      .plot {
        position: relative;
        height: 100%;
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface-sunk);
        overflow: hidden;
      }

      svg {
        position: relative;
        display: block;
      }

      path {
        fill: none;
        stroke-linejoin: round;
      }

      .curve {
        stroke: var(--wb-ink);
        stroke-width: 2.75;
      }

      .behind {
        stroke-width: 1.75;
      }

      .people {
        fill: color-mix(in srgb, var(--wb-ink) 10%, transparent);
      }

      .band {
        fill: color-mix(in srgb, var(--wb-warm) 22%, transparent);
      }

      .handle {
        position: absolute;
        left: -22px;
        top: -22px;
        width: 44px;
        height: 44px;
        display: grid;
        place-items: center;
        cursor: grab;
        touch-action: none;
        user-select: none;
        -webkit-user-select: none;
      }

      .handle span {
        display: grid;
        place-items: center;
        width: 1.375rem;
        height: 1.375rem;
        border: 2px solid var(--wb-warm);
        border-radius: 50%;
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: 650 var(--wb-text-xs) / 1 var(--wb-font);
      }

      .handle.active {
        z-index: 1;
      }

      .handle.active span {
        background: var(--wb-warm-fill);
        color: var(--wb-on-fill);
        forced-color-adjust: none;
      }

      .handle:focus-visible {
        outline: 0;
      }

      .handle:focus-visible span {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }
    `,
  ];

  @property({ attribute: false }) setting: EqSetting = [];
  /** What is drawn thin behind it. What stands in its slot `behind` lies behind all. */
  @property({ attribute: false }) behind: readonly NamedCurve[] = [];
  /** Between which curves half of a word's people lie, if that is drawn. */
  @property({ attribute: false }) band: CurveBand | null = null;
  @property({ attribute: false }) sampleRateHz = 48_000;
  @state() private width = 640;
  @state() private height = 300;
  /** The band that was touched last. */
  @state() private active: BandIndex | null = null;
  @query('svg') private picture!: SVGSVGElement | null;

  #plot: EqPlot = { width: 640, height: 300, edgeDb: LEAST_DB, frame: EQ_FRAME };
  #gesture = 0;
  #wheeledAt = 0;
  #grip: readonly [number, number] = [0, 0];
  #drag = new PointDrag((event, gesture) => {
    this.#dragTo(event, gesture);
  });

  constructor() {
    super();
    new SizeWatcher(this, (width, height) => {
      if (Math.round(width) > 0) this.width = Math.round(width);
      if (Math.round(height) > 0) this.height = Math.round(height);
    });
  }

  override render(): unknown {
    const { setting, behind, sampleRateHz, active, width, height } = this;
    // Nothing is heard above half the sample rate.
    const frequencies = logFrequencies(POINTS, 20, Math.min(20_000, sampleRateHz / 2));
    const curve = responseDb(setting, frequencies, sampleRateHz);
    const others = behind.map((of) => responseDb(of.setting, frequencies, sampleRateHz));
    const edge = gainEdge(
      [curve, ...others].flatMap((response) => [...response]),
      LEAST_DB,
    );
    this.#plot = {
      width,
      height,
      // A scale that changed under a drag would move what is dragged.
      edgeDb: this.#drag.dragging ? this.#plot.edgeDb : edge,
      frame: EQ_FRAME,
    };
    const plot = this.#plot;
    const alone =
      active === null ? null : responseDb(only(setting, active), frequencies, sampleRateHz);
    return html`
      <div class="plot">
        <slot name="behind"></slot>
        <svg
          width=${plot.width}
          height=${plot.height}
          role="img"
          aria-label=${`Frequency response at ${withMinus((sampleRateHz / 1000).toString())} kHz, 20 Hz to 20 kHz`}
        >
          ${this.#grid(plot)} ${this.#between(plot)}
          ${alone === null ? null : svg`<path class="band" d=${`${curvePath(frequencies, alone, plot)}L${end(frequencies, plot)}`}></path>`}
          ${others.map((other, i) => this.#behind(behind[i], curvePath(frequencies, other, plot)))}
          <path class="curve" d=${curvePath(frequencies, curve, plot)}></path>
        </svg>
        ${
          active === null
            ? null
            : html`<wb-q-grip
                .setting=${setting}
                .band=${active}
                .plot=${plot}
                @shape=${({ change, gesture }: ShapeEvent) => {
                  this.#shape(change, gesture);
                }}
              ></wb-q-grip>`
        }
        ${bandsOf(setting).map((band, i) => this.#handle(band, BANDS[i] ?? 0, plot))}
      </div>
      <p id="keys" class="visually-hidden">
        Drag a handle; the wheel over a bell’s, or its grip, changes its Q; a double click resets
        it. By keys: arrows for gain and frequency (with Shift in small steps), [ and ] for Q, Home
        for 0 dB, Delete to reset.
      </p>
    `;
  }

  #between(plot: EqPlot): unknown {
    const { band } = this;
    if (band === null) return null;
    return svg`<path class="people" d=${bandPath(band, plot)}></path>`;
  }

  #behind(of: NamedCurve | undefined, path: string): unknown {
    if (of === undefined) return null;
    return svg`<path
      class="behind"
      stroke=${of.colour}
      stroke-dasharray=${of.dashed ? '6 4' : nothing}
      d=${path}
    ></path>`;
  }

  #grid(plot: EqPlot): unknown {
    const { width, height, frame } = plot;
    // At the axis's ends there is no room for the figures.
    const named = (hz: number): boolean =>
      width >= NARROW ? hz > 20 && hz < 20_000 : MAIN_MARKS_HZ.has(hz);
    return svg`
      ${eqGrid(plot, { marksHz: FREQUENCY_MARKS, named, crowdedDb: 24, size: TEXT_SIZE })}
      <text x=${width - frame.right} y=${height - 7} font-size=${TEXT_SIZE} text-anchor="end">Hz</text>
    `;
  }

  #handle({ gainDb, frequencyHz, q, kind }: EqBand, band: BandIndex, plot: EqPlot): unknown {
    const place = `translate(${xOf(frequencyHz, plot).toFixed(1)}px, ${yOf(gainDb, plot).toFixed(1)}px)`;
    const text = `${gainText(gainDb)} at ${frequencyText(frequencyHz)}${kind === 'bell' ? `, Q ${q.toFixed(2)}` : ''}`;
    return html`
      <div
        class=${band === this.active ? 'handle active' : 'handle'}
        style=${styleMap({ transform: place })}
        role="slider"
        tabindex="0"
        data-band=${band}
        aria-label=${bandName(band)}
        aria-describedby="keys"
        aria-valuemin="-12"
        aria-valuemax="12"
        aria-valuenow=${Number(gainDb.toFixed(2))}
        aria-valuetext=${text}
        title=${`${bandName(band)}: ${text}`}
        @focus=${this.#activate}
        @pointerdown=${this.#grab}
        @pointermove=${this.#moved}
        @pointerup=${this.#released}
        @pointercancel=${this.#cancelled}
        @dblclick=${this.#resetBand}
        @wheel=${this.#wheel}
        @keydown=${this.#key}
      >
        <span aria-hidden="true">${HANDLE_NAMES[band]}</span>
      </div>
    `;
  }

  #activate = (event: Event): void => {
    this.active = bandOf(event);
  };

  #grab = (event: PointerEvent): void => {
    const handle = event.currentTarget;
    if (!(handle instanceof HTMLElement)) return;
    this.active = bandOf(event);
    const { left, top, width, height } = handle.getBoundingClientRect();
    this.#grip = [left + width / 2 - event.clientX, top + height / 2 - event.clientY];
    this.#drag.down(event, true);
  };

  #moved = (event: PointerEvent): void => {
    this.#drag.move(event);
  };

  #released = (event: PointerEvent): void => {
    this.#drag.up(event);
    this.requestUpdate();
  };

  #cancelled = (): void => {
    this.#drag.cancel();
    this.requestUpdate();
  };

  #dragTo(event: PointerEvent, gesture: number): void {
    const rectangle = this.picture?.getBoundingClientRect();
    const band = this.active;
    if (rectangle === undefined || band === null) return;
    const x = event.clientX + this.#grip[0] - rectangle.left;
    const y = event.clientY + this.#grip[1] - rectangle.top;
    const values = { frequency: hzAt(x, this.#plot), gain: dbAt(y, this.#plot) };
    this.#shape((setting) => withBand(setting, band, values), gesture);
  }

  #resetBand = (event: Event): void => {
    const band = bandOf(event);
    this.#shape((setting) => withBandReset(setting, band), newGesture());
  };

  #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (event.timeStamp - this.#wheeledAt > WHEEL_PAUSE_MS) this.#gesture = newGesture();
    this.#wheeledAt = event.timeStamp;
    // With Shift, browsers turn the wheel sideways.
    const turn = event.deltaY === 0 ? event.deltaX : event.deltaY;
    const key = turn < 0 ? 'PageUp' : 'PageDown';
    const band = bandOf(event);
    const fine = event.shiftKey;
    this.#shape((setting) => afterBandKey(setting, band, key, fine) ?? setting, this.#gesture);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key, shiftKey: fine } = event;
    const band = bandOf(event);
    if (afterBandKey(this.setting, band, key, fine) === null) return;
    event.preventDefault();
    if (!event.repeat) this.#gesture = newGesture();
    this.#shape((setting) => afterBandKey(setting, band, key, fine) ?? setting, this.#gesture);
  };

  #shape(change: ShapeEvent['change'], gesture: number): void {
    this.dispatchEvent(new ShapeEvent(change, gesture));
  }
}

/** The band of the handle that an event came from. */
function bandOf({ currentTarget }: Event): BandIndex {
  const number = currentTarget instanceof HTMLElement ? Number(currentTarget.dataset.band) : 0;
  return BANDS.find((band) => band === number) ?? 0;
}

/** The setting with all other bands silent. */
function only(setting: EqSetting, band: BandIndex): EqSetting {
  return setting.map((value, i) => {
    const { kind, band: own } = EQ_PARAMETERS[i] ?? {};
    return kind === 'gain' && own !== band ? 0 : value;
  });
}

/** Back along the line of 0 dB, to close an area. */
function end(frequencies: Float64Array, plot: EqPlot): string {
  const zero = yOf(0, plot).toFixed(1);
  const last = xOf(frequencies.at(-1) ?? 20_000, plot).toFixed(1);
  return `${last},${zero}L${xOf(frequencies[0] ?? 20, plot).toFixed(1)},${zero}Z`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-eq-graph': WbEqGraph;
  }
}
