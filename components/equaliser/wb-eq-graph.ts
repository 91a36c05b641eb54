import { css, html, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { BANDS, withBand, withBandReset, type BandIndex } from '../../src/eq/edit-band';
import { bandsOf, EQ_PARAMETERS, type EqBand, type EqSetting } from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { afterBandKey } from './band-keys';
import { dbAt, edgeFor, hzAt, PLOT_FRAME, STEP_DB, xOf, yOf, type EqPlot } from './eq-plot';
import { OwnTaskElement } from '../kit/own-task-element';
import { PointDrag } from '../kit/point-drag';
import { ShapeEvent } from './shape-event';
import { newGesture } from '../state/gesture';
import { bandName, frequencyText, gainText, withMinus } from '../kit/text';

const POINTS = 241;
const MARKS_HZ = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000];
/** Frequencies that are named on a narrow screen, too. */
const MAIN_MARKS_HZ = new Set([100, 1000, 10_000]);
const NARROW = 520;
/** Milliseconds in which turns of the wheel are one gesture. */
const WHEEL_PAUSE_MS = 600;
const HANDLE_NAMES = ['L', '1', '2', '3', 'H'];

/** A setting's curve with a handle for each band: dragged, or moved by keys. */
@customElement('wb-eq-graph')
export class WbEqGraph extends OwnTaskElement {
  static override styles = css`
    :host {
      display: block;
    }

    .plot {
      position: relative;
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface-sunk);
      overflow: hidden;
    }

    svg {
      display: block;
    }

    p {
      margin: var(--wb-space-1) 0 0;
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-xs);
    }

    .grid {
      stroke: var(--wb-line);
    }

    .zero {
      stroke: var(--wb-line-strong);
    }

    text {
      fill: var(--wb-ink-quiet);
      font:
        11px system-ui,
        sans-serif;
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
      stroke: var(--wb-bright);
      stroke-width: 1.5;
    }

    .band {
      fill: color-mix(in srgb, var(--wb-warm) 22%, transparent);
    }

    .currentle {
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

    .currentle span {
      display: grid;
      place-items: center;
      width: 22px;
      height: 22px;
      border: 2px solid var(--wb-warm);
      border-radius: 50%;
      background: var(--wb-surface);
      color: var(--wb-ink);
      font: 650 var(--wb-text-xs) / 1 var(--wb-font);
    }

    .currentle.active {
      z-index: 1;
    }

    .currentle.active span {
      background: var(--wb-warm-fill);
      color: var(--wb-on-fill);
    }

    .currentle:focus-visible {
      outline: 0;
    }

    .currentle:focus-visible span {
      outline: 2px solid var(--wb-bright);
      outline-offset: 2px;
    }
  `;

  @property({ attribute: false }) setting: EqSetting = [];
  /** What is drawn thin behind it, if anything. */
  @property({ attribute: false }) behind: EqSetting | null = null;
  @property({ attribute: false }) sampleRateHz = 48_000;
  @state() private width = 640;
  /** The band that was touched last. */
  @state() private active: BandIndex | null = null;
  @query('svg') private picture!: SVGSVGElement | null;

  #plot: EqPlot = { width: 640, height: 300, edgeDb: edgeFor([]) };
  #gesture = 0;
  #wheeledAt = 0;
  #grip: readonly [number, number] = [0, 0];
  #drag = new PointDrag((event, gesture) => {
    this.#dragTo(event, gesture);
  });
  #resize = new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width > 0) this.width = width;
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
  }

  override render(): unknown {
    const { setting, behind, sampleRateHz, active, width } = this;
    // Nothing is heard above half the sample rate.
    const frequencies = logFrequencies(POINTS, 20, Math.min(20_000, sampleRateHz / 2));
    const curve = responseDb(setting, frequencies, sampleRateHz);
    const other = behind === null ? null : responseDb(behind, frequencies, sampleRateHz);
    const edge = edgeFor([...curve, ...(other ?? [])]);
    this.#plot = {
      width,
      height: width < NARROW ? 240 : 320,
      // A scale that changed under a drag would move what is dragged.
      edgeDb: this.#drag.dragging ? this.#plot.edgeDb : edge,
    };
    const plot = this.#plot;
    const alone =
      active === null ? null : responseDb(only(setting, active), frequencies, sampleRateHz);
    return html`
      <div class="plot">
        <svg
          width=${plot.width}
          height=${plot.height}
          role="img"
          aria-label=${`Frequency response at ${withMinus((sampleRateHz / 1000).toString())} kHz, 20 Hz to 20 kHz`}
        >
          ${this.#grid(plot)}
          ${alone === null ? null : svg`<path class="band" d=${`${lineOf(frequencies, alone, plot)}L${end(frequencies, plot)}`}></path>`}
          ${other === null ? null : svg`<path class="behind" d=${lineOf(frequencies, other, plot)}></path>`}
          <path class="curve" d=${lineOf(frequencies, curve, plot)}></path>
        </svg>
        ${bandsOf(setting).map((band, i) => this.#handle(band, BANDS[i] ?? 0, plot))}
      </div>
      <p id="keys">
        Drag a handle; the wheel over it changes its Q, a double click resets it. By keys: arrows
        for gain and frequency (with Shift in small steps), [ and ] for Q, Home for 0 dB, Delete to
        reset.
      </p>
    `;
  }

  #grid(plot: EqPlot): unknown {
    const { left, right, top, bottom } = PLOT_FRAME;
    const { width, height, edgeDb } = plot;
    const lines = Array.from(
      { length: (2 * edgeDb) / STEP_DB + 1 },
      (_, i) => edgeDb - i * STEP_DB,
    );
    const everySecond = edgeDb > 24;
    return svg`
      ${lines.map(
        (db) => svg`
          <line class=${db === 0 ? 'grid zero' : 'grid'} x1=${left} x2=${width - right} y1=${yOf(db, plot)} y2=${yOf(db, plot)}></line>
          ${everySecond && db % (2 * STEP_DB) !== 0 ? null : svg`<text x=${left - 6} y=${yOf(db, plot) + 4} text-anchor="end">${db > 0 ? '+' : ''}${withMinus(String(db))}</text>`}`,
      )}
      ${MARKS_HZ.map((hz) => {
        const x = xOf(hz, plot);
        const named = width >= NARROW ? hz > 20 && hz < 20_000 : MAIN_MARKS_HZ.has(hz);
        return svg`
          <line class="grid" x1=${x} x2=${x} y1=${top} y2=${height - bottom}></line>
          ${named ? svg`<text x=${x} y=${height - 7} text-anchor="middle">${hz < 1000 ? hz : `${String(hz / 1000)}k`}</text>` : null}`;
      })}
      <text x=${width - right} y=${height - 7} text-anchor="end">Hz</text>
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

function lineOf(frequencies: Float64Array, curve: Float64Array, plot: EqPlot): string {
  const points = Array.from(
    curve,
    (db, i) => `${xOf(frequencies[i] ?? 20, plot).toFixed(1)},${yOf(db, plot).toFixed(1)}`,
  );
  return `M${points.join('L')}`;
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
