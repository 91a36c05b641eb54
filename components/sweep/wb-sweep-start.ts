import { thousands } from '../../src/base/number-text';
import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { specOf, type Recipe } from '../../src/recipe/recipe';
import { variesOf } from '../../src/recipe/settings';
import { controlValue } from '../kit/control-value';
import { DialogElement } from '../kit/dialog-element';
import { iconStyles, icons } from '../kit/icons';
import { removeButton } from '../kit/button-styles';
import { kitDialog, kitFields } from '../kit/kit-styles';
import { innerPanel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { INITIAL_STATE, isActive, isSweeping, type PageState } from '../state/page-state';
import {
  exampleRow,
  firstRows,
  offeredSettings,
  parseValues,
  planSweep,
  sweepLabel,
  type SweepRow,
  type SweptSetting,
} from './sweep-fields';
import { durationText } from '../kit/text';

/** The dialog in which a sweep's values are typed; fires `close` when it is closed. */
@customElement('wb-sweep-start')
export class WbSweepStart extends DialogElement {
  static override styles = [
    kitDialog,
    innerPanel,
    kitFields,
    removeButton,
    iconStyles,
    css`
      wa-dialog {
        --width: 34rem;
      }

      ul {
        display: grid;
        gap: var(--wb-space-3);
        margin: var(--wb-space-3) 0;
        padding: 0;
        list-style: none;
      }

      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 2rem;
        align-items: end;
        gap: var(--wb-space-1);
      }

      .problem,
      .help {
        margin: 2px 0 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
      }

      .problem {
        color: var(--wb-danger);
      }

      .add {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-1) var(--wb-space-2);
        align-items: baseline;
        margin-bottom: var(--wb-space-4);
      }

      .add button {
        padding: 2px var(--wb-space-2);
        border: 1px solid var(--wb-line-strong);
        border-radius: 99px;
        background: none;
        color: var(--wb-ink);
        font: var(--wb-text-xs) / 1.5 var(--wb-font);
        cursor: pointer;
      }

      .add button:hover {
        background: var(--wb-surface-sunk);
      }

      .add button:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      .sum {
        margin: 0;
        padding: var(--wb-space-2) var(--wb-space-3);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface-sunk);
        font-size: var(--wb-text-m);
      }

      b {
        font-weight: 650;
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;
  @property({ attribute: false }) open = false;
  @state() private rows: readonly SweepRow[] = [];
  /** The rows that the dialog began with; while they are the same, nobody has changed them. */
  #begun = this.rows;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) this.#begin();
  }

  override render(): unknown {
    return html`
      <wa-dialog
        label="Try several settings at once"
        ?open=${this.open && this.drawn}
        @wa-after-hide=${this.#closed}
      >
        ${this.open ? this.#form() : nothing}
      </wa-dialog>
    `;
  }

  /** What was typed last time stays, as far as the recipe still has it. */
  #begin(): void {
    const { recipe } = this.view;
    const offered = offeredSettings(recipe);
    const left = this.rows.filter(({ setting }) => offered.includes(setting));
    if (this.rows === this.#begun || left.length === 0) {
      this.rows = this.#begun = firstRows(recipe);
    } else this.rows = left;
  }

  #form(): unknown {
    const { rows, view } = this;
    const plan = planSweep(view.recipe, rows);
    const obstacle = this.#obstacle();
    const left = offeredSettings(view.recipe).filter((key) =>
      rows.every(({ setting }) => setting !== key),
    );
    return html`
      <p class="quiet">
        One run is trained for every combination of these values. All else is as in the recipe.
      </p>
      <ul>
        ${repeat(
          rows,
          ({ setting }) => setting,
          (row) => this.#row(row),
        )}
      </ul>
      ${
        left.length === 0
          ? nothing
          : html`<div class="add" role="group" aria-label="Add a setting">
              <span class="quiet">Also vary</span>
              ${left.map(
                (setting) =>
                  html`<button
                    type="button"
                    @click=${() => {
                      this.#add(setting);
                    }}
                  >
                    + ${sweepLabel(setting)}
                  </button>`,
              )}
            </div>`
      }
      <p class="sum" role="status">
        ${
          'runs' in plan
            ? this.#sum(rows, plan.runs.length)
            : rows.some(hasProblem)
              ? 'No sweep yet: a list of values cannot be used.'
              : plan.problem
        }
      </p>
      ${obstacle === null ? nothing : html`<p class="problem">${obstacle}</p>`}
      <wa-button slot="footer" appearance="outlined" @click=${this.#close}> Cancel </wa-button>
      <wa-button
        slot="footer"
        variant="brand"
        data-action="start-sweep"
        ?disabled=${'problem' in plan || obstacle !== null}
        @click=${this.#start}
      >
        Start sweep
      </wa-button>
    `;
  }

  #row({ setting, text }: SweepRow): unknown {
    const label = sweepLabel(setting);
    const result = parseValues(setting, text);
    return html`<li data-setting=${setting}>
      <div class="row">
        <wa-input
          size="s"
          label=${label}
          autocomplete="off"
          .value=${text}
          @input=${(event: Event) => {
            this.#type(setting, String(controlValue(event)));
          }}
        ></wa-input>
        <button
          class="remove"
          type="button"
          title="Do not vary it"
          aria-label=${`Remove ${label}`}
          @click=${() => {
            this.rows = this.rows.filter((row) => row.setting !== setting);
          }}
        >
          ${icons.close}
        </button>
      </div>
      ${
        'problem' in result
          ? html`<p class="problem" role="alert">${result.problem}</p>`
          : html`<p class="help">${helpOf(setting, result.values.length)}</p>`
      }
    </li>`;
  }

  /** What the sweep would be: how many runs, and what they cost. */
  #sum(rows: readonly SweepRow[], runs: number): unknown {
    const { recipe } = this.view;
    const counts = rows.map(({ setting, text }) => {
      const result = parseValues(setting, text);
      return 'values' in result ? result.values.length : 0;
    });
    const product = counts.length > 1 ? `${counts.join(' × ')} = ` : '';
    const seconds = this.#secondsAlone();
    return html`${product}<b>${runs} runs</b> of ${recipe.epochs} epochs,
      ${thousands(runs * recipe.epochs)} epochs in
      all${
        seconds === null
          ? nothing
          : html`: about ${durationText(runs * seconds)} at the last run’s pace, less where several
            train side by side`
      }.
      Each run is kept in this browser when it has finished.`;
  }

  /** What one run would take by itself, where the open run tells; its shape decides. */
  #secondsAlone(): number | null {
    const { run, secondsPerEpoch, recipe } = this.view;
    if (run === null || secondsPerEpoch === null) return null;
    const shape = (of: Recipe): string => JSON.stringify([specOf(of, 1), of.batchSize]);
    return shape(run.recipe) === shape(recipe) ? recipe.epochs * secondsPerEpoch : null;
  }

  /** Why the sweep cannot start now; null when it can. */
  #obstacle(): string | null {
    const { data, chosenWords, phase } = this.view;
    if (data === null) return 'Choose a data set first.';
    if (chosenWords.size < 2) return 'Tick at least two words to train on.';
    if (isSweeping(this.view)) return 'A sweep is training: it has to end or be stopped first.';
    if (isActive(phase) && phase !== 'paused') {
      return 'A run is training: pause or stop it first.';
    }
    return null;
  }

  #add(setting: SweptSetting): void {
    this.rows = [...this.rows, exampleRow(setting, this.view.recipe)];
    void this.#focusOn(setting);
  }

  /** A setting just added is what will be typed next. */
  async #focusOn(setting: SweptSetting): Promise<void> {
    await this.updateComplete;
    const input = this.renderRoot.querySelector(`[data-setting=${setting}] wa-input`);
    if (!(input instanceof HTMLElement)) return;
    input.focus();
  }

  #type(setting: SweptSetting, text: string): void {
    this.rows = this.rows.map((row) => (row.setting === setting ? { setting, text } : row));
  }

  #closed = (event: Event): void => {
    // The same event of elements inside the dialog bubbles up to it.
    if (event.target === event.currentTarget) this.#close();
  };

  #close = (): void => {
    this.dispatchEvent(new Event('close'));
  };

  #start = (): void => {
    const plan = planSweep(this.view.recipe, this.rows);
    if ('problem' in plan) return;
    this.#close();
    this.dispatchEvent(new ActionEvent({ type: 'start-sweep', vary: plan.vary }));
  };
}

function hasProblem({ setting, text }: SweepRow): boolean {
  return 'problem' in parseValues(setting, text);
}

function helpOf(setting: SweptSetting, count: number): string {
  const values = count === 1 ? '1 value' : `${String(count)} values`;
  const { hint } = variesOf(setting);
  return hint === undefined ? `${values}.` : `${values}. ${hint}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-sweep-start': WbSweepStart;
  }
}
