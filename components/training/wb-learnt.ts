import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainButton } from '../kit/button-styles';
import { BEFORE_ROUNDING } from '../../src/analysis/scoreboard/verdict-sentence';
import { libraryActions, mayEvaluate } from '../runs/library-actions';
import { ActionEvent } from '../state/action';
import { scoreboardLookedAt } from '../state/look-back';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import './wb-curves';
import './wb-scores';

/** How a run's losses go, and how good what it has learnt is. */
@customElement('wb-learnt')
export class WbLearnt extends LitElement {
  static override styles = [
    plainButton,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-3);
        grid-template-columns: minmax(0, 1fr);
      }

      .evaluation {
        display: grid;
        gap: var(--wb-space-2);
        justify-items: start;
      }

      wb-scores {
        justify-self: stretch;
      }

      h2 {
        margin: 0;
        font: 650 var(--wb-text-l) / 1.2 var(--wb-font-display);
        overflow-wrap: anywhere;
      }

      p {
        margin: var(--wb-space-3);
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;

  override render(): unknown {
    const { run, history, epochs, errors, measuring, cursor, model } = this.view;
    const evaluation = mayEvaluate(this.view) ? this.#evaluation() : null;
    const shown = run === null ? null : measuring;
    const scoreboard = scoreboardLookedAt(this.view);
    if (run === null && scoreboard === null) {
      return evaluation ?? html`<p>Losses and figures of the run appear here as it trains.</p>`;
    }
    return html`
      ${evaluation} ${evaluation === null ? null : html`<h2>When it was trained</h2>`}
      ${
        run === null
          ? null
          : html`<wb-curves
              .history=${history}
              .epochs=${epochs}
              .errors=${errors}
              .cursor=${cursor}
              .planned=${run.recipe.epochs}
            ></wb-curves>`
      }
      ${
        scoreboard !== null && model?.source === 'link'
          ? html`<p data-rounded>${BEFORE_ROUNDING}</p>`
          : null
      }
      ${
        cursor !== null && scoreboard === null
          ? html`<p data-none>Figures were first taken after epoch ${cursor}.</p>`
          : null
      }
      ${
        scoreboard === null && shown === null
          ? null
          : html`<wb-scores .scoreboard=${scoreboard} .measuring=${shown}></wb-scores>`
      }
    `;
  }

  /** How the model does on data that its own figures are not of. */
  #evaluation(): unknown {
    const { evaluation, data, model } = this.view;
    const name = model?.document.run?.name ?? 'The model';
    if (evaluation === null || evaluation === 'asked') {
      return html`<div class="evaluation">
        <p>${name} is open beside ${data?.name ?? 'data'}.</p>
        <button
          type="button"
          class="plain"
          data-action="evaluate"
          ?disabled=${evaluation !== null}
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'evaluate' }))}
        >
          ${evaluation === null ? libraryActions.evaluate.label : 'Evaluating…'}
        </button>
      </div>`;
    }
    return html`<section class="evaluation" aria-label="Evaluation">
      <h2>${name} on ${data?.name ?? 'the data'}</h2>
      <p>${evaluation.note}</p>
      <wb-scores .scoreboard=${evaluation.scoreboard} .measuring=${null}></wb-scores>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-learnt': WbLearnt;
  }
}
