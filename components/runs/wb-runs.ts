import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { MOST_COMPARED } from '../../src/report/most-compared';
import type { Phase, RunSummary } from '../../workers/trainer/messages';
import { textButton } from '../kit/button-styles';
import { keptList, panel, searchField, textInput, tick } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { isActive, type LeavingRun } from '../state/page-state';
import { searchRuns } from './run-search';
import { figuresText, stateText, wordsText } from './run-texts';
import { runThumbnail } from './run-thumbnail';
import './wb-library';
import './wb-run-dialog';
import type { RunQuestion } from './wb-run-dialog';

/** The runs kept in this browser: looked through, opened, named, noted, copied, deleted, compared. */
@customElement('wb-runs')
export class WbRuns extends LitElement {
  static override styles = [
    panel,
    textButton,
    tick,
    keptList,
    textInput,
    searchField,
    css`
      h2:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--wb-space-3);
        align-items: start;
      }

      li.leaving {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-3);
        align-items: center;
      }

      li p {
        margin: 0;
        overflow-wrap: anywhere;
      }

      svg {
        width: 4rem;
        height: 4rem;
        border: 1px solid var(--wb-line);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface-sunk);
      }

      .note {
        padding-left: var(--wb-space-2);
        border-left: 3px solid var(--wb-line-strong);
        font-size: var(--wb-text-s);
        white-space: pre-line;
      }

      .do {
        margin-top: 2px;
        align-items: center;
      }

      .do button,
      .do label,
      .leaving button {
        min-height: 24px;
      }

      label {
        display: flex;
        gap: var(--wb-space-1);
        align-items: center;
      }

      .do label {
        margin-left: auto;
      }

      .compare {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        align-items: center;
        margin-top: var(--wb-space-3);
      }

      .compare p {
        margin: 0;
      }

      @media (pointer: coarse), (max-width: 40em) {
        .do button,
        .do label,
        .leaving button {
          min-width: var(--wb-target);
          min-height: var(--wb-target);
          text-align: start;
        }

        .do {
          gap: 0 var(--wb-space-3);
        }

        .search input {
          height: var(--wb-target);
        }
      }
    `,
  ];

  @property({ attribute: false }) runs: readonly RunSummary[] = [];
  /** How many records cannot be read. */
  @property({ type: Number }) unreadable = 0;
  /** Why the runs cannot be listed; null where they can. */
  @property({ attribute: false }) problem: string | null = null;
  /** Runs whose deletion can be undone. */
  @property({ attribute: false }) leaving: readonly LeavingRun[] = [];
  @property({ attribute: false }) openRun: string | null = null;
  @property({ attribute: false }) phase: Phase = 'idle';
  @state() private question: RunQuestion | null = null;
  @state() private query = '';
  /** Runs to compare, in the order in which they were ticked. */
  @state() private ticked: readonly string[] = [];
  /** The run whose row has the focus, or had it before it was drawn anew. */
  #focused: string | null = null;

  protected override willUpdate(): void {
    const focused = this.shadowRoot?.activeElement?.closest('li');
    this.#focused = focused?.getAttribute('data-run') ?? null;
  }

  override render(): unknown {
    const shown = searchRuns(this.runs, this.query);
    return html`
      <h2 tabindex="-1">Runs kept in this browser</h2>
      ${this.problem === null ? null : html`<p role="alert">${this.problem}</p>`}
      ${this.unreadable === 0 ? null : html`<p class="quiet">${unreadableText(this.unreadable)}</p>`}
      ${this.runs.length === 0 ? this.#none() : this.#list(shown)}
      ${this.runs.length < 2 ? null : this.#compare()}
      <wb-library .runs=${this.runs}></wb-library>
      <wb-run-dialog
        .question=${this.question}
        @wb-answered=${() => {
          this.question = null;
        }}
      ></wb-run-dialog>
    `;
  }

  /** The row of a run that is deleted or kept again has other buttons, of which one gets the focus. */
  protected override updated(): void {
    if (this.#focused === null || this.shadowRoot?.activeElement !== null) return;
    const row = `li[data-run="${CSS.escape(this.#focused)}"]`;
    const buttons = '[data-do="undo"], [data-do="delete"]';
    const button = this.renderRoot.querySelector<HTMLElement>(`${row} :is(${buttons})`);
    (button ?? this.renderRoot.querySelector('h2'))?.focus();
  }

  #none(): unknown {
    return this.problem !== null
      ? null
      : html`<p class="quiet">
          None yet. A run is kept as it trains, so a closed tab loses nothing; those of a sweep once
          each has finished.
        </p>`;
  }

  #list(shown: readonly RunSummary[]): unknown {
    return html`
      <label class="search">
        Search
        <input
          type="search"
          maxlength="200"
          placeholder="name, word, recipe or note"
          .value=${this.query}
          @input=${({ target }: Event) => {
            if (target instanceof HTMLInputElement) this.query = target.value;
          }}
        />
      </label>
      <p class="quiet" role="status" data-found>
        ${
          this.query.trim() === ''
            ? null
            : `${String(shown.length)} of ${String(this.runs.length)} ${this.runs.length === 1 ? 'run' : 'runs'}`
        }
      </p>
      <ul>
        ${repeat(
          shown,
          ({ id }) => id,
          (run) => this.#item(run),
        )}
      </ul>
    `;
  }

  #compare(): unknown {
    const ids = this.#chosen();
    const enough = ids.length >= 2 && ids.length <= MOST_COMPARED;
    return html`
      <div class="compare">
        <wa-button
          size="s"
          variant=${enough ? 'brand' : 'neutral'}
          appearance=${enough ? 'accent' : 'outlined'}
          data-action="compare"
          ?disabled=${!enough}
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'compare', ids }))}
        >
          Compare
        </wa-button>
        <p class="quiet">
          ${enough ? `${String(ids.length)} runs` : `Tick 2 to ${String(MOST_COMPARED)} runs.`}
        </p>
      </div>
    `;
  }

  /** The ticked runs that are still there. */
  #chosen(): string[] {
    return this.ticked.filter(
      (id) => this.runs.some((run) => run.id === id) && !this.leaving.some((run) => run.id === id),
    );
  }

  #tick(id: string, event: Event): void {
    const others = this.ticked.filter((ticked) => ticked !== id);
    this.ticked = controlChecked(event) ? [...others, id] : others;
  }

  #item(run: RunSummary): unknown {
    const leaving = this.leaving.find(({ id }) => id === run.id);
    return leaving === undefined ? this.#kept(run) : this.#leaving(run, leaving);
  }

  #leaving({ id, name }: RunSummary, { told }: LeavingRun): unknown {
    return html`<li data-run=${id} class="leaving">
      <p>${name} is deleted.</p>
      ${
        told
          ? null
          : html`<button
              class="text"
              type="button"
              data-do="undo"
              aria-label=${`Undo: keep ${name}`}
              @click=${() => {
                this.dispatchEvent(new ActionEvent({ type: 'undo-delete', id }));
              }}
            >
              Undo
            </button>`
      }
    </li>`;
  }

  #kept(run: RunSummary): unknown {
    const { id, name, recipe, words = [], note } = run;
    const open = id === this.openRun;
    const about = [
      ...(recipe === undefined || recipe === name ? [] : [recipe]),
      ...(words.length === 0 ? [] : [wordsText(words)]),
    ];
    const figures = figuresText(run.scoreboard);
    return html`
      <li data-run=${id}>
        ${runThumbnail(run)}
        <div>
          <div class="name">${name}</div>
          ${about.map((text) => html`<p class="quiet">${text}</p>`)}
          <p class="quiet">${stateText(run)}</p>
          ${figures === '' ? null : html`<p class="quiet figures">${figures}</p>`}
          ${note === undefined ? null : html`<p class="note">${note}</p>`}
          <div class="do">
            ${
              open
                ? html`<span class="quiet">open</span>`
                : this.#button(
                    'open',
                    'Open',
                    isActive(this.phase) && this.phase !== 'paused',
                    () => this.dispatchEvent(new ActionEvent({ type: 'open-run', id })),
                  )
            }
            ${this.#button('rename', 'Rename', false, () => {
              this.question = { about: 'rename', run };
            })}
            ${this.#button(
              'note',
              note === undefined ? 'Add a note' : 'Edit the note',
              false,
              () => {
                this.question = { about: 'note', run };
              },
            )}
            ${this.#button('duplicate', 'Duplicate', false, () =>
              this.dispatchEvent(new ActionEvent({ type: 'duplicate-run', id })),
            )}
            ${this.#button('delete', 'Delete', open && isActive(this.phase), () =>
              this.dispatchEvent(new ActionEvent({ type: 'delete-run', id })),
            )}
            <label>
              <input
                type="checkbox"
                aria-label=${`Compare ${name}`}
                .checked=${this.ticked.includes(id)}
                @change=${(event: Event) => {
                  this.#tick(id, event);
                }}
              />
              Compare
            </label>
          </div>
        </div>
      </li>
    `;
  }

  #button(what: string, label: string, disabled: boolean, act: () => void): unknown {
    return html`<button
      class="text"
      type="button"
      data-do=${what}
      ?disabled=${disabled}
      @click=${act}
    >
      ${label}
    </button>`;
  }
}

function controlChecked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}

/** What is said of records that nobody can read. */
function unreadableText(records: number): string {
  return records === 1
    ? 'One more run cannot be read: it is damaged, or a later version of this page kept it. It is left as it is.'
    : `${String(records)} more runs cannot be read: they are damaged, or a later version of this page kept them. They are left as they are.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-runs': WbRuns;
  }
}
