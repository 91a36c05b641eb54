import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { spectrumColumns } from '../../src/audio/spectrum-columns';
import { logFrequencies } from '../../src/eq/response';
import { frequencyShare } from '../../src/eq/response-axes';
import { sheetOf, type Sheet } from '../kit/canvas';
import { eqFrame, type EqPlot } from '../kit/eq-plot';
import { textScale } from '../kit/text-scale';
import type { AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { LiveDrawing } from './player/live-drawing';

const FREQUENCIES = logFrequencies(200);
/** Of the spectra, tilted so that pink noise lies level: where the drawing ends below and above. */
const FLOOR_DB = -100;
const CEILING_DB = -20;

/**
 * The spectrum before and after the equaliser while it plays, to stand behind the current EQ's curve:
 * its frequencies are the curve's, its levels have no scale.
 */
@customElement('wb-live-spectrum')
export class WbLiveSpectrum extends LitElement {
  static override styles = css`
    canvas {
      display: block;
      width: 100%;
      height: 100%;
    }
  `;

  @property({ attribute: false }) player: AudioPlayer | null = null;
  @query('canvas') private canvas!: HTMLCanvasElement;

  #bins = new Float32Array();
  /** Whether nothing is on the canvas. */
  #clear = true;

  constructor() {
    super();
    new PlayerWatcher(this);
    new LiveDrawing(this, () => {
      this.#draw();
    });
  }

  override render(): unknown {
    const name = this.player?.choice?.name ?? 'the bypass';
    return html`<canvas
      role="img"
      aria-label=${`The spectrum of what plays, filled before and as a line after ${name}`}
    ></canvas>`;
  }

  #draw = (): void => {
    const { player } = this;
    if (player === null || !this.hasUpdated) return;
    const taps = player.playing ? player.taps : null;
    // Where nothing is to be seen, and nothing was, to fit the canvas would lay the page out for nothing.
    if (taps === null && this.#clear) return;
    const sheet = sheetOf(this.canvas);
    if (sheet === null) return;
    this.#clear = taps === null;
    if (taps === null) return;
    const style = getComputedStyle(this);
    const { pen, width, height } = sheet;
    const { before, after } = taps;
    const frame = eqFrame(textScale());
    trace(sheet, frame, this.#levels(before));
    pen.lineTo(width - frame.right, height - frame.bottom);
    pen.lineTo(frame.left, height - frame.bottom);
    pen.fillStyle = style.getPropertyValue('--wb-line-strong');
    pen.globalAlpha = 0.4;
    pen.fill();
    pen.globalAlpha = 0.8;
    trace(sheet, frame, this.#levels(after));
    pen.strokeStyle = style.getPropertyValue('--wb-bright');
    pen.lineWidth = 1;
    pen.lineJoin = 'round';
    pen.stroke();
    pen.globalAlpha = 1;
  };

  #levels(analyser: AnalyserNode): Float64Array {
    if (this.#bins.length !== analyser.frequencyBinCount) {
      this.#bins = new Float32Array(analyser.frequencyBinCount);
    }
    analyser.getFloatFrequencyData(this.#bins);
    return spectrumColumns(this.#bins, analyser.context.sampleRate, FREQUENCIES);
  }
}

/** Begins a path along levels of {@link FREQUENCIES}. */
function trace(
  { pen, width, height }: Sheet,
  { left, right, top, bottom }: EqPlot['frame'],
  levels: Float64Array,
): void {
  pen.beginPath();
  levels.forEach((db, i) => {
    const share =
      (CEILING_DB - Math.min(CEILING_DB, Math.max(FLOOR_DB, db))) / (CEILING_DB - FLOOR_DB);
    pen.lineTo(
      left + frequencyShare(FREQUENCIES[i] ?? 20) * (width - left - right),
      top + share * (height - top - bottom),
    );
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-live-spectrum': WbLiveSpectrum;
  }
}
