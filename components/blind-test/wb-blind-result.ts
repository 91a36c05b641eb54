import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { signed } from '../../src/base/number-text';
import { FISHERS_EXACT_TEST, LU, P_VALUE } from '../../src/base/glossary';
import type { ListeningTest, Trial } from '../../src/listening/listening-test';
import { meaningOf, percentText, pText, titleOf } from '../../src/listening/words';
import { BlindEvent } from './blind-event';
import { blindForm } from './blind-styles';
import { scrollBox } from '../kit/scroll-styles';
import { terms, termsStyle } from '../kit/terms';

/** What came out of a blind test. */
@customElement('wb-blind-result')
export class WbBlindResult extends LitElement {
  static override styles = [
    blindForm,
    scrollBox,
    termsStyle,
    css`
      h3 {
        overflow-wrap: anywhere;
      }

      h3:focus {
        outline: none;
      }

      .score {
        font: 650 var(--wb-text-xl) / 1.2 var(--wb-font-display);
      }

      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--wb-space-1) var(--wb-space-4);
        margin: 0;
        font-size: var(--wb-text-s);
        font-variant-numeric: tabular-nums;
      }

      dt {
        color: var(--wb-ink-quiet);
      }

      dd {
        margin: 0;
        overflow-wrap: anywhere;
      }

      .scroll {
        max-height: 16rem;
      }

      table {
        width: 100%;
        border-collapse: collapse;
        font-size: var(--wb-text-s);
        font-variant-numeric: tabular-nums;
      }

      th,
      td {
        padding: 3px var(--wb-space-3);
        text-align: start;
      }

      th {
        color: var(--wb-ink-quiet);
        font-weight: 500;
      }

      th {
        overflow-wrap: anywhere;
      }

      td {
        border-top: 1px solid var(--wb-line);
      }
    `,
  ];

  @property({ attribute: false }) test: ListeningTest | null = null;
  /** Why it could not be kept, as a sentence. */
  @property({ attribute: false }) problem: string | null = null;

  override firstUpdated(): void {
    this.renderRoot.querySelector('h3')?.focus();
  }

  override render(): unknown {
    const { test } = this;
    if (test === null) return null;
    return html`
      <h3 tabindex="-1">${titleOf(test)}</h3>
      ${this.problem === null ? null : html`<p class="problem" role="alert">${this.problem}</p>`}
      <p class="score">${scoreText(test)}</p>
      ${meaningOf(test).map((sentence) => html`<p>${sentence}</p>`)} ${this.#figures(test)}
      ${terms(test.outcome === null ? [LU] : [P_VALUE, FISHERS_EXACT_TEST, LU])}
      ${test.trials.length === 0 ? null : this.#trials(test)}
      <div class="buttons">
        ${(['json', 'csv'] as const).map(
          (as) => html`
            <wa-button
              size="s"
              appearance="outlined"
              data-export=${as}
              @click=${() => this.dispatchEvent(new BlindEvent({ type: 'export', tests: [test], as }))}
            >
              Export ${as.toUpperCase()}
            </wa-button>
          `,
        )}
        <wa-button
          size="s"
          variant="brand"
          data-action="new"
          @click=${() => this.dispatchEvent(new BlindEvent({ type: 'new' }))}
        >
          New test
        </wa-button>
      </div>
    `;
  }

  #figures(test: ListeningTest): unknown {
    const { outcome, compared, material } = test;
    const [first, second] = compared;
    const row = (name: string, value: unknown): unknown =>
      html`<dt>${name}</dt>
        <dd>${value}</dd>`;
    return html`<dl>
      ${
        outcome === null
          ? null
          : [
              row('p (binomial)', html`<span data-figure="p">${pText(outcome.p)}</span>`),
              row(
                'p (Fisher, balanced order)',
                html`${pText(outcome.balancedP)}
                  <span class="quiet">(the verdict goes by the larger p)</span>`,
              ),
              row(
                'Share right, 95 % interval',
                `${percentText(outcome.interval[0])} to ${percentText(outcome.interval[1])}`,
              ),
              outcome.dPrime === null ? null : row('d′', signed(outcome.dPrime, 2)),
            ]
      }
      ${row('Begun', dateText(test))}
      ${row('Sound', `${material.name}, ${(material.endS - material.startS).toFixed(1)} s of it`)}
      ${row(
        'Matched by',
        `${first.name} ${signed(first.matchedLu, 1)} LU, ${second.name} ${signed(second.matchedLu, 1)} LU`,
      )}
      ${row('Seed of the order', String(test.seed))}
    </dl>`;
  }

  #trials({ kind, compared: [first], trials }: ListeningTest): unknown {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Trial by trial">
        <table>
          <thead>
            <tr>
              <th scope="col">Trial</th>
              <th scope="col">${kind === 'abx' ? 'X' : first.name} was</th>
              <th scope="col">Answer</th>
              <th scope="col">Right</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            ${trials.map(
              ({ truth, answer, seconds }: Trial, i) => html`
                <tr>
                  <td>${i + 1}</td>
                  <td>${truth}</td>
                  <td>${answer}</td>
                  <td>${truth === answer ? 'yes' : 'no'}</td>
                  <td>${seconds.toFixed(1)} s</td>
                </tr>
              `,
            )}
          </tbody>
        </table>
      </div>
    `;
  }
}

/** "12 of 16 right (75 %)". */
function scoreText({ trials, planned, outcome }: ListeningTest): string {
  if (outcome === null) return `Unfinished: ${String(trials.length)} of ${String(planned)} trials`;
  return `${String(outcome.correct)} of ${String(planned)} right (${percentText(outcome.correct / planned)})`;
}

/** "1 May 2026, 10:00". */
export function dateText({ startedAt }: ListeningTest): string {
  return new Date(startedAt).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-blind-result': WbBlindResult;
  }
}
