import { plural, thousands } from '../../src/base/number-text';
import '@awesome.me/webawesome/dist/components/button/button.js';
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { AuditReport } from '../../src/data/audit/report';
import type { Recipe } from '../../src/recipe/recipe';
import { RECIPES } from '../../src/recipe/recipes';
import type { Phase } from '../../workers/trainer/messages';
import { kitButtons } from '../kit/kit-styles';
import { fileInput } from '../kit/file-input';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { disclosure, dropTarget, fileLines, panel, visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { CleanedData, ForeignColumns, LoadedData, ReadingState } from '../state/page-state';

const FOUND = new LazyPart('The list of words', async () => {
  await Promise.all([import('./wb-audit'), import('./wb-word-list')]);
});

const COLUMNS = new LazyPart('The choice of columns', () => import('./wb-columns'));
const READING = new LazyPart('What was read', () => import('./wb-reading'));

/** Rejected rows drawn at most; the rest are counted. */
const REJECTED_SHOWN = 200;

/** Step 1: the data set, what it holds and what of it cannot be used. */
@customElement('wb-data-panel')
export class WbDataPanel extends OwnTaskElement {
  static override styles = [
    kitButtons,
    panel,
    disclosure,
    dropTarget,
    fileLines,
    visuallyHidden,
    css`
      .spaced {
        margin-top: var(--wb-space-3);
      }

      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }

      .synthetic {
        padding: 1px 6px;
        border-radius: 99px;
        background: var(--wb-bright-tint);
        color: var(--wb-ink);
        font-size: var(--wb-text-xs);
      }

      details {
        margin: var(--wb-space-2) 0;
      }
    `,
  ];

  @property({ attribute: false }) data: LoadedData | null = null;
  @property({ attribute: false }) report: AuditReport | null = null;
  @property({ attribute: false }) cleaned: CleanedData | null = null;
  @property({ attribute: false }) recipe: Recipe = RECIPES['seed-v2'].recipe;
  @property({ attribute: false }) reading: ReadingState | null = null;
  @property({ attribute: false }) foreignColumns: ForeignColumns | null = null;
  @property({ attribute: false }) minimumRows = 5;
  @property({ attribute: false }) chosen: ReadonlySet<string> = new Set();
  @property({ attribute: false }) phase: Phase = 'idle';
  @query('input[type="file"]') private input!: HTMLInputElement;

  override render(): unknown {
    return html`
      <h2>Data</h2>
      <div class="target">
        <p>
          ${this.reading === null ? 'Drop a CSV of EQ settings here' : readingText(this.reading)}
        </p>
        <div class="buttons">
          <wa-button
            size="s"
            appearance="outlined"
            @click=${() => {
              this.input.click();
            }}
          >
            Choose a file
          </wa-button>
          <wa-button size="s" appearance="plain" variant="brand" @click=${this.#useSample}>
            Use the sample
          </wa-button>
          ${
            this.reading?.share == null
              ? null
              : html`<wa-button
                  size="s"
                  appearance="outlined"
                  data-action="cancel-reading"
                  @click=${this.#cancel}
                  >Cancel</wa-button
                >`
          }
        </div>
        ${fileInput('.csv,text/csv,.safetensors,.zip', 'CSV or model file', (file) => {
          this.dispatchEvent(new ActionEvent({ type: 'open-file', file }));
        })}
      </div>
      ${this.#about()} ${this.#columns()}
    `;
  }

  /** Once it was needed it stays, closed. */
  #columns(): unknown {
    if (this.foreignColumns === null && COLUMNS.module === null) return null;
    return whenLoaded(
      this,
      COLUMNS,
      () =>
        html`<wb-columns
          .name=${this.reading?.name ?? ''}
          .columns=${this.foreignColumns}
        ></wb-columns>`,
    );
  }

  /** What is unusual in how the file was read. */
  #read({ reading }: LoadedData): unknown {
    if (reading === null || reading.notes.length + (reading.instruments?.length ?? 0) === 0)
      return null;
    return whenLoaded(
      this,
      READING,
      () => html`<wb-reading .reading=${reading} .fit=${this.report?.fit ?? null}></wb-reading>`,
    );
  }

  /** Nothing for the moment between the reading of a file and its being looked over. */
  #about(): unknown {
    if (this.data === null) return this.#intro();
    return this.cleaned === null ? null : this.#found(this.data, this.cleaned);
  }

  #intro(): unknown {
    return html`<p class="quiet spaced">
      SAFE-DB holds 1,700 equaliser settings that people labelled with a word. The sample is made
      up, so that there is something to train at once.
    </p>`;
  }

  #found(data: LoadedData, cleaned: CleanedData): unknown {
    return html`
      <p class="spaced">
        <span class="name">${data.name}</span>
        ${data.synthetic ? html`<span class="synthetic">synthetic</span>` : null}
      </p>
      <p class="quiet">
        <b>${thousands(data.rows)}</b> ${plural(data.rows, 'row')}${
          data.reading?.contributorsKnown === false
            ? '.'
            : html` by
                <b>${thousands(data.contributors)}</b> ${plural(data.contributors, 'contributor')}.`
        }
        ${
          data.reading?.format === 'safe-db'
            ? 'Addresses and personal columns were dropped while reading.'
            : null
        }
      </p>
      ${this.#read(data)} ${this.#rejected(data)}
      <p class="quiet">
        After cleaning: <b>${thousands(cleaned.rowsLeft)}</b> ${plural(cleaned.rowsLeft, 'row')},
        <b>${thousands(cleaned.words.length)}</b> different ${plural(cleaned.words.length, 'word')}.
      </p>
      ${whenLoaded(this, FOUND, () => this.#details(data, cleaned), loading('20rem'))}
    `;
  }

  #details(data: LoadedData, cleaned: CleanedData): unknown {
    return html`
      <wb-audit
        .name=${data.name}
        .report=${this.report}
        .cleaned=${cleaned}
        .recipe=${this.recipe}
        .minimumRows=${this.minimumRows}
        .phase=${this.phase}
      ></wb-audit>
      <wb-word-list
        .words=${cleaned.words}
        .chosen=${this.chosen}
        .minimumRows=${this.minimumRows}
        .peopleKnown=${this.data?.reading?.contributorsKnown ?? true}
      ></wb-word-list>
    `;
  }

  #rejected(data: LoadedData): unknown {
    const { rejected, rejectedTotal } = data;
    if (rejectedTotal === 0) return html`<p class="quiet">Every row can be used.</p>`;
    const more = rejectedTotal - Math.min(rejected.length, REJECTED_SHOWN);
    return html`
      <details>
        <summary>${thousands(rejectedTotal)} rows cannot be used</summary>
        <div class="inside">
          <ul class="lines">
            ${rejected
              .slice(0, REJECTED_SHOWN)
              .map(({ line, reason }) => html`<li><b>Line ${line}:</b> ${reason}</li>`)}
          </ul>
          ${more > 0 ? html`<p class="quiet">… and ${thousands(more)} more.</p>` : null}
        </div>
      </details>
    `;
  }

  #cancel = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'cancel-reading' }));
    // The button that was pressed goes away.
    this.renderRoot.querySelector('wa-button')?.focus();
  };

  #useSample = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'use-sample' }));
  };
}

function readingText({ name, share }: ReadingState): string {
  return `Reading ${name}…${share === null ? '' : ` ${String(Math.floor(100 * share))} %`}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-data-panel': WbDataPanel;
  }
}
