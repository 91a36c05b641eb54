import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { withMinus } from '../../src/base/number-text';
import {
  figureText,
  intervalText,
  scoreTable,
  VERDICTS,
  wordSummary,
  type ScoreRow,
  type ScoreTable,
  type Verdict,
} from '../../src/analysis/scoreboard/score-table';
import type { Scoreboard } from '../../src/model/model';
import type { MeasuringShare } from '../../workers/trainer/messages';
import { OwnTaskElement } from '../kit/own-task-element';
import { innerPanel, unfolding } from '../kit/shared-styles';
import './wb-measuring';
import './wb-word-scores';

const MARKS: Readonly<Record<Verdict, string>> = { better: '✓', worse: '✗', unclear: '≈' };

/** How good the shown model is, which rows that was measured on, and what it is measured against. */
@customElement('wb-scores')
export class WbScores extends OwnTaskElement {
  static override styles = [
    innerPanel,
    unfolding,
    css`
      :host {
        container-type: inline-size;
      }

      th,
      td {
        padding: var(--wb-space-1) 0 var(--wb-space-1) var(--wb-space-3);
        vertical-align: top;
      }

      thead th {
        vertical-align: bottom;
        font-size: var(--wb-text-xs);
      }

      tbody th {
        max-width: 17rem;
        padding-left: 0;
        border-top: 1px solid var(--wb-line);
        color: var(--wb-ink);
        font-weight: 600;
      }

      th:first-child {
        padding-left: 0;
      }

      small {
        display: block;
        color: var(--wb-ink-quiet);
        font: 400 var(--wb-text-xs) / 1.3 var(--wb-font);
      }

      td > small {
        white-space: nowrap;
      }

      .value {
        font: 650 var(--wb-text-m) / 1.3 var(--wb-font);
        white-space: nowrap;
      }

      ul {
        margin: 0;
        padding: 0;
        list-style: none;
        text-align: left;
      }

      .better,
      .worse {
        font-weight: 600;
      }

      .better {
        color: var(--wb-bright);
      }

      .beside {
        text-align: left;
      }

      .below {
        display: none;
      }

      /* Too narrow for four columns: the baselines go under their figures. */
      @container (max-width: 40rem) {
        .beside {
          display: none;
        }

        .below {
          display: table-row;
        }

        .below td {
          padding: 0 0 var(--wb-space-2);
          border-top: 0;
        }

        /* What room there is goes to the words. */
        thead th + th {
          width: 1%;
          min-width: 5rem;
        }

        .below small {
          display: inline;
          margin-left: var(--wb-space-2);
        }
      }

      /* Letters twice as large on a telephone. */
      @container (max-width: 15rem) {
        th,
        td {
          overflow-wrap: anywhere;
        }

        thead th + th {
          width: auto;
          min-width: 0;
        }

        .value,
        td > small {
          white-space: normal;
        }
      }

      .note {
        margin: var(--wb-space-2) 0 0;
      }

      .note b {
        color: var(--wb-caution);
      }
    `,
  ];

  @property({
    attribute: false,
    // Every frame brings its own copy of what is measured twice a second.
    hasChanged: (a, b) => JSON.stringify(a) !== JSON.stringify(b),
  })
  scoreboard: Scoreboard | null = null;
  @property({ attribute: false }) measuring: MeasuringShare = null;
  @state() private wordsOpen = false;

  override render(): unknown {
    const { scoreboard, measuring } = this;
    return html`
      ${scoreboard === null ? null : this.#table(scoreboard)}
      ${
        measuring === null
          ? null
          : html`<wb-measuring
              .share=${measuring}
              .epoch=${scoreboard?.epoch ?? null}
            ></wb-measuring>`
      }
    `;
  }

  #table(scoreboard: Scoreboard): unknown {
    const table = scoreTable(scoreboard);
    const { epoch } = scoreboard;
    const compared = table.rows.some(({ baselines }) => baselines.length > 0);
    return html`
      <table aria-label="Quality of the model">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">${table.on}</th>
            ${table.training === null ? null : html`<th scope="col">${table.training}</th>`}
            ${compared ? html`<th scope="col" class="beside">Without a model</th>` : null}
          </tr>
        </thead>
        <tbody>
          ${table.rows.map((row) => this.#row(row, table, compared))}
        </tbody>
      </table>
      ${table.notes.map((note) => html`<p class="quiet note">${warning(note)}</p>`)}
      <p class="quiet note">
        ${compared ? 'In brackets: 95 % interval for other people of the same kind. ' : null}${
          epoch === null ? null : `Measured after epoch ${String(epoch)}.`
        }
      </p>
      ${this.#words(table)}
    `;
  }

  #row(row: ScoreRow, { training }: ScoreTable, compared: boolean): unknown {
    const { key, title, unit, meaning, value, interval, aside, baselines } = row;
    const columns = 2 + Number(training !== null);
    const list = html`<ul>
      ${baselines.map(
        ({ name, value: own, verdict }) => html`
          <li data-baseline=${name}>
            ${name}
            ${text(row, own)}${
              verdict === null
                ? null
                : html`<small class=${verdict}>${MARKS[verdict]} ${VERDICTS[verdict]}</small>`
            }
          </li>
        `,
      )}
    </ul>`;
    return html`
      <tr>
        <th scope="row">
          ${title}${unit === '' ? null : html`, ${unit}`}<small>${meaning}</small>${
            aside === null ? null : html`<small data-aside=${key}>${aside}</small>`
          }
        </th>
        <td>
          <span class="value" data-figure=${key}>${text(row, value)}</span>
          ${
            interval === null
              ? null
              : html`<small>[${withMinus(intervalText(row, interval))}]</small>`
          }
        </td>
        ${training === null ? null : html`<td data-training=${key}>${text(row, row.training)}</td>`}
        ${compared ? html`<td class="beside">${baselines.length === 0 ? '–' : list}</td>` : null}
      </tr>
      ${
        baselines.length === 0
          ? nothing
          : html`<tr class="below">
              <td colspan=${columns}>${list}</td>
            </tr>`
      }
    `;
  }

  #words(table: ScoreTable): unknown {
    const summary = wordSummary(table);
    if (summary === null) return null;
    return html`
      <details ?open=${this.wordsOpen} @toggle=${this.#toggle}>
        <summary><b>Word by word.</b> ${summary}</summary>
        ${this.wordsOpen ? html`<wb-word-scores .words=${table.words}></wb-word-scores>` : null}
      </details>
    `;
  }

  #toggle = (event: Event): void => {
    if (event.target instanceof HTMLDetailsElement) this.wordsOpen = event.target.open;
  };
}

function text(row: ScoreRow, value: number | null): string {
  return withMinus(figureText(row, value));
}

/** A note with what it warns of in front. */
function warning(note: string): unknown {
  const [, lead, rest] =
    /^(Nothing is held out|Held out by row, which leaks)(.*)$/s.exec(note) ?? [];
  return lead === undefined ? note : html`<b>${lead}</b>${rest}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-scores': WbScores;
  }
}
