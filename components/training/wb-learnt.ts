import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { scoreboardLookedAt } from '../state/look-back';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import './wb-curves';
import './wb-scores';

/** How a run's losses go, and how good what it has learnt is. */
@customElement('wb-learnt')
export class WbLearnt extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--wb-space-3);
      grid-template-columns: minmax(0, 1fr);
    }

    p {
      margin: var(--wb-space-4);
      color: var(--wb-ink-quiet);
    }
  `;

  @property({ attribute: false }) view: PageState = INITIAL_STATE;

  override render(): unknown {
    const { run, history, epochs, errors, measuring, cursor } = this.view;
    const shown = run === null ? null : measuring;
    const scoreboard = scoreboardLookedAt(this.view);
    if (run === null && scoreboard === null) {
      return html`<p>Losses and figures of the run appear here as it trains.</p>`;
    }
    return html`
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
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-learnt': WbLearnt;
  }
}
