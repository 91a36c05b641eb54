import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ModelDocument } from '../src/model/model';
import { OwnTaskElement } from './own-task-element';
import { signed } from './text';

/** How good the shown model is, and which rows that was measured on. */
@customElement('wb-scores')
export class WbScores extends OwnTaskElement {
  static override styles = css`
    dl {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr));
      gap: var(--wb-space-2);
      margin: 0;
    }

    div {
      padding: var(--wb-space-2) var(--wb-space-3);
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface-sunk);
    }

    dt {
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-xs);
    }

    dd {
      margin: 0;
      font: 650 var(--wb-text-l) / 1.3 var(--wb-font);
      font-variant-numeric: tabular-nums;
    }

    small {
      display: block;
      color: var(--wb-ink-quiet);
      font: 400 var(--wb-text-xs) / 1.3 var(--wb-font);
    }
  `;

  @property({ attribute: false }) document: ModelDocument | null = null;

  override render(): unknown {
    const scores = this.document?.run?.scoreboard ?? null;
    if (scores === null) return null;
    const on = `${scores.on} (${scores.rows.toLocaleString('en')})`;
    return html`
      <dl aria-label=${`Quality on ${on}`}>
        <div>
          <dt>Silhouette · ${on}</dt>
          <dd>
            <span data-figure="silhouette">
              ${scores.silhouette === null ? '–' : signed(scores.silhouette, 3)} </span
            ><small>−1 to 1; above 0 the words part</small>
          </dd>
        </div>
        <div>
          <dt>Davies–Bouldin · ${on}</dt>
          <dd>
            <span data-figure="davies-bouldin">
              ${scores.daviesBouldin === null ? '–' : scores.daviesBouldin.toFixed(2)} </span
            ><small>lower is better apart</small>
          </dd>
        </div>
        <div>
          <dt>Reconstruction · ${on}</dt>
          <dd>
            <span data-figure="reconstruction">${scores.reconstruction.toFixed(4)}</span
            ><small>mean squared error, 0–1 scale</small>
          </dd>
        </div>
      </dl>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-scores': WbScores;
  }
}
