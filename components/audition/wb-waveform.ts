import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { overviewOf, type Overview } from '../../src/audio/overview';
import { sheetOf } from '../kit/canvas';
import { SHORTEST_LOOP_S, type AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { LiveDrawing } from './player/live-drawing';
import type { Region } from './player/loop-player';
import { textButton } from '../kit/button-styles';
import { clockText } from '../kit/text';

/** Columns of the drawing, whatever its width. */
const COLUMNS = 600;
/** Steps of a marker's keys, as shares of the whole. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -0.005,
  ArrowDown: -0.005,
  ArrowRight: 0.005,
  ArrowUp: 0.005,
  PageDown: -0.05,
  PageUp: 0.05,
  Home: -1,
  End: 1,
};

type Marker = 'startS' | 'endS';

/** The material at a glance, where it is, and the markers of the loop. */
@customElement('wb-waveform')
export class WbWaveform extends LitElement {
  static override styles = [
    textButton,
    css`
      :host {
        display: block;
      }

      .wave {
        position: relative;
        height: 72px;
        margin: 0 8px;
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface-sunk);
      }

      canvas {
        display: block;
        width: 100%;
        height: 100%;
        cursor: pointer;
      }

      .marker {
        position: absolute;
        top: 0;
        bottom: 0;
        width: 16px;
        margin-left: -8px;
        cursor: ew-resize;
        touch-action: none;
      }

      .marker::before {
        content: '';
        position: absolute;
        inset: 0 7px;
        background: var(--wb-warm);
      }

      .marker::after {
        content: '';
        position: absolute;
        top: 0;
        left: 3px;
        width: 10px;
        height: 12px;
        border-radius: 0 0 5px 5px;
        background: var(--wb-warm);
      }

      .marker:focus-visible {
        outline: 2px solid var(--wb-bright);
        border-radius: 3px;
      }

      p {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 var(--wb-space-3);
        margin: var(--wb-space-1) 0 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) player: AudioPlayer | null = null;
  /** Where markers are while one is dragged; the player hears of it at the end. */
  @state() private dragged: Region | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement;

  #overview: { readonly buffer: AudioBuffer; readonly shape: Overview } | null = null;

  constructor() {
    super();
    new PlayerWatcher(this);
    new LiveDrawing(this, () => {
      this.#draw();
    });
  }

  override render(): unknown {
    const { player } = this;
    if (player?.source == null) return null;
    const { duration } = player.source.buffer;
    const region = this.#region(player);
    const whole = region.startS === 0 && region.endS === duration;
    return html`
      <div class="wave">
        <canvas
          role="img"
          aria-label=${`Waveform of ${player.source.name}`}
          @click=${this.#seek}
        ></canvas>
        ${this.#marker('startS', 'Loop start', region, duration)}
        ${this.#marker('endS', 'Loop end', region, duration)}
      </div>
      <p>
        <span>Loop ${clockText(region.startS)} to ${clockText(region.endS)}</span>
        ${
          whole
            ? null
            : html`<button
                class="text"
                type="button"
                @click=${() => {
                  player.setRegion({ startS: 0, endS: duration });
                }}
              >
                Loop the whole
              </button>`
        }
      </p>
    `;
  }

  #marker(marker: Marker, label: string, region: Region, duration: number): unknown {
    const { least, most } = limits(marker, region, duration);
    return html`<div
      class="marker"
      role="slider"
      tabindex="0"
      aria-label=${label}
      aria-valuemin=${least.toFixed(2)}
      aria-valuemax=${most.toFixed(2)}
      aria-valuenow=${region[marker].toFixed(2)}
      aria-valuetext=${clockText(region[marker])}
      style=${styleMap({ left: `${String((100 * region[marker]) / duration)}%` })}
      @keydown=${(event: KeyboardEvent) => {
        this.#key(marker, event);
      }}
      @pointerdown=${this.#grab}
      @pointermove=${(event: PointerEvent) => {
        this.#drag(marker, event);
      }}
      @pointerup=${this.#drop}
      @pointercancel=${this.#drop}
    ></div>`;
  }

  #region(player: AudioPlayer): Region {
    return this.dragged ?? player.region;
  }

  #key(marker: Marker, event: KeyboardEvent): void {
    const { player } = this;
    const step = STEPS[event.key];
    if (step === undefined || player?.source == null) return;
    event.preventDefault();
    const { duration } = player.source.buffer;
    player.setRegion(
      moved(player.region, marker, player.region[marker] + step * duration, duration),
    );
  }

  #grab = (event: PointerEvent): void => {
    if (!(event.currentTarget instanceof HTMLElement) || this.player === null) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    this.dragged = this.player.region;
  };

  #drag(marker: Marker, event: PointerEvent): void {
    if (this.dragged === null || this.player?.source == null) return;
    const { duration } = this.player.source.buffer;
    this.dragged = moved(this.dragged, marker, this.#timeAt(event, duration), duration);
  }

  #drop = (): void => {
    if (this.dragged !== null) this.player?.setRegion(this.dragged);
    this.dragged = null;
  };

  #seek = (event: MouseEvent): void => {
    if (this.player?.source == null) return;
    this.player.seek(this.#timeAt(event, this.player.source.buffer.duration));
  };

  #timeAt({ clientX }: MouseEvent, duration: number): number {
    const { left, width } = this.canvas.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width)) * duration;
  }

  #draw = (): void => {
    const { player } = this;
    if (player?.source == null || !this.hasUpdated) return;
    const sheet = sheetOf(this.canvas);
    if (sheet === null) return;
    const { pen, width, height } = sheet;
    const { buffer } = player.source;
    const { low, high } = this.#shapeOf(buffer);
    const { startS, endS } = this.#region(player);
    const style = getComputedStyle(this);
    const column = width / COLUMNS;
    const middle = height / 2;
    for (let i = 0; i < COLUMNS; i++) {
      const at = ((i + 0.5) / COLUMNS) * buffer.duration;
      const looped = at >= startS && at <= endS;
      pen.fillStyle = style.getPropertyValue(looped ? '--wb-bright' : '--wb-line-strong');
      const top = middle - Math.min(1, high[i] ?? 0) * middle;
      const bottom = middle - Math.max(-1, low[i] ?? 0) * middle;
      pen.fillRect(i * column, top, Math.max(column, 0.75), Math.max(1, bottom - top));
    }
    pen.fillStyle = style.getPropertyValue('--wb-ink');
    pen.fillRect((player.positionS / buffer.duration) * width - 0.75, 0, 1.5, height);
  };

  #shapeOf(buffer: AudioBuffer): Overview {
    if (this.#overview?.buffer !== buffer) {
      const channels = Array.from({ length: buffer.numberOfChannels }, (_, channel) =>
        buffer.getChannelData(channel),
      );
      this.#overview = { buffer, shape: overviewOf(channels, COLUMNS) };
    }
    return this.#overview.shape;
  }
}

/** Where a marker may go while the other stays. */
function limits(
  marker: Marker,
  { startS, endS }: Region,
  duration: number,
): { least: number; most: number } {
  return marker === 'startS'
    ? { least: 0, most: Math.max(0, endS - SHORTEST_LOOP_S) }
    : { least: Math.min(duration, startS + SHORTEST_LOOP_S), most: duration };
}

function moved(region: Region, marker: Marker, to: number, duration: number): Region {
  const { least, most } = limits(marker, region, duration);
  return { ...region, [marker]: Math.min(most, Math.max(least, to)) };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-waveform': WbWaveform;
  }
}
