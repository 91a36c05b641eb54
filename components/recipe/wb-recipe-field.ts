import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/number-input/number-input.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { Recipe } from '../../src/recipe/recipe';
import { DEFAULT_RECIPE, RECIPES } from '../../src/recipe/recipes';
import { kindOf, warningOf } from '../../src/recipe/setting-values';
import { factsOf } from '../../src/recipe/settings';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { kitFields } from '../kit/kit-styles';
import { ActionEvent } from '../state/action';
import {
  fieldLabel,
  fieldLimits,
  fieldStep,
  fieldText,
  valueName,
  withField,
  type FieldKey,
} from './recipe-fields';

/** One setting of the recipe: its value, what it does, and a way back to the preset's value. */
@customElement('wb-recipe-field')
export class WbRecipeField extends LitElement {
  static override styles = [
    iconStyles,
    kitFields,
    css`
      :host {
        display: block;
      }

      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 2rem;
        align-items: end;
        gap: var(--wb-space-1);
      }

      button {
        height: 2rem;
        border: 0;
        border-radius: var(--wb-radius-s);
        background: none;
        color: var(--wb-warm);
        cursor: pointer;
      }

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
      }

      .help,
      .problem {
        margin: 2px 0 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
        line-height: 1.35;
      }

      .problem {
        color: var(--wb-danger);
      }

      .help.warning {
        color: var(--wb-caution);
      }
    `,
  ];

  /** Which setting of the recipe. */
  @property({ attribute: false }) setting: FieldKey = 'epochs';
  @property({ attribute: false }) recipe: Recipe = RECIPES[DEFAULT_RECIPE].recipe;
  @property({ attribute: false }) preset: Recipe = RECIPES[DEFAULT_RECIPE].recipe;
  @state() private problem: string | null = null;
  /** What was typed and cannot be used. */
  #typed = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another recipe was chosen, with values of its own.
    if (changed.has('preset') && changed.get('preset') !== undefined) this.problem = null;
  }

  override render(): unknown {
    const { setting, recipe, preset } = this;
    const { label, help } = factsOf(setting);
    const changed = fieldText(setting, recipe) !== fieldText(setting, preset);
    const warning = warningOf(setting, recipe);
    return html`
      <div class="row">
        ${this.#control()}
        ${
          changed || this.problem !== null
            ? html`<button
                type="button"
                title=${`Back to ${valueName(setting, preset)}`}
                aria-label=${`Reset ${label} to ${valueName(setting, preset)}`}
                @click=${this.#reset}
              >
                ${icons.again}
              </button>`
            : null
        }
      </div>
      ${
        this.problem === null
          ? html`<p class="help">${help}</p>`
          : html`<p class="problem" role="alert">${this.problem}</p>`
      }
      ${warning === null ? null : html`<p class="help warning" role="status">${warning}</p>`}
    `;
  }

  #control(): unknown {
    const { setting, recipe } = this;
    const label = fieldLabel(setting);
    const value = this.problem === null ? fieldText(setting, recipe) : this.#typed;
    const kind = kindOf(setting);
    if (kind === 'numbers') {
      return html`<wa-input
        size="s"
        label=${label}
        .value=${live(value)}
        @change=${this.#change}
      ></wa-input>`;
    }
    if (kind === 'choice') {
      return html`<wa-select size="s" label=${label} .value=${live(value)} @change=${this.#change}>
        ${Object.entries(factsOf(setting).options ?? {}).map(
          ([option, name]) => html`<wa-option value=${option}>${name}</wa-option>`,
        )}
      </wa-select>`;
    }
    if (kind === 'switch') {
      const on = value === 'true';
      return html`<wa-checkbox
        size="s"
        ?checked=${on}
        .checked=${on}
        @change=${() => {
          this.#take(String(!on));
        }}
        >${label}</wa-checkbox
      >`;
    }
    const { min, max } = fieldLimits(setting);
    return html`<wa-number-input
      size="s"
      label=${label}
      min=${min}
      max=${max}
      step=${fieldStep(setting)}
      .value=${live(value)}
      @change=${this.#change}
    ></wa-number-input>`;
  }

  #change = (event: Event): void => {
    this.#take(String(controlValue(event)));
  };

  #take(text: string): void {
    const result = withField(this.setting, this.recipe, text);
    const problem = 'problem' in result ? result.problem : null;
    this.#typed = text;
    if (problem !== this.problem) this.#mark(problem);
    if ('recipe' in result) {
      this.dispatchEvent(new ActionEvent({ type: 'set-recipe', recipe: result.recipe }));
    }
  }

  #mark(problem: string | null): void {
    this.problem = problem;
    const label = fieldLabel(this.setting);
    this.dispatchEvent(new ActionEvent({ type: 'mark-setting', label, problem }));
  }

  #reset = (): void => {
    if (this.problem !== null) this.#mark(null);
    const recipe = { ...this.recipe, [this.setting]: this.preset[this.setting] };
    this.dispatchEvent(new ActionEvent({ type: 'set-recipe', recipe }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-recipe-field': WbRecipeField;
  }
}
