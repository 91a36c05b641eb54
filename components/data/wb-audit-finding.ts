import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FOUNDING_CHOICES, type AuditChoices } from '../../src/recipe/audit-choices';
import type { AuditReport, Example, Finding } from '../../src/data/audit/report';
import type { SwitchId } from '../../src/recipe/switch-id';
import { counted } from '../../src/base/number-text';
import { SWITCHES, bandTexts, effectText, foundText, isSensible } from './audit-texts';
import { tick, unfolding } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { CleanedData } from '../state/page-state';
import './wb-audit-merges';

/** One finding of the data doctor: what was found, where, and what is done about it. */
@customElement('wb-audit-finding')
export class WbAuditFinding extends LitElement {
  static override styles = [
    tick,
    unfolding,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 15rem;
        gap: var(--wb-space-1) var(--wb-space-5);
        padding: var(--wb-space-3) 0;
        border-top: 1px solid var(--wb-line);
      }

      @media (max-width: 40em) {
        :host {
          grid-template-columns: minmax(0, 1fr);
        }
      }

      h4 {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--wb-space-2);
        align-items: baseline;
        margin: 0;
        font: 650 var(--wb-text-m) / 1.35 var(--wb-font);
      }

      .count {
        color: var(--wb-warm);
        font-variant-numeric: tabular-nums;
      }

      .none .count {
        color: var(--wb-ink-quiet);
        font-weight: 500;
      }

      p {
        margin: 2px 0 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      fieldset {
        display: grid;
        gap: 2px;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
        font-size: var(--wb-text-s);
      }

      label {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
        min-height: 1.5rem;
        cursor: pointer;
      }

      .sensible {
        padding: 0 6px;
        border-radius: 99px;
        background: var(--wb-bright-tint);
        color: var(--wb-ink);
        font-size: var(--wb-text-xs);
      }

      .effect {
        color: var(--wb-ink);
      }

      ul {
        margin: var(--wb-space-1) 0 0;
        padding-left: var(--wb-space-4);
      }

      li {
        overflow-wrap: anywhere;
      }

      .setting,
      .where {
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
      }

      .setting {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--wb-space-3);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) finding: Finding | null = null;
  @property({ attribute: false }) report: AuditReport | null = null;
  @property({ attribute: false }) cleaned: CleanedData | null = null;
  @property({ attribute: false }) choices: AuditChoices = FOUNDING_CHOICES;

  override render(): unknown {
    const { finding } = this;
    if (finding === null) return null;
    const { id, title, count, unit, explanation } = finding;
    return html`
      <div>
        <h4 class=${count === 0 ? 'none' : ''}>
          ${title} <span class="count">${count === 0 ? 'none' : foundText(count, unit)}</span>
        </h4>
        <p>${explanation}</p>
        ${this.#details(finding)}
      </div>
      ${id === 'personalColumns' ? html`<p>Always dropped.</p>` : this.#switch({ ...finding, id })}
    `;
  }

  #switch(finding: Finding & { readonly id: SwitchId }): unknown {
    const { choices, report, cleaned } = this;
    if (report === null) return null;
    const { id, title } = finding;
    const idle = id === 'misspellings' && choices.labelVariants === 'keep';
    return html`<div>
      <fieldset ?disabled=${idle} aria-label=${title}>
        ${SWITCHES[id].map(
          ({ value, label }) => html`
            <label>
              <input
                type="radio"
                name=${id}
                value=${value}
                .checked=${choices[id] === value}
                @change=${() => {
                  this.#choose({ ...choices, [id]: value });
                }}
              />
              ${label}
              ${isSensible(id, value) ? html`<span class="sensible">sensible</span>` : null}
            </label>
          `,
        )}
      </fieldset>
      <p class="effect">${effectText(finding, choices, report, cleaned)}</p>
    </div>`;
  }

  #details({ id, examples, count, unit }: Finding): unknown {
    const { report, choices } = this;
    if (report === null) return null;
    if (count === 0 && !(id === 'misspellings' && report.doubtful.length > 0)) return null;
    if (id === 'labelVariants' || id === 'misspellings') {
      return html`<wb-audit-merges
        .of=${id}
        .report=${report}
        .choices=${choices}
      ></wb-audit-merges>`;
    }
    const shown =
      examples.length < count
        ? `${String(examples.length)} examples of ${foundText(count, unit)}`
        : counted(examples.length, 'example');
    return html`<details ?open=${id === 'personalColumns'}>
      <summary>${id === 'personalColumns' ? 'Which' : shown}</summary>
      <ul>
        ${examples.map((example) => this.#example(example))}
      </ul>
    </details>`;
  }

  #example({ text, lines, setting }: Example): unknown {
    const where =
      lines.length === 0
        ? null
        : html` <span class="where"
            >${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}</span
          >`;
    return html`<li>
      ${text}${where}${
        setting === null
          ? null
          : html`<span class="setting"
              >${bandTexts(setting).map((band) => html`<span>${band}</span> `)}</span
            >`
      }
    </li>`;
  }

  #choose(choices: AuditChoices): void {
    this.dispatchEvent(new ActionEvent({ type: 'choose-cleaning', choices }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-audit-finding': WbAuditFinding;
  }
}
