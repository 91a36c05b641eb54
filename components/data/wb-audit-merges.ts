import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { FOUNDING_CHOICES, type AuditChoices } from '../../src/recipe/audit-choices';
import type { AuditReport, Misspelling } from '../../src/data/audit/report';
import { counted } from '../../src/base/number-text';
import { isMerged } from './audit-texts';
import { textButton } from '../kit/button-styles';
import { LongList } from '../kit/long-list';
import { tick, unfolding } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';

/** Every merge of labels: those that differ in case or white space, or the misspellings. */
@customElement('wb-audit-merges')
export class WbAuditMerges extends LitElement {
  static override styles = [
    tick,
    unfolding,
    textButton,
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

  @state() private doubtfulOpen = false;

  readonly #done = new LongList(this);
  readonly #onRequest = new LongList(this);

  override render(): unknown {
    const { report } = this;
    if (report === null) return null;
    if (this.of === 'misspellings') {
      const { misspellings } = report;
      const list = this.#list(
        counted(misspellings.length, 'merge'),
        html`${repeat(
          this.#done.first(misspellings),
          ({ from }) => from,
          (merge) => this.#merge(merge),
        )}${this.#rest(this.#done, misspellings.length)}`,
      );
      return html`${misspellings.length === 0 ? null : list}${this.#doubtful(report)}`;
    }
    const { variants } = report;
    return this.#list(
      `${counted(variants.length, 'word')} and how they are written`,
      html`${this.#done
        .first(variants)
        .map(
          ({ word, labels }) =>
            html`<li>
              ${labels.map(
                ({ label, rows }, i) =>
                  html`${i === 0 ? '' : ', '}“<span class="written">${label}</span>”
                    <span class="rows">${rows}</span>`,
              )}
              → “${word}”
            </li>`,
        )}${this.#rest(this.#done, variants.length)}`,
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

  /** Of a large file there may be thousands, which are drawn for those who open them. */
  #doubtful({ doubtful }: AuditReport): unknown {
    if (doubtful.length === 0) return null;
    const title = `${counted(doubtful.length, 'merge')} with too little evidence, done on request`;
    return html`<details
      data-list="doubtful"
      ?open=${this.doubtfulOpen}
      @toggle=${this.#toggleDoubtful}
    >
      <summary>${title}</summary>
      ${
        this.doubtfulOpen
          ? html`<ul tabindex="0" aria-label=${title}>
              ${repeat(
                this.#onRequest.first(doubtful),
                ({ from }) => from,
                (merge) => this.#request(merge),
              )}${this.#rest(this.#onRequest, doubtful.length)}
            </ul>`
          : null
      }
    </details>`;
  }

  /** The end of a list that is not drawn as a whole. */
  #rest(list: LongList, total: number): unknown {
    const more = list.more(total);
    return more === null ? null : html`<li>${more}</li>`;
  }

  #toggleDoubtful = (event: Event): void => {
    if (event.target instanceof HTMLDetailsElement) this.doubtfulOpen = event.target.open;
  };

  #merge(merge: Misspelling): unknown {
    const { unmerged } = this.choices;
    const { from } = merge;
    const apart = unmerged.includes(from);
    return this.#box(merge, !apart, apart ? ': kept apart' : '', {
      unmerged: apart ? unmerged.filter((word) => word !== from) : [...unmerged, from],
    });
  }

  #request(merge: Misspelling): unknown {
    const { merged } = this.choices;
    const { from, to } = merge;
    const done = isMerged(merge, this.choices);
    return this.#box(merge, done, '', {
      merged: done ? merged.filter((other) => other.from !== from) : [...merged, { from, to }],
    });
  }

  /** @param changed what is chosen when the box is ticked or cleared */
  #box(
    { from, to, rows, toRows }: Misspelling,
    ticked: boolean,
    note: string,
    changed: Partial<AuditChoices>,
  ): unknown {
    const { misspellings, labelVariants } = this.choices;
    return html`<li>
      <label>
        <input
          type="checkbox"
          data-from=${from}
          ?disabled=${misspellings === 'keep' || labelVariants === 'keep'}
          .checked=${ticked}
          @change=${() => {
            this.#choose(changed);
          }}
        />
        <span>
          Merge “${from}” <span class="rows">(${counted(rows, 'row')})</span> into “${to}”
          <span class="rows">(${counted(toRows, 'row')})</span>${note}
        </span>
      </label>
    </li>`;
  }

  #choose(changed: Partial<AuditChoices>): void {
    const choices = { ...this.choices, ...changed };
    this.dispatchEvent(new ActionEvent({ type: 'choose-cleaning', choices }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-audit-merges': WbAuditMerges;
  }
}
