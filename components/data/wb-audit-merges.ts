import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FOUNDING_CHOICES, type AuditChoices } from '../../src/recipe/audit-choices';
import type { AuditReport, Misspelling } from '../../src/data/audit/report';
import { countText } from './audit-texts';
import { tick, unfolding } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';

/** Every merge of labels: those that differ in case or white space, or the misspellings. */
@customElement('wb-audit-merges')
export class WbAuditMerges extends LitElement {
  static override styles = [
    tick,
    unfolding,
    css`
      ul:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      ul {
        max-height: 14rem;
        overflow: auto;
        margin: var(--wb-space-1) 0 0;
        padding: 0;
        list-style: none;
      }

      li {
        padding: 2px 0;
        overflow-wrap: anywhere;
      }

      /* With all their spaces. */
      .written {
        white-space: pre-wrap;
      }

      label {
        display: inline-flex;
        gap: var(--wb-space-2);
        align-items: center;
        min-height: 1.5rem;
        cursor: pointer;
      }

      .rows {
        color: var(--wb-ink-quiet);
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property({ attribute: false }) of: 'labelVariants' | 'misspellings' = 'misspellings';
  @property({ attribute: false }) report: AuditReport | null = null;
  @property({ attribute: false }) choices: AuditChoices = FOUNDING_CHOICES;

  override render(): unknown {
    const { report } = this;
    if (report === null) return null;
    if (this.of === 'misspellings') {
      const { misspellings } = report;
      return this.#list(
        countText(misspellings.length, 'merges'),
        repeat(
          misspellings,
          ({ from }) => from,
          (merge) => this.#merge(merge),
        ),
      );
    }
    const { variants } = report;
    return this.#list(
      `${countText(variants.length, 'words')} and how they are written`,
      variants.map(
        ({ word, labels }) =>
          html`<li>
            ${labels.map(
              ({ label, rows }, i) =>
                html`${i === 0 ? '' : ', '}“<span class="written">${label}</span>”
                  <span class="rows">${rows}</span>`,
            )}
            → “${word}”
          </li>`,
      ),
    );
  }

  #list(title: string, items: unknown): unknown {
    return html`<details ?open=${this.of === 'misspellings'}>
      <summary>${title}</summary>
      <ul tabindex="0" aria-label=${title}>
        ${items}
      </ul>
    </details>`;
  }

  #merge({ from, to, rows, toRows }: Misspelling): unknown {
    const { misspellings, labelVariants, unmerged } = this.choices;
    const apart = unmerged.includes(from);
    return html`<li>
      <label>
        <input
          type="checkbox"
          data-from=${from}
          ?disabled=${misspellings === 'keep' || labelVariants === 'keep'}
          .checked=${!apart}
          @change=${() => {
            this.#choose(apart ? unmerged.filter((word) => word !== from) : [...unmerged, from]);
          }}
        />
        <span>
          Merge “${from}” <span class="rows">(${countText(rows, 'rows')})</span> into “${to}”
          <span class="rows">(${countText(toRows, 'rows')})</span>${apart ? ': kept apart' : ''}
        </span>
      </label>
    </li>`;
  }

  #choose(unmerged: string[]): void {
    const choices = { ...this.choices, unmerged };
    this.dispatchEvent(new ActionEvent({ type: 'choose-cleaning', choices }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-audit-merges': WbAuditMerges;
  }
}
