import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { signed } from '../../src/base/number-text';
import { MOST_COMPARED } from '../../src/report/most-compared';
import type { Phase, RunSummary } from '../../workers/trainer/messages';
import { controlValue } from '../kit/control-value';
import { textButton } from '../kit/button-styles';
import { keptList, panel, tick } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { isActive } from '../state/page-state';
import { sizeText } from '../kit/text';
import { savedWhen } from './saved-when';

interface Question {
  readonly about: 'rename' | 'delete';
  readonly run: RunSummary;
}

/** The runs kept in this browser: open, rename, delete, compare. */
@customElement('wb-runs')
export class WbRuns extends LitElement {
  static override styles = [
    panel,
    textButton,
    tick,
    keptList,
    css`
      .what {
        margin: 0;
      }

      label {
        display: flex;
        gap: var(--wb-space-1);
        align-items: center;
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
    `,
  ];

  @property({ attribute: false }) runs: readonly RunSummary[] = [];
  @property({ attribute: false }) openRun: string | null = null;
  @property({ attribute: false }) phase: Phase = 'idle';
  @state() private question: Question | null = null;
  @state() private newName = '';
  /** Runs to compare, in the order in which they were ticked. */
  @state() private ticked: readonly string[] = [];

  override render(): unknown {
    return html`
      <h2>Runs kept in this browser</h2>
      ${
        this.runs.length === 0
          ? html`<p class="quiet">
              None yet. A run is kept as it trains, so a closed tab loses nothing.
            </p>`
          : html`<ul>
              ${repeat(
                this.runs,
                ({ id }) => id,
                (run) => this.#item(run),
              )}
            </ul>`
      }
      ${this.runs.length < 2 ? null : this.#compare()} ${this.#dialog()}
    `;
  }

  #compare(): unknown {
    const ids = this.#chosen();
    const enough = ids.length >= 2 && ids.length <= MOST_COMPARED;
    return html`
      <div class="compare">
        <wa-button
          size="s"
          appearance="outlined"
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
    return this.ticked.filter((id) => this.runs.some((run) => run.id === id));
  }

  #tick(id: string, event: Event): void {
    const others = this.ticked.filter((ticked) => ticked !== id);
    this.ticked = controlChecked(event) ? [...others, id] : others;
  }

  #item(run: RunSummary): unknown {
    const { id, name, epochs, plannedEpochs, finished, synthetic, scoreboard, savedAt, bytes } =
      run;
    const open = id === this.openRun;
    return html`
      <li data-run=${id}>
        <div class="name">${name}</div>
        <p class="quiet what">
          ${finished ? (epochs < plannedEpochs ? 'stopped' : 'finished') : 'unfinished'}, epoch
          ${epochs} of
          ${plannedEpochs}${synthetic ? ', synthetic data' : ''}${figuresText(scoreboard)}.
          ${savedWhen(savedAt)}, ${sizeText(bytes)}
        </p>
        <div class="do">
          ${
            open
              ? html`<span class="quiet">open</span>`
              : html`<button
                  class="text"
                  type="button"
                  data-do="open"
                  ?disabled=${isActive(this.phase) && this.phase !== 'paused'}
                  @click=${() => this.dispatchEvent(new ActionEvent({ type: 'open-run', id }))}
                >
                  Open
                </button>`
          }
          <button
            class="text"
            type="button"
            data-do="rename"
            @click=${() => {
              this.#ask('rename', run);
            }}
          >
            Rename
          </button>
          <button
            class="text"
            type="button"
            data-do="delete"
            ?disabled=${open && isActive(this.phase)}
            @click=${() => {
              this.#ask('delete', run);
            }}
          >
            Delete
          </button>
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
      </li>
    `;
  }

  #dialog(): unknown {
    const { question } = this;
    const renaming = question?.about === 'rename';
    return html`
      <wa-dialog
        label=${renaming ? 'Rename this run' : 'Delete this run?'}
        ?open=${question !== null}
        @wa-after-show=${this.#focusName}
        @wa-after-hide=${this.#close}
      >
        ${
          renaming
            ? html`<wa-input
                label="Name"
                maxlength="120"
                .value=${this.newName}
                @input=${this.#type}
                @keydown=${this.#enter}
              ></wa-input>`
            : html`<p>
                ${question?.run.name}: its model and its history go from this browser. This cannot
                be undone.
              </p>`
        }
        <wa-button
          slot="footer"
          appearance="outlined"
          @click=${() => {
            this.question = null;
          }}
        >
          Cancel
        </wa-button>
        <wa-button
          slot="footer"
          variant=${renaming ? 'brand' : 'danger'}
          data-action="confirm"
          ?disabled=${renaming && this.newName.trim() === ''}
          @click=${this.#confirm}
        >
          ${renaming ? 'Rename' : 'Delete'}
        </wa-button>
      </wa-dialog>
    `;
  }

  #ask(about: Question['about'], run: RunSummary): void {
    this.newName = run.name;
    this.question = { about, run };
  }

  #close = (event: Event): void => {
    // The same event of elements inside the dialog bubbles up to it.
    if (event.target === event.currentTarget) this.question = null;
  };

  #focusName = (): void => {
    this.renderRoot.querySelector('wa-input')?.focus();
  };

  #type = (event: Event): void => {
    this.newName = String(controlValue(event));
  };

  #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#confirm();
  };

  #confirm = (): void => {
    if (this.question === null) return;
    const { about, run } = this.question;
    const name = this.newName.trim();
    if (about === 'rename' && name === '') return;
    this.question = null;
    this.dispatchEvent(
      new ActionEvent(
        about === 'rename'
          ? { type: 'rename-run', id: run.id, name }
          : { type: 'delete-run', id: run.id },
      ),
    );
  };
}

function controlChecked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}

/** Silhouette and response error, and which rows they are on. */
function figuresText(scoreboard: RunSummary['scoreboard']): string {
  if (scoreboard === null) return '';
  const { silhouette, responseErrorDb, on } = scoreboard;
  const figures = [
    silhouette === null ? '' : `silhouette ${signed(silhouette, 3)}`,
    responseErrorDb === null ? '' : `response error ${responseErrorDb.toFixed(2)} dB`,
  ].filter(Boolean);
  return figures.length === 0 ? '' : `, ${figures.join(' and ')} on ${on}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-runs': WbRuns;
  }
}
