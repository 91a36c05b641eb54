import { LitElement, css, html, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { EqSetting } from '../../src/eq/parameters';
import { logFrequencies, responseDb } from '../../src/eq/response';
import { DECADE_MARKS, FREQUENCY_MARKS, gainEdge } from '../../src/eq/response-axes';
import { eqGrid, gridStyles } from './eq-grid';
import { curvePath, type EqPlot } from './eq-plot';

export interface ResponseCurve {
  readonly name: string;
  readonly setting: EqSetting;
  /** CSS colour. */
  readonly colour: string;
  readonly emphasis: boolean;
  readonly dashed?: boolean;
}

/** As wide as it is usually drawn in CSS pixels, so that figures are as large as they say. */
const SIZE = { width: 220, height: 132, frame: { left: 38, right: 4, top: 8, bottom: 22 } };
const FIGURES = 13;
const FREQUENCIES = logFrequencies(161);
/** dB at the plot's edges at least. */
const LEAST_DB = 12;
/** The axis's ends have no room for theirs. */
const MARKS_HZ = FREQUENCY_MARKS.slice(1, -1);

/** Responses of settings, 20 Hz–20 kHz on a log axis. */
@customElement('wb-response')
export class WbResponse extends LitElement {
  static override styles = [
    gridStyles,
    css`
      :host {
        display: block;
      }

      svg {
        display: block;
        width: 100%;
        height: auto;
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
    `,
  ];

  @property({ attribute: false }) curves: readonly ResponseCurve[] = [];

  override render(): unknown {
    const responses = this.curves.map(({ setting }) => responseDb(setting, FREQUENCIES));
    const edgeDb = gainEdge(
      responses.flatMap((curve) => [...curve]),
      LEAST_DB,
    );
    const plot: EqPlot = { ...SIZE, edgeDb };
    const names = this.curves.map(({ name }) => name).join(', ');
    return html`
      <svg
        viewBox=${`0 0 ${String(SIZE.width)} ${String(SIZE.height)}`}
        role="img"
        aria-label=${`Frequency response of ${names}, 20 Hz to 20 kHz`}
      >
        ${eqGrid(plot, {
          marksHz: MARKS_HZ,
          named: (hz) => DECADE_MARKS.includes(hz),
          crowdedDb: LEAST_DB,
          size: FIGURES,
        })}
        ${responses.map((response, i) => {
          const curve = this.curves[i];
          if (curve === undefined) return nothing;
          return svg`<path
            class=${curve.emphasis ? 'emphasis' : ''}
            stroke=${curve.colour}
            stroke-dasharray=${curve.dashed === true ? '5 4' : nothing}
            d=${curvePath(FREQUENCIES, response, plot)}
          ></path>`;
        })}
      </svg>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-response': WbResponse;
  }
}
