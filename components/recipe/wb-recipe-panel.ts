import '@awesome.me/webawesome/dist/components/divider/divider.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Recipe } from '../../src/recipe/recipe';
import {
  DEFAULT_RECIPE,
  isRecipeName,
  presetOf,
  RECIPE_NAMES,
  RECIPES,
} from '../../src/recipe/recipes';
import { hasEffect } from '../../src/recipe/setting-values';
import { factsOf } from '../../src/recipe/settings';
import { PANEL_GROUPS } from '../../src/recipe/settings/setting';
import type { Phase } from '../../workers/trainer/messages';
import { controlValue } from '../kit/control-value';
import { OwnTaskElement } from '../kit/own-task-element';
import { textButton } from '../kit/button-styles';
import { kitFields } from '../kit/kit-styles';
import { disclosure, panel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { isActive } from '../state/page-state';
import { FIELD_KEYS, fieldText } from './recipe-fields';
import './wb-recipe-field';

/** On a phone the settings stay folded, so that the way to the Train button is short. */
const wide = matchMedia('(min-width: 47.5em)');

/** How many words are named instead of counted. */
const SHOWN_WORDS = 3;

/** The recipes as the menu groups them, in their order. */
const MENU = [...new Set(RECIPE_NAMES.map((name) => RECIPES[name].group))].map((group) => ({
  group,
  names: RECIPE_NAMES.filter((name) => RECIPES[name].group === group),
}));

/** Step 2: which recipe, and each of its settings. */
@customElement('wb-recipe-panel')
export class WbRecipePanel extends OwnTaskElement {
  static override styles = [
    panel,
    kitFields,
    disclosure,
    textButton,
    css`
      .fields {
        display: grid;
        gap: var(--wb-space-3);
      }

      details {
        margin-top: var(--wb-space-2);
      }

      wa-divider {
        --spacing: var(--wb-space-1);
      }

      .group {
        display: block;
        padding: var(--wb-space-1) var(--wb-space-3);
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
        font-weight: 600;
      }

      .summary {
        margin: var(--wb-space-2) 0 var(--wb-space-3);
      }
    `,
  ];

  @property({ attribute: false }) recipe: Recipe = RECIPES[DEFAULT_RECIPE].recipe;
  @property({ attribute: false }) phase: Phase = 'idle';
  /** The words the recipe is meant for, where others are ticked; null where they are not. */
  @property({ attribute: false }) usualWords: readonly string[] | null = null;

  override render(): unknown {
    const preset = presetOf(this.recipe);
    return html`
      <h2>Recipe</h2>
      <wa-select
        size="s"
        label="Start from"
        .value=${preset.recipe.preset}
        ?disabled=${isActive(this.phase)}
        @change=${this.#choosePreset}
      >
        ${MENU.map(
          ({ group, names }, i) => html`
            ${i === 0 ? null : html`<wa-divider></wa-divider>`}
            <small class="group">${group}</small>
            ${names.map(
              (name) => html`<wa-option value=${name}>${RECIPES[name].title}</wa-option>`,
            )}
          `,
        )}
      </wa-select>
      <p class="quiet summary">
        ${preset.summary} ${isActive(this.phase) ? 'Changes count for the next run.' : null}
      </p>
      ${this.#words()}
      ${Object.entries(PANEL_GROUPS).map(([group, title]) => this.#group(group, title, preset.recipe))}
    `;
  }

  /** A person's own ticks are not taken away; they may want to. */
  #words(): unknown {
    const words = this.usualWords;
    if (words === null || words.length === 0) return null;
    return html`<p class="quiet summary">
      Other words are ticked than it is meant for.
      <button
        class="text"
        type="button"
        title=${words.join(', ')}
        @click=${() => this.dispatchEvent(new ActionEvent({ type: 'tick-usual-words' }))}
      >
        Tick ${words.length <= SHOWN_WORDS ? words.join(', ') : `its ${String(words.length)}`}
      </button>
    </p>`;
  }

  #group(group: string, title: string, preset: Recipe): unknown {
    const keys = FIELD_KEYS.filter(
      (key) => factsOf(key).group === group && hasEffect(key, this.recipe),
    );
    const changed = keys.filter(
      (key) => fieldText(key, this.recipe) !== fieldText(key, preset),
    ).length;
    return html`
      <details data-group=${group} ?open=${group === 'run' && wide.matches}>
        <summary>${title}${changed > 0 ? ` (${String(changed)} changed)` : null}</summary>
        <div class="fields inside">
          ${keys.map(
            (key) => html`
              <wb-recipe-field
                .setting=${key}
                .recipe=${this.recipe}
                .preset=${preset}
              ></wb-recipe-field>
            `,
          )}
        </div>
      </details>
    `;
  }

  #choosePreset = (event: Event): void => {
    const name = String(controlValue(event));
    if (isRecipeName(name)) this.dispatchEvent(new ActionEvent({ type: 'choose-recipe', name }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-recipe-panel': WbRecipePanel;
  }
}
