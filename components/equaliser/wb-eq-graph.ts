import { html, nothing, svg } from 'lit';
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
  eqFrame,
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
import { textScale } from '../kit/text-scale';
import { SizeWatcher } from '../kit/watchers';
import { QPinch } from './q-pinch';
import { ShapeEvent } from './shape-event';
import './wb-q-grip';
import { newGesture } from '../state/gesture';
import { eqGraphStyles } from './eq-graph-styles';
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
  static override styles = [gridStyles, visuallyHidden, eqGraphStyles];

  @property({ attribute: false }) setting: EqSetting = [];
  /** What is drawn thin behind it. What stands in its slot `behind` lies behind all. */
  @property({ attribute: false }) behind: readonly NamedCurve[] = [];
  /** Between which curves half of a word's people lie, if that is drawn. */
  @property({ attribute: false }) band: CurveBand | null = null;
  @property({ attribute: false }) sampleRateHz = 48_000;
  @state() private width = 640;
  @state() private height = 300;
  @state() private textScale = 1;
  /** The band that was touched last. */
  @state() private active: BandIndex | null = null;
  @query('svg') private picture!: SVGSVGElement | null;

  #plot: EqPlot = { width: 640, height: 300, edgeDb: LEAST_DB, frame: eqFrame(1) };
  #gesture = 0;
  #wheeledAt = 0;
  #grip: readonly [number, number] = [0, 0];
  /** The finger that holds a handle: a second one beside it makes the bell wider or narrower. */
  #finger: { readonly pointer: number; readonly place: readonly [number, number] } | null = null;
  #pinch: { readonly q: QPinch; readonly band: BandIndex; readonly gesture: number } | null = null;
  #drag = new PointDrag((event, gesture) => {
    this.#dragTo(event, gesture);
  });

  constructor() {
    super();
    new SizeWatcher(this, (width, height) => {
      if (Math.round(width) > 0) this.width = Math.round(width);
      if (Math.round(height) > 0) this.height = Math.round(height);
      this.textScale = textScale();
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
      frame: eqFrame(this.textScale),
    };
    const plot = this.#plot;
    const alone =
      active === null ? null : responseDb(only(setting, active), frequencies, sampleRateHz);
    return html`
      <div
        class="plot"
        @pointerdown=${this.#second}
        @pointermove=${this.#pinched}
        @pointerup=${this.#lifted}
        @pointercancel=${this.#lifted}
      >
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
        Drag a handle; the wheel over a bell’s, its grip, or a second finger changes its Q; a double
        click resets it. By keys: arrows for gain and frequency (with Shift in small steps), [ and ]
        for Q, Home for 0 dB, Delete to reset.
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
      stroke-dasharray=${of.dash ?? nothing}
      d=${path}
    ></path>`;
  }

  #grid(plot: EqPlot): unknown {
    const { width, height, frame } = plot;
    const size = TEXT_SIZE * this.textScale;
    // At the axis's ends there is no room for the figures.
    const named = (hz: number): boolean =>
      width >= NARROW * this.textScale ? hz > 20 && hz < 20_000 : MAIN_MARKS_HZ.has(hz);
    return svg`
      ${eqGrid(plot, { marksHz: FREQUENCY_MARKS, named, crowdedDb: 24, size })}
      <text x=${width - frame.right} y=${height - size / 2 - 1} font-size=${size} text-anchor="end">Hz</text>
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
    // A second finger may come down on another handle.
    if (!(handle instanceof HTMLElement) || this.#finger !== null) return;
    this.active = bandOf(event);
    const { left, top, width, height } = handle.getBoundingClientRect();
    this.#grip = [left + width / 2 - event.clientX, top + height / 2 - event.clientY];
    if (event.pointerType === 'touch') {
      this.#finger = { pointer: event.pointerId, place: [event.clientX, event.clientY] };
    }
    this.#drag.down(event, true);
  };

  #moved = (event: PointerEvent): void => {
    if (this.#finger?.pointer === event.pointerId) {
      this.#finger = { pointer: event.pointerId, place: [event.clientX, event.clientY] };
    }
    this.#drag.move(event);
  };

  /** A second finger, wherever on the plot it is. */
  #second = (event: PointerEvent): void => {
    const [finger, band] = [this.#finger, this.active];
    const second = finger !== null && event.pointerId !== finger.pointer;
    if (!second || this.#pinch !== null || event.pointerType !== 'touch' || band === null) return;
    const bell = bandsOf(this.setting)[band];
    if (bell?.kind !== 'bell') return;
    this.#drag.cancel();
    if (event.target instanceof Element) event.target.setPointerCapture(event.pointerId);
    const q = new QPinch(bell.q, [
      [finger.pointer, finger.place],
      [event.pointerId, [event.clientX, event.clientY]],
    ]);
    this.#pinch = { q, band, gesture: newGesture() };
  };

  #pinched = (event: PointerEvent): void => {
    if (this.#pinch?.q.has(event.pointerId) !== true) return;
    const { q: pinch, band, gesture } = this.#pinch;
    const q = pinch.move(event.pointerId, [event.clientX, event.clientY]);
    this.#shape((setting) => withBand(setting, band, { q }), gesture);
  };

  #lifted = (event: PointerEvent): void => {
    if (this.#pinch?.q.has(event.pointerId) === true) this.#pinch = null;
    if (this.#finger?.pointer === event.pointerId) this.#finger = null;
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
