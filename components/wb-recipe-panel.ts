import '@awesome.me/webawesome/dist/components/details/details.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Recipe } from '../src/training/recipe';
import { RECIPES, type RecipeName } from '../src/training/recipes';
import type { Phase } from '../workers/protocol';
import { controlValue } from './control-value';
import { OwnTaskElement } from './own-task-element';
import { GROUP_TITLES, RECIPE_FIELDS, fieldText, type FieldGroup } from './recipe-fields';
import { panel } from './shared-styles';
import { ActionEvent } from './state/action';
import { isActive } from './state/page-state';
import './wb-recipe-field';

/** On a phone the settings stay folded, so that the way to the Train button is short. */
const wide = matchMedia('(min-width: 760px)');

const GROUPS: readonly FieldGroup[] = ['run', 'model', 'loss'];

/** Step 2: which recipe, and each of its settings. */
@customElement('wb-recipe-panel')
export class WbRecipePanel extends OwnTaskElement {
  static override styles = [
    panel,
    css`
      .fields {
        display: grid;
        gap: var(--wb-space-3);
      }

      wa-details {
        --spacing: var(--wb-space-3);
        font-size: var(--wb-text-s);
        margin-top: var(--wb-space-2);
      }

      .summary {
        margin: var(--wb-space-2) 0 var(--wb-space-3);
      }
    `,
  ];

  @property({ attribute: false }) recipe: Recipe = RECIPES['seed-v2'].recipe;
  @property({ attribute: false }) phase: Phase = 'idle';

  override render(): unknown {
    const name = this.#presetName();
    const preset = RECIPES[name];
    return html`
      <h2><span class="place">2</span>Recipe</h2>
      <wa-select
        size="s"
        label="Start from"
        .value=${name}
        ?disabled=${isActive(this.phase)}
        @change=${this.#choosePreset}
      >
        ${Object.entries(RECIPES).map(
          ([key, { title }]) => html`<wa-option value=${key}>${title}</wa-option>`,
        )}
      </wa-select>
      <p class="quiet summary">
        ${preset.summary} ${isActive(this.phase) ? 'Changes count for the next run.' : null}
      </p>
      ${GROUPS.map((group) => this.#group(group, preset.recipe))}
    `;
  }

  #group(group: FieldGroup, preset: Recipe): unknown {
    const fields = RECIPE_FIELDS.filter((field) => field.group === group);
    const changed = fields.filter(
      (field) => fieldText(field, this.recipe) !== fieldText(field, preset),
    ).length;
    const title = GROUP_TITLES[group] + (changed > 0 ? ` (${String(changed)} changed)` : '');
    return html`
      <wa-details summary=${title} ?open=${group === 'run' && wide.matches}>
        <div class="fields">
          ${fields.map(
            (field) => html`
              <wb-recipe-field
                .field=${field}
                .recipe=${this.recipe}
                .preset=${preset}
              ></wb-recipe-field>
            `,
          )}
        </div>
      </wa-details>
    `;
  }

  #presetName(): RecipeName {
    const { preset } = this.recipe;
    return Object.hasOwn(RECIPES, preset) ? (preset as RecipeName) : 'seed-v2';
  }

  #choosePreset = (event: Event): void => {
    const value = controlValue(event);
    const chosen = Object.entries(RECIPES).find(([key]) => key === value)?.[1];
    if (chosen !== undefined) {
      this.dispatchEvent(new ActionEvent({ type: 'set-recipe', recipe: chosen.recipe }));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-recipe-panel': WbRecipePanel;
  }
}
