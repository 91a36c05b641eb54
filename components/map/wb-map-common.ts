import { css, html, svg, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { DECADE_MARKS, gainEdge } from '../../src/eq/response-axes';
import { latentAt } from '../../src/analysis/projection';
import { settingOfRow } from '../kit/curve-quantiles';
import { eqGrid, gridStyles } from '../kit/eq-grid';
import { bandPath, curvePath, type EqPlot } from '../kit/eq-plot';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { modelCode } from '../state/model-code';
import type { ShownModel } from '../state/page-state';
import { colourNumbers, colourOf } from '../kit/word-colours';
import { dotStyles, wordDot } from './word-dot';
import { inCommon, type InCommon } from './in-common';
import { MarksEvent, type MapMarks } from './map-marks';

/** As wide as it is usually drawn in CSS pixels, so that figures are as large as they say. */
const SIZE = { width: 220, height: 124, frame: { left: 34, right: 0, top: 8, bottom: 22 } };
/** dB at the picture's edges at least. */
const LEAST_DB = 6;
/** Words beyond these are summed up. */
const MOST_WORDS = 6;

/** What the rows that were picked out of the map have in common. */
@customElement('wb-map-common')
export class WbMapCommon extends OwnTaskElement {
  static override styles = [
    gridStyles,
    iconStyles,
    dotStyles,
    css`
      :host {
        display: block;
        overflow: auto;
        padding: var(--wb-space-2);
        font-size: var(--wb-text-s);
        font-variant-numeric: tabular-nums;
      }

      header {
        display: flex;
        gap: var(--wb-space-2);
        align-items: start;
        justify-content: space-between;
      }

      h2 {
        margin: 0;
        font: 650 var(--wb-text-m) / 1.3 var(--wb-font-display);
      }

      header button {
        flex: none;
        width: 1.9rem;
        height: 1.9rem;
        border: 0;
        border-radius: var(--wb-radius-s);
        background: none;
        color: var(--wb-ink);
        cursor: pointer;
      }

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      svg.curves {
        display: block;
        width: 100%;
        max-width: 18rem;
        height: auto;
      }

      .median {
        fill: none;
        stroke: var(--wb-ink);
        stroke-width: 2.5;
      }

      .half {
        fill: color-mix(in srgb, var(--wb-ink) 14%, transparent);
      }

      p,
      ul {
        margin: var(--wb-space-1) 0 0;
        padding: 0;
      }

      /* As wide as the curves, so that a count stands near its word. */
      ul {
        max-width: 22rem;
      }

      li {
        display: flex;
        gap: 6px;
        align-items: baseline;
        list-style: none;
      }

      li span:last-child {
        margin-left: auto;
      }

      .quiet {
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) marks!: MapMarks;

  #common: InCommon | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('model') && !changed.has('marks')) return;
    const { model } = this;
    const { picked } = this.marks;
    if (model?.map == null || picked === null || picked.length === 0) {
      this.#common = null;
      return;
    }
    const { map, settings, contributors } = model;
    const settingOf = (row: number) => {
      if (settings !== null) return settingOfRow(settings, row);
      const at = [map.points[2 * row] ?? 0, map.points[2 * row + 1] ?? 0] as const;
      return modelCode().decodeSetting(model, latentAt(at, map));
    };
    this.#common = inCommon(picked, { labels: map.labels, contributors, settingOf });
  }

  override render(): unknown {
    const { model } = this;
    const common = this.#common;
    return html`
      <header>
        <h2>
          ${common === null ? 'No points there' : html`What ${rowsText(common.rows)} have in common`}
        </h2>
        <button
          type="button"
          aria-label="Let all points go"
          title="Let all points go"
          @click=${this.#close}
        >
          ${icons.close}
        </button>
      </header>
      ${common === null || model === null ? null : this.#found(common, model)}
    `;
  }

  #found(common: InCommon, model: ShownModel): unknown {
    const { people, words } = common;
    const numbers = colourNumbers(model.document.words);
    const rest = words.slice(MOST_WORDS);
    const by =
      people === null
        ? 'How many people set them is not known: the data are not loaded.'
        : `Set by ${people === 1 ? 'one person' : `${people.toLocaleString('en')} people`}.`;
    return html`
      ${this.#picture(common)}
      <p class="quiet">
        The line: the median${model.settings === null ? ', as the model rebuilds them' : ''}; half
        of them lie in the grey.
      </p>
      <p data-figure="people">${by}</p>
      <ul>
        ${words.slice(0, MOST_WORDS).map(
          ({ label, rows }) =>
            html`<li>
              ${wordDot(colourOf(numbers[label] ?? 0))}
              <span>${model.document.words[label]?.word}</span>
              <span>${rows.toLocaleString('en')}</span>
            </li>`,
        )}
        ${
          rest.length === 0
            ? null
            : html`<li>
                <span>${rest.length} other words</span>
                <span>${rest.reduce((sum, { rows }) => sum + rows, 0).toLocaleString('en')}</span>
              </li>`
        }
      </ul>
    `;
  }

  #picture({ curves }: InCommon): unknown {
    const edgeDb = gainEdge([...curves.low, ...curves.high], LEAST_DB);
    const plot: EqPlot = { ...SIZE, edgeDb };
    return html`<svg
      class="curves"
      viewBox=${`0 0 ${String(SIZE.width)} ${String(SIZE.height)}`}
      role="img"
      aria-label="Median frequency response of the points, 20 Hz to 20 kHz"
    >
      ${eqGrid(plot, { marksHz: DECADE_MARKS, crowdedDb: 12, size: 13 })}
      ${svg`<path class="half" d=${bandPath(curves, plot)}></path>`}
      ${svg`<path class="median" d=${curvePath(curves.frequenciesHz, curves.median, plot)}></path>`}
    </svg>`;
  }

  #close = (): void => {
    this.dispatchEvent(new MarksEvent({ ...this.marks, picked: null }));
  };
}

function rowsText(rows: number): string {
  return rows === 1 ? 'this point' : `these ${rows.toLocaleString('en')} points`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-map-common': WbMapCommon;
  }
}
