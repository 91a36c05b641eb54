import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EqSetting } from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';

export interface ResponseCurve {
  readonly name: string;
  readonly setting: EqSetting;
  /** CSS colour. */
  readonly colour: string;
  readonly emphasis: boolean;
  readonly dashed?: boolean;
}

const WIDTH = 320;
const HEIGHT = 170;
const LEFT = 26;
const BOTTOM = 18;
const TOP = 6;
const FREQUENCIES = logFrequencies(161);
const MARKS_HZ = [50, 100, 200, 500, 1000, 2000, 5000, 10_000];
/** dB at the plot's edges at least; louder curves widen it in whole steps. */
const LEAST_DB = 12;
const STEP_DB = 6;

/** Responses of settings, 20 Hz–20 kHz on a log axis. */
@customElement('wb-response')
export class WbResponse extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }

    svg {
      display: block;
      width: 100%;
      height: auto;
    }

    .grid {
      stroke: var(--wb-line);
      stroke-width: 1;
    }

    .zero {
      stroke: var(--wb-line-strong);
    }

    text {
      fill: var(--wb-ink-quiet);
      font:
        9px system-ui,
        sans-serif;
    }

    path {
      fill: none;
      stroke-width: 1.5;
      stroke-linejoin: round;
      opacity: 0.55;
    }

    path.emphasis {
      stroke-width: 2.75;
      opacity: 1;
    }
  `;

  @property({ attribute: false }) curves: readonly ResponseCurve[] = [];

  override render(): unknown {
    const responses = this.curves.map(({ setting }) => responseDb(setting, FREQUENCIES));
    const loudest = Math.max(
      LEAST_DB,
      ...responses.map((curve) => Math.max(...curve.map(Math.abs))),
    );
    const edge = Math.ceil(loudest / STEP_DB) * STEP_DB;
    const y = (db: number): number => TOP + ((edge - db) / (2 * edge)) * (HEIGHT - BOTTOM - TOP);
    const lines = Array.from({ length: (2 * edge) / STEP_DB + 1 }, (_, i) => edge - i * STEP_DB);
    const names = this.curves.map(({ name }) => name).join(', ');
    return html`
      <svg
        viewBox=${`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        role="img"
        aria-label=${`Frequency response of ${names}, 20 Hz to 20 kHz`}
      >
        ${lines.map(
          (db) => svg`
            <line class=${db === 0 ? 'grid zero' : 'grid'} x1=${LEFT} x2=${WIDTH} y1=${y(db)} y2=${y(db)}></line>
            ${
              db % (edge > 18 ? 12 : 6) === 0
                ? svg`<text x=${LEFT - 4} y=${y(db) + 3} text-anchor="end">${db > 0 ? '+' : ''}${String(db).replace('-', '−')}</text>`
                : nothing
            }`,
        )}
        ${MARKS_HZ.map(
          (hz) => svg`
            <line class="grid" x1=${frequencyX(hz)} x2=${frequencyX(hz)} y1=${TOP} y2=${HEIGHT - BOTTOM}></line>
            <text x=${frequencyX(hz)} y=${HEIGHT - 5} text-anchor="middle">${hz < 1000 ? hz : `${String(hz / 1000)}k`}</text>`,
        )}
        ${responses.map((response, i) => {
          const curve = this.curves[i];
          if (curve === undefined) return nothing;
          const points = Array.from(
            response,
            (db, k) => `${frequencyX(FREQUENCIES[k] ?? 20).toFixed(1)},${y(db).toFixed(1)}`,
          );
          return svg`<path
            class=${curve.emphasis ? 'emphasis' : ''}
            stroke=${curve.colour}
            stroke-dasharray=${curve.dashed === true ? '5 4' : nothing}
            d=${`M${points.join('L')}`}
          ></path>`;
        })}
      </svg>
    `;
  }
}

function frequencyX(hz: number): number {
  return LEFT + (Math.log10(hz / 20) / 3) * (WIDTH - LEFT);
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-response': WbResponse;
  }
}
