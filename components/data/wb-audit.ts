import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import {
  FOUNDING_CHOICES,
  SENSIBLE_CHOICES,
  type AuditChoices,
} from '../../src/recipe/audit-choices';
import { differingChoices } from '../../src/recipe/audit-choice-texts';
import type { AuditReport } from '../../src/data/audit/report';
import type { Recipe } from '../../src/recipe/recipe';
import { RECIPES } from '../../src/recipe/recipes';
import type { Phase } from '../../workers/trainer/messages';
import { counted } from '../../src/base/number-text';
import { FINDING_GROUPS, sameChoices, wordsText } from './audit-texts';
import { kitButtons, kitDialog } from '../kit/kit-styles';
import { visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { isActive, type CleanedData } from '../state/page-state';
import './wb-audit-finding';

/** The data doctor: a button, and the dialog that shows what was found and what is done about it. */
@customElement('wb-audit')
export class WbAudit extends LitElement {
  static override styles = [
    kitDialog,
    kitButtons,
    visuallyHidden,
    css`
      :host {
        display: block;
      }

      wa-dialog {
        --width: 64rem;
        --spacing: var(--wb-space-4);
      }

      p {
        margin: 0 0 var(--wb-space-2);
      }

      .quiet {
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      .choices {
        margin: var(--wb-space-2) 0 0;
      }

      .left {
        position: sticky;
        /* Over the padding of the dialog's body, where the findings would show through. */
        top: calc(-1 * var(--spacing));
        z-index: 1;
        padding: var(--wb-space-2) 0;
        border-bottom: 1px solid var(--wb-line);
        background: var(--wb-surface);
      }

      .rows {
        margin: 0;
        font: 650 var(--wb-text-l) / 1.3 var(--wb-font-display);
        font-variant-numeric: tabular-nums;
      }

      .rows small {
        font: 500 var(--wb-text-m) / 1.3 var(--wb-font);
      }

      .taken {
        margin: 0;
      }

      .sets {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        align-items: center;
        margin: var(--wb-space-3) 0;
      }

      .sets button {
        padding: var(--wb-space-1) var(--wb-space-3);
        border: 1px solid var(--wb-line-strong);
        border-radius: 99px;
        background: none;
        color: var(--wb-ink);
        font: 500 var(--wb-text-s) / 1.5 var(--wb-font);
        cursor: pointer;
      }

      /* No choice, and so apart from them. */
      .sets wa-button {
        margin-left: auto;
      }

      .sets button:hover {
        background: var(--wb-surface-sunk);
      }

      .sets button[aria-pressed='true'] {
        border-color: var(--wb-warm);
        background: var(--wb-warm-tint);
        font-weight: 650;
      }

      @media (forced-colors: active) {
        .sets button[aria-pressed='true'] {
          outline: 2px solid Highlight;
          outline-offset: -2px;
        }
      }

      .sets button:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      h3 {
        margin: var(--wb-space-5) 0 var(--wb-space-2);
        font: 650 var(--wb-text-l) / 1.2 var(--wb-font-display);
      }
    `,
  ];

  @property({ attribute: false }) name = '';
  @property({ attribute: false }) report: AuditReport | null = null;
  @property({ attribute: false }) cleaned: CleanedData | null = null;
  @property({ attribute: false }) recipe: Recipe = RECIPES['seed-v2'].recipe;
  @property({ attribute: false }) minimumRows = 5;
  @property({ attribute: false }) phase: Phase = 'idle';
  @state() private open = false;

  override render(): unknown {
    const { report } = this;
    if (report === null) return null;
    const found = report.findings.filter(
      ({ id, count }) => id !== 'personalColumns' && count > 0,
    ).length;
    const different = differingChoices(this.recipe.audit, FOUNDING_CHOICES);
    return html`
      <wa-button
        size="s"
        appearance="outlined"
        data-action="open-audit"
        @click=${() => {
          this.open = true;
        }}
      >
        Data doctor: ${counted(found, 'finding')}
      </wa-button>
      <p class="quiet choices">
        ${
          different.length === 0
            ? 'Rows are used as the seed log used them.'
            : `In use: ${different.join(', ')}.`
        }
      </p>
      <wa-dialog
        label=${`Data doctor: ${this.name}`}
        ?open=${this.open}
        @wa-after-hide=${this.#close}
      >
        ${this.open ? this.#content(report) : null}
      </wa-dialog>
    `;
  }

  #content(report: AuditReport): unknown {
    return html`
      <p class="quiet">
        What a careful reader would want to know of this data before training on it. What you choose
        is part of the recipe and of every model trained with it; the file itself is not changed.
        ${isActive(this.phase) ? 'Changes count for the next run.' : null}
      </p>
      <div class="left">${this.#left(report)}</div>
      ${this.#sets()}
      ${FINDING_GROUPS.map(
        ({ title, findings }) => html`
          <h3>${title}</h3>
          ${report.findings
            .filter(({ id }) => findings.includes(id))
            .map(
              (finding) => html`
                <wb-audit-finding
                  data-finding=${finding.id}
                  .finding=${finding}
                  .report=${report}
                  .cleaned=${this.cleaned}
                  .choices=${this.recipe.audit}
                ></wb-audit-finding>
              `,
            )}
        `,
      )}
    `;
  }

  /** How many rows the choices leave, and what took the others. */
  #left(report: AuditReport): unknown {
    const { cleaned } = this;
    if (cleaned === null) return html`<p class="rows">${counted(report.rows, 'row')}</p>`;
    const titles = new Map(report.findings.map(({ id, title }) => [id, title.toLowerCase()]));
    const taken = cleaned.dropped
      .filter(({ rows }) => rows > 0)
      .map(({ id, rows }) => `${rows.toLocaleString('en')} by “${titles.get(id) ?? id}”`);
    return html`
      <p class="rows" role="status">
        ${counted(report.rows, 'row')} <span aria-hidden="true">→</span
        ><span class="visually-hidden">become</span>
        <span data-figure="rows-left">${counted(cleaned.rowsLeft, 'row')}</span
        ><small>, ${wordsText(cleaned, this.minimumRows)}</small>
      </p>
      ${taken.length === 0 ? null : html`<p class="quiet taken">Taken out: ${taken.join(', ')}.</p>`}
    `;
  }

  #sets(): unknown {
    const { recipe } = this;
    const preset = Object.entries(RECIPES).find(([key]) => key === recipe.preset)?.[1];
    return html`<div class="sets" role="group" aria-label="All choices at once">
      ${this.#set('sensible', 'Sensible choices', SENSIBLE_CHOICES)}
      ${this.#set('founding', 'As in the seed log', FOUNDING_CHOICES)}
      ${
        preset === undefined
          ? null
          : this.#set('recipe', `${preset.title}’s choices`, preset.recipe.audit)
      }
      <wa-button
        size="s"
        appearance="outlined"
        data-action="export-audit"
        ?disabled=${this.cleaned === null}
        @click=${() => this.dispatchEvent(new ActionEvent({ type: 'export-audit' }))}
      >
        Export as JSON
      </wa-button>
    </div>`;
  }

  #set(key: string, label: string, choices: AuditChoices): unknown {
    return html`<button
      type="button"
      data-set=${key}
      aria-pressed=${sameChoices(this.recipe.audit, choices)}
      @click=${() => this.dispatchEvent(new ActionEvent({ type: 'choose-cleaning', choices }))}
    >
      ${label}
    </button>`;
  }

  #close = (event: Event): void => {
    // The same event of elements inside the dialog bubbles up to it.
    if (event.target === event.currentTarget) this.open = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-audit': WbAudit;
  }
}
