import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainButton } from '../kit/button-styles';
import { nativeField } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { RunState } from '../state/page-state';
import { runActions } from './run-actions';

/** More epochs for the model of a run that has ended. */
@customElement('wb-train-more')
export class WbTrainMore extends LitElement {
  static override styles = [
    plainButton,
    nativeField,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-1) var(--wb-space-2);
        align-items: center;
        font-size: var(--wb-text-s);
      }

      input {
        width: 5rem;
      }

      input:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 1px;
      }
    `,
  ];

  @property({ attribute: false }) run: RunState | null = null;

  override render(): unknown {
    const { run } = this;
    if (run === null) return null;
    const usual = Math.max(1, Math.round(run.recipe.epochs / 2));
    return html`<form @submit=${this.#train}>
      <label for="epochs">More epochs</label>
      <input id="epochs" type="number" required min="1" max="10000" step="1" value=${usual} />
      <button type="submit" class="plain" data-action="train-more">
        ${runActions['train-more'].label}
      </button>
    </form>`;
  }

  #train = (event: SubmitEvent): void => {
    event.preventDefault();
    const epochs = this.renderRoot.querySelector('input')?.valueAsNumber;
    if (epochs !== undefined) this.dispatchEvent(new ActionEvent({ type: 'train-more', epochs }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-train-more': WbTrainMore;
  }
}
