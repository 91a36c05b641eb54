import { thousands } from '../../src/base/number-text';
import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { iconStyles, icons } from '../kit/icons';
import { panel, trainingBar } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import { isTraining, progressOf, type SweepState } from '../state/sweep-state';
import { lossAxis, type LossAxis } from './sweep-drawing';
import { bestRuns, columnsOf } from './sweep-figures';
import { durationText } from '../kit/text';
import './wb-sweep-run';
import './wb-sweep-button';
import './wb-sweep-table';

/** More runs than this are drawn smaller, so that they can still be compared at a glance. */
const FEW = 12;

const MOST_COLUMNS = 5;
const MOST_COLUMNS_SMALL = 7;

/**
 * A sweep as it trains and after: how far it is, a small picture of every run, and the table. Before
 * there is one, the way to it.
 */
@customElement('wb-sweep-view')
export class WbSweepView extends LitElement {
  static override styles = [
    panel,
    iconStyles,
    trainingBar,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: var(--wb-space-3);
        box-sizing: border-box;
        min-height: 5.9rem;
      }

      @media (max-width: 47.99em) {
        :host {
          min-height: 8.35rem;
        }
      }

      .head {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2) var(--wb-space-3);
        align-items: center;
        justify-content: space-between;
      }

      .head > * {
        margin: 0;
      }

      .head p {
        flex: 1 0 100%;
      }

      wa-progress-bar {
        --track-height: 6px;
        --indicator-color: var(--wb-warm-fill);
      }

      ul {
        display: grid;
        grid-template-columns: repeat(
          auto-fill,
          minmax(max(var(--least, 9.5rem), 100% / var(--most) - var(--wb-space-2)), 1fr)
        );
        gap: var(--wb-space-2);
        margin: 0;
        padding: 0;
        list-style: none;
      }

      ul.many {
        --least: 8rem;
        max-height: 46rem;
        overflow: auto;
        padding: 2px;
      }

      ul:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      li {
        min-width: 0;
        border: 1px solid var(--wb-line);
        border-radius: var(--wb-radius-s);
      }

      ul.many li {
        content-visibility: auto;
        contain-intrinsic-size: auto 10rem;
      }

      @media (max-width: 30em) {
        ul.many {
          --least: 6.5rem;
        }
      }

      .caption {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;

  override render(): unknown {
    const { sweep } = this.view;
    if (sweep === null) return this.#none();
    const over = !isTraining(sweep);
    return html`
      <div class="head">
        <h2>Sweep of ${sweep.members.length} runs</h2>
        <div class="buttons">${this.#buttons(sweep)}</div>
      </div>
      ${this.#progress(sweep)} ${this.#multiples(sweep, over)}
      <wb-sweep-table .members=${sweep.members} .over=${over}></wb-sweep-table>
    `;
  }

  /** What was started is what is looked at next, wherever the view was scrolled to before. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('view')?.sweep ?? null;
    const { sweep } = this.view;
    const trains = sweep !== null && isTraining(sweep);
    if (trains && (before === null || !isTraining(before))) this.scrollIntoView({ block: 'start' });
  }

  #none(): unknown {
    return html`<div class="head">
      <h2>Sweep</h2>
      <wb-sweep-button .view=${this.view} .again=${true}></wb-sweep-button>
      <p class="quiet">
        One run for every combination of the values you give, on the data in <i>Train</i>: their
        maps, losses and figures side by side.
      </p>
    </div>`;
  }

  #buttons(sweep: SweepState): unknown {
    if (!isTraining(sweep))
      return html`<wb-sweep-button .view=${this.view} .again=${true}></wb-sweep-button>`;
    const stopping = sweep.phase === 'stopping';
    return html`<wa-button
      size="s"
      appearance="outlined"
      data-action="stop-sweep"
      ?disabled=${stopping}
      @click=${() => this.dispatchEvent(new ActionEvent({ type: 'stop-sweep' }))}
    >
      <span slot="start">${icons.stop}</span>${stopping ? 'Stopping…' : 'Stop the sweep'}
    </wa-button>`;
  }

  #progress(sweep: SweepState): unknown {
    const { finished, failed, epochs, planned, secondsLeft } = progressOf(sweep);
    return html`
      <wa-progress-bar
        label="Epochs trained of all runs"
        value=${planned === 0 ? 0 : (100 * epochs) / planned}
      ></wa-progress-bar>
      <p class="figures">
        <span><b>${STAGES[sweep.phase]}</b></span>
        <span><b>${finished}</b> of ${sweep.members.length} runs finished</span>
        ${failed === 0 ? nothing : html`<span><b>${failed}</b> failed</span>`}
        <span><b>${thousands(epochs)}</b> of ${thousands(planned)} epochs</span>
        ${
          isTraining(sweep) && secondsLeft !== null
            ? html`<span><b>${durationText(secondsLeft)}</b> left</span>`
            : nothing
        }
      </p>
      ${sweep.engine === null ? nothing : html`<p class="figures">${sweep.engine}</p>`}
    `;
  }

  #multiples({ members, words }: SweepState, over: boolean): unknown {
    const axis = lossAxis(members);
    const silhouette = columnsOf(members).find(({ key }) => key === 'silhouette');
    const best = silhouette === undefined ? new Set() : bestRuns(members, silhouette);
    const many = members.length > FEW;
    return html`
      <p class="quiet caption">${captionOf(axis, over)}</p>
      <ul
        class=${many ? 'many' : ''}
        style=${`--most: ${String(many ? MOST_COLUMNS_SMALL : columnsFor(members.length))}`}
        aria-label="Runs"
        tabindex=${many ? '0' : nothing}
      >
        ${repeat(
          members,
          (_, index) => index,
          (member, index) =>
            html`<li data-run=${index}>
              <wb-sweep-run
                .member=${member}
                .number=${index + 1}
                .words=${words}
                .axis=${axis}
                .best=${best.has(index)}
                .over=${over}
              ></wb-sweep-run>
            </li>`,
        )}
      </ul>
    `;
  }
}

/** As many columns as leave no row almost empty. */
function columnsFor(runs: number): number {
  return Math.ceil(runs / Math.ceil(runs / MOST_COLUMNS));
}

const STAGES: Record<SweepState['phase'], string> = {
  training: 'Training',
  stopping: 'Stopping',
  ended: 'Done',
  stopped: 'Stopped',
  broken: 'Stopped by a crash: the runs that ended are kept; start the sweep again for the others',
};

function captionOf(axis: LossAxis | null, over: boolean): string {
  if (axis === null) return 'The runs’ losses and maps appear here.';
  const { low, high, exceeded } = axis;
  return (
    `Each run’s map${over ? '' : ' once it has ended'}, and under it the total loss over its epochs from ${String(low)} to ` +
    `${String(high)}, on the same axes for all${exceeded ? '; what lies above leaves the picture' : ''}.`
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-sweep-view': WbSweepView;
  }
}
