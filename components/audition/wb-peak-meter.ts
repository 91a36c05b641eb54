import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { signed } from '../../src/base/number-text';
import { METER_FLOOR_DB, PeakHold } from '../../src/audio/peak-hold';
import { sheetOf } from '../kit/canvas';
import type { AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { Frames } from '../kit/frames';
import { ThemeWatcher } from '../kit/watchers';

/** dB of full scale above which the bar is drawn as a caution. */
const CAUTION_DB = -3;
/** What is heard for so long after a change may still be of the sound before. */
const CHANGED_S = 0.25;

/** Peaks of what leaves the equaliser, before the volume: what a file of it would hold. */
@customElement('wb-peak-meter')
export class WbPeakMeter extends LitElement {
  static override styles = css`
    :host {
      display: block;
      font-size: var(--wb-text-s);
    }

    canvas {
      display: block;
      width: 100%;
      height: 18px;
      border-radius: 3px;
      background: var(--wb-surface-sunk);
    }

    p {
      display: flex;
      flex-wrap: wrap;
      justify-content: space-between;
      gap: 0 var(--wb-space-3);
      min-height: 1.45em;
      margin: var(--wb-space-1) 0 0;
      color: var(--wb-ink-quiet);
      font-variant-numeric: tabular-nums;
    }

    .over {
      color: var(--wb-danger);
      font-weight: 600;
    }
  `;

  @property({ attribute: false }) player: AudioPlayer | null = null;
  /** As it is written: the held peak and how far over full scale, in tenths of a dB. */
  @state() private held = METER_FLOOR_DB;
  @state() private over = 0;
  @query('canvas') private canvas!: HTMLCanvasElement;

  #channels: PeakHold[] = [];
  #samples = new Float32Array();
  /** Times of the audio clock. */
  #lookedAtS = 0;
  #quietUntilS = 0;
  /** What is measured; the figures of another are forgotten. */
  #measured: readonly unknown[] = [];
  /** Whether nothing is on the canvas. */
  #clear = true;
  #frames = new Frames(() => {
    this.#look();
  });

  constructor() {
    super();
    new PlayerWatcher(this);
    new ThemeWatcher(this, this.#draw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#frames.stop();
  }

  override render(): unknown {
    const text = this.held <= METER_FLOOR_DB ? 'none' : `${signed(this.held, 1)} dBFS`;
    return html`
      <canvas role="img" aria-label="Peak meter, from −60 dB to full scale"></canvas>
      <p>
        <span>Peak: ${text}</span>
        <span class="over" role="status"
          >${this.over > 0 ? `Clipping: ${this.over.toFixed(1)} dB over full scale` : null}</span
        >
      </p>
    `;
  }

  protected override willUpdate(): void {
    const { source, choice, match } = this.player ?? {};
    const measured = [source, choice, match];
    if (measured.every((value, i) => value === this.#measured[i])) return;
    this.#measured = measured;
    for (const channel of this.#channels) channel.clear();
    this.over = 0;
    this.#quietUntilS = this.#clock() + CHANGED_S;
  }

  override updated(changed: PropertyValues): void {
    // Its own figures change while it is drawn already.
    if (changed.has('held') || changed.has('over')) return;
    if (this.player?.playing === true) {
      this.#frames.start();
    } else {
      this.#frames.stop();
      this.#channels = [];
      this.held = METER_FLOOR_DB;
    }
    this.#draw();
  }

  #clock(): number {
    return this.player?.taps?.before.context.currentTime ?? 0;
  }

  #look(): void {
    const taps = this.player?.taps;
    if (taps == null) return;
    const now = this.#clock();
    const elapsed = Math.ceil((now - this.#lookedAtS) * taps.before.context.sampleRate);
    this.#lookedAtS = now;
    if (now < this.#quietUntilS) return;
    if (this.#channels.length !== taps.channels.length) {
      this.#channels = taps.channels.map(() => new PeakHold());
    }
    this.#channels.forEach((hold, i) => {
      const analyser = taps.channels[i];
      if (analyser !== undefined) hold.push(this.#peakOf(analyser, elapsed), now);
    });
    this.held = rounded(Math.max(...this.#channels.map(({ heldDb }) => heldDb)));
    // A tenth at least, once there is anything to warn of.
    const over = Math.max(...this.#channels.map(({ overDb }) => overDb));
    this.over = Math.ceil(over * 10) / 10;
    this.#draw();
  }

  /** The largest of the newest samples. */
  #peakOf(analyser: AnalyserNode, elapsed: number): number {
    if (this.#samples.length !== analyser.fftSize) {
      this.#samples = new Float32Array(analyser.fftSize);
    }
    analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (let i = Math.max(0, this.#samples.length - elapsed); i < this.#samples.length; i++) {
      peak = Math.max(peak, Math.abs(this.#samples[i] ?? 0));
    }
    return peak;
  }

  #draw = (): void => {
    const empty = this.#channels.length === 0;
    // Where nothing is to be seen, and nothing was, to fit the canvas would lay the page out for nothing.
    if (!this.hasUpdated || (empty && this.#clear)) return;
    const sheet = sheetOf(this.canvas);
    if (sheet === null) return;
    this.#clear = empty;
    const { pen, width, height } = sheet;
    const style = getComputedStyle(this);
    const tall = height / Math.max(1, this.#channels.length);
    this.#channels.forEach(({ barDb, heldDb }, i) => {
      const token = barDb > 0 ? '--wb-danger' : barDb > CAUTION_DB ? '--wb-caution' : '--wb-bright';
      pen.fillStyle = style.getPropertyValue(token);
      pen.fillRect(0, i * tall + 1, width * shareOf(barDb), tall - 2);
      pen.fillStyle = style.getPropertyValue('--wb-ink');
      pen.fillRect(Math.min(width - 2, width * shareOf(heldDb)), i * tall + 1, 2, tall - 2);
    });
  };
}

/** Of the meter's length. */
function shareOf(db: number): number {
  return Math.min(1, Math.max(0, 1 - db / METER_FLOOR_DB));
}

function rounded(db: number): number {
  return Math.round(db * 10) / 10;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-peak-meter': WbPeakMeter;
  }
}
