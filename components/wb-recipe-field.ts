import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/number-input/number-input.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Recipe } from '../src/training/recipe';
import { RECIPES } from '../src/training/recipes';
import { controlValue } from './control-value';
import { iconStyles, icons } from './icons';
import { FIRST_FIELD, fieldText, limitsOf, withField, type RecipeField } from './recipe-fields';
import { ActionEvent } from './state/action';

/** One setting of the recipe: its value, what it does, and a way back to the preset's value. */
@customElement('wb-recipe-field')
export class WbRecipeField extends LitElement {
  static override styles = [
    iconStyles,
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
    `,
  ];

  @property({ attribute: false }) field: RecipeField = FIRST_FIELD;
  @property({ attribute: false }) recipe: Recipe = RECIPES['seed-v2'].recipe;
  @property({ attribute: false }) preset: Recipe = RECIPES['seed-v2'].recipe;
  @state() private problem: string | null = null;

  override render(): unknown {
    const { field, recipe, preset } = this;
    const changed = fieldText(field, recipe) !== fieldText(field, preset);
    return html`
      <div class="row">
        ${this.#control()}
        ${
          changed
            ? html`<button
                type="button"
                title=${`Back to ${fieldText(field, preset)}`}
                aria-label=${`Reset ${field.label} to ${fieldText(field, preset)}`}
                @click=${this.#reset}
              >
                ${icons.again}
              </button>`
            : null
        }
      </div>
      ${
        this.problem === null
          ? html`<p class="help">${field.help}</p>`
          : html`<p class="problem" role="alert">${this.problem}</p>`
      }
    `;
  }

  #control(): unknown {
    const { field, recipe } = this;
    const value = fieldText(field, recipe);
    if (field.kind === 'widths') {
      return html`<wa-input
        size="s"
        label=${field.label}
        .value=${value}
        @change=${this.#change}
      ></wa-input>`;
    }
    const { min, max } = limitsOf(field);
    return html`<wa-number-input
      size="s"
      label=${field.label}
      min=${min}
      max=${max}
      step=${field.step}
      .value=${value}
      @change=${this.#change}
    ></wa-number-input>`;
  }

  #change = (event: Event): void => {
    const value = controlValue(event);
    const result = withField(this.field, this.recipe, String(value));
    this.problem = 'problem' in result ? result.problem : null;
    if ('recipe' in result) {
      this.dispatchEvent(new ActionEvent({ type: 'set-recipe', recipe: result.recipe }));
    }
  };

  #reset = (): void => {
    this.problem = null;
    const recipe = { ...this.recipe, [this.field.key]: this.preset[this.field.key] };
    this.dispatchEvent(new ActionEvent({ type: 'set-recipe', recipe }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-recipe-field': WbRecipeField;
  }
}
