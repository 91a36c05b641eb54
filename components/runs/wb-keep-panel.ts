import { counted } from '../../src/base/number-text';
import '@awesome.me/webawesome/dist/components/button/button.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FOUNDING_CHOICES } from '../../src/recipe/audit-choices';
import { differingChoices } from '../../src/recipe/audit-choice-texts';
import { kitButtons } from '../kit/kit-styles';
import { OwnTaskElement } from '../kit/own-task-element';
import { plainButton } from '../kit/button-styles';
import { panel } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { ShownModel } from '../state/page-state';
import { libraryActions } from './library-actions';

/** The files that the model can be taken away as. */
const EXPORTS = [
  { what: 'model', action: 'export-model', label: 'Download the model (safetensors)' },
  { what: 'tfjs', action: 'export-layers-model', label: 'Download for TensorFlow.js (zip)' },
  { what: 'onnx', action: 'export-onnx', label: 'Download for ONNX Runtime (zip)' },
  { what: 'study', action: 'export-study', label: 'Take the whole study (zip)' },
] as const;

/** Of the ready-made model. */
const CARD = html`<a href="models/warmbright/card.md">Its card</a> says how it was made, what it
  reaches on held-out people, and how to cite its data.`;

/** What is known of the model, and how it is taken away or sent. */
@customElement('wb-keep-panel')
export class WbKeepPanel extends OwnTaskElement {
  static override styles = [
    kitButtons,
    panel,
    plainButton,
    css`
      .buttons {
        display: grid;
        gap: var(--wb-space-2);
      }

      .opened {
        margin-bottom: var(--wb-space-3);
      }

      .about {
        margin: var(--wb-space-2) 0 0;
      }
    `,
  ];

  @property({ attribute: false }) model: ShownModel | null = null;
  /** How many runs are kept here. */
  @property({ type: Number }) runs = 0;
  /** Whether a run trains just now. */
  @property({ type: Boolean }) busy = false;

  /** Whether there are data to train on. */
  @property({ type: Boolean }) trainable = false;

  override render(): unknown {
    const nothing = this.model === null;
    return html`
      <h2>Keep the model</h2>
      ${this.model?.source === 'link' ? this.#opened(this.model) : null}
      ${this.model?.source === 'link' || this.model?.source === 'file' ? this.#trainOn() : null}
      <div class="buttons">
        ${EXPORTS.map(
          ({ what, action, label }) =>
            html`<wa-button
              size="s"
              appearance="outlined"
              ?disabled=${what === 'study' ? this.model?.document.run == null : nothing}
              data-action=${action}
              @click=${() => this.dispatchEvent(new ActionEvent({ type: 'export', what }))}
            >
              ${label}
            </wa-button>`,
        )}
        <wa-button
          size="s"
          appearance="outlined"
          ?disabled=${this.model?.document.run == null}
          data-action="copy-command"
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'copy-command' }))}
        >
          ${libraryActions['copy-command'].label}
        </wa-button>
      </div>
      <p class="quiet about">
        ${this.#about()} ${this.model?.source === 'ready-made' ? CARD : null}
      </p>
      ${
        this.model?.source === 'ready-made'
          ? null
          : html`<p>
              <button
                type="button"
                class="plain"
                data-action="show-ready-made"
                ?disabled=${this.busy}
                @click=${() => this.dispatchEvent(new ActionEvent({ type: 'show-ready-made' }))}
              >
                ${libraryActions['show-ready-made'].label}
              </button>
            </p>`
      }
    `;
  }

  /** What can be done with a model that came by a link; each only where somebody asks for it. */
  #opened({ document }: ShownModel): unknown {
    const offers = [
      { action: { type: 'keep-model', compare: false }, label: 'Keep it among my runs' },
      ...(this.runs > 0
        ? [
            {
              action: { type: 'keep-model', compare: true },
              label: 'Keep it and compare it with my newest run',
            } as const,
          ]
        : []),
      { action: { type: 'take-recipe' }, label: libraryActions['take-recipe'].label },
    ] as const;
    return html`<p class="opened">
        <strong>${document.run?.name ?? 'A model of another program'}</strong> came by a link.
        Nothing was trained, and nothing that is kept here has changed.
      </p>
      ${
        document.run === null
          ? null
          : html`<div class="buttons opened">
              ${offers.map(
                ({ action, label }) =>
                  html`<wa-button
                    size="s"
                    appearance="outlined"
                    ?disabled=${this.busy}
                    @click=${() => this.dispatchEvent(new ActionEvent(action))}
                  >
                    ${label}
                  </wa-button>`,
              )}
            </div>`
      }`;
  }

  #trainOn(): unknown {
    return html`<div class="buttons opened">
      <wa-button
        size="s"
        appearance="outlined"
        ?disabled=${this.busy || !this.trainable}
        data-action="train-on"
        @click=${() => this.dispatchEvent(new ActionEvent({ type: 'train-on' }))}
      >
        ${libraryActions['train-on'].label}
      </wa-button>
      ${this.trainable ? null : html`<p class="about">To train it further, load data first.</p>`}
    </div>`;
  }

  #about(): string {
    const { model } = this;
    if (model === null) {
      return 'A model file dropped on the page opens again here; the link holds the model itself.';
    }
    const { run, words } = model.document;
    if (run === null) {
      return `A model of ${String(words.length)} words from another program.`;
    }
    const data =
      model.source === 'ready-made'
        ? 'SAFE-DB'
        : run.synthetic
          ? 'the synthetic sample'
          : 'a data file';
    const changed = differingChoices(run.recipe.audit, FOUNDING_CHOICES);
    const cleaned = changed.length === 0 ? 'used as in the seed log' : changed.join(', ');
    return (
      `${run.name}: ${counted(run.epochs, 'epoch')} on ${String(run.trainingRows)} rows of ${data}, ` +
      `${String(words.length)} words. Data: ${cleaned}.`
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-keep-panel': WbKeepPanel;
  }
}
