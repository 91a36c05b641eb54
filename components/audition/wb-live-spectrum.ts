import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { spectrumColumns } from '../../src/audio/spectrum-columns';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { FREQUENCY_MARKS, frequencyMark, frequencyShare } from '../../src/eq/response-axes';
import { sheetOf, type Sheet } from '../kit/canvas';
import type { AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { LiveDrawing } from './player/live-drawing';

const FREQUENCIES = logFrequencies(200);
/** The axis's ends are the drawing's. */
const MARKS_HZ = FREQUENCY_MARKS.slice(1, -1);
/** Of the curve, upwards and downwards. */
const CURVE_DB = 24;
/** Of the spectra, tilted: where the drawing ends below and above. */
const FLOOR_DB = -100;
const CEILING_DB = -20;
const LABELS = 14;

/** The spectrum before and after the equaliser while it plays, over the curve that is heard. */
@customElement('wb-live-spectrum')
export class WbLiveSpectrum extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }

    canvas {
      display: block;
      width: 100%;
      height: 170px;
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface-sunk);
    }

    p {
      display: flex;
      flex-wrap: wrap;
      gap: 0 var(--wb-space-3);
      margin: var(--wb-space-1) 0 0;
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-xs);
    }

    i {
      display: inline-block;
      width: 14px;
      margin-right: 4px;
      vertical-align: middle;
    }

    .before {
      height: 8px;
      background: var(--wb-line-strong);
    }

    .after {
      height: 2px;
      background: var(--wb-bright);
    }

    .curve {
      height: 4px;
      background: var(--wb-warm);
    }
  `;

  @property({ attribute: false }) player: AudioPlayer | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement;

  #bins = new Float32Array();

  constructor() {
    super();
    new PlayerWatcher(this);
    new LiveDrawing(this, () => {
      this.#draw();
    });
  }

  override render(): unknown {
    const name = this.player?.choice?.name ?? 'the bypass';
    return html`
      <canvas
        role="img"
        aria-label=${`Curve of ${name}, ±${String(CURVE_DB)} dB from 20 Hz to 20 kHz, and the spectrum of what plays before and after it`}
      ></canvas>
      <p>
        <span><i class="curve"></i>curve, ±${CURVE_DB} dB</span>
        <span><i class="before"></i>spectrum before</span>
        <span><i class="after"></i>after</span>
        <span>(tilted so that pink noise lies level)</span>
      </p>
    `;
  }

  #draw = (): void => {
    const { player } = this;
    if (player === null || !this.hasUpdated) return;
    const sheet = sheetOf(this.canvas);
    if (sheet === null) return;
    const style = getComputedStyle(this);
    const colour = (token: string): string => style.getPropertyValue(token);
    drawGrid(sheet, colour);
    if (player.playing && player.taps !== null) {
      const { before, after } = player.taps;
      trace(sheet, this.#levels(before), FLOOR_DB, CEILING_DB);
      sheet.pen.lineTo(sheet.width, sheet.height - LABELS);
      sheet.pen.lineTo(0, sheet.height - LABELS);
      sheet.pen.fillStyle = colour('--wb-line-strong');
      sheet.pen.globalAlpha = 0.55;
      sheet.pen.fill();
      sheet.pen.globalAlpha = 1;
      trace(sheet, this.#levels(after), FLOOR_DB, CEILING_DB);
      stroke(sheet, colour('--wb-bright'), 1.5);
    }
    const rate = player.source?.buffer.sampleRate ?? 48_000;
    const curve =
      player.choice === null
        ? new Float64Array(FREQUENCIES.length)
        : responseDb(player.choice.setting, FREQUENCIES, rate);
    trace(sheet, curve, -CURVE_DB, CURVE_DB);
    stroke(sheet, colour('--wb-warm'), 2.5);
  };

  #levels(analyser: AnalyserNode): Float64Array {
    if (this.#bins.length !== analyser.frequencyBinCount) {
      this.#bins = new Float32Array(analyser.frequencyBinCount);
    }
    analyser.getFloatFrequencyData(this.#bins);
    return spectrumColumns(this.#bins, analyser.context.sampleRate, FREQUENCIES);
  }
}

function drawGrid({ pen, width, height }: Sheet, colour: (token: string) => string): void {
  pen.fillStyle = colour('--wb-line');
  for (const hz of MARKS_HZ) pen.fillRect(frequencyShare(hz) * width, 0, 1, height - LABELS);
  const middle = (height - LABELS) / 2;
  for (const share of [0.5, 1, 1.5]) pen.fillRect(0, middle * share, width, 1);
  pen.fillStyle = colour('--wb-ink-quiet');
  pen.font = '10px system-ui, sans-serif';
  pen.textAlign = 'center';
  for (const hz of MARKS_HZ) {
    pen.fillText(frequencyMark(hz), frequencyShare(hz) * width, height - 3);
  }
}

/** Begins a path along levels of {@link FREQUENCIES}. */
function trace(
  { pen, width, height }: Sheet,
  levels: Float64Array,
  low: number,
  high: number,
): void {
  pen.beginPath();
  levels.forEach((db, i) => {
    const share = (high - Math.min(high, Math.max(low, db))) / (high - low);
    pen.lineTo(frequencyShare(FREQUENCIES[i] ?? 20) * width, share * (height - LABELS));
  });
}

function stroke({ pen }: Sheet, colour: string, width: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.lineJoin = 'round';
  pen.stroke();
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-live-spectrum': WbLiveSpectrum;
  }
}
