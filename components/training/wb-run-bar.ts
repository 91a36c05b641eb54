import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { plainButton } from '../kit/button-styles';
import { kitButtons } from '../kit/kit-styles';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { trainingBar } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import {
  INITIAL_STATE,
  isActive,
  isSweeping,
  type PageState,
  type RunState,
} from '../state/page-state';
import { durationText } from '../kit/text';
import '../sweep/wb-sweep-button';
import { canTrainMore, runActions } from './run-actions';
import { rateText } from './rate-text';
import './wb-train-more';

type RunButton = Exclude<
  keyof typeof runActions,
  'choose-engine' | 'cancel-measuring' | 'measure' | 'train-more'
>;

/** Train, pause, step, resume, stop, start over; and how far the run is. */
@customElement('wb-run-bar')
export class WbRunBar extends OwnTaskElement {
  static override styles = [
    kitButtons,
    plainButton,
    iconStyles,
    trainingBar,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-2);
      }

      .name {
        overflow-wrap: anywhere;
      }

      wa-progress-bar {
        --track-height: 6px;
        --indicator-color: var(--wb-warm-fill);
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;

  override render(): unknown {
    const { run } = this.view;
    const more = canTrainMore(this.view) ? run : null;
    return html`
      <div class="buttons">
        ${this.#buttons()}<wb-sweep-button .view=${this.view}></wb-sweep-button>
        ${more === null ? null : html`<wb-train-more .run=${more}></wb-train-more>`}
      </div>
      ${more === null ? null : html`<p class="figures">${rateText(more.recipe)}</p>`}
      ${isSweeping(this.view) ? this.#sweeping() : null}
      ${
        run === null
          ? isSweeping(this.view)
            ? null
            : html`<p class="figures">${this.#hint()}</p>`
          : html`
              <wa-progress-bar
                label="Epochs trained"
                value=${(100 * this.view.epochs) / run.recipe.epochs}
              ></wa-progress-bar>
              <p class="figures">${this.#figures()}</p>
              ${run.reason === null ? null : html`<p class="figures">${run.reason}</p>`}
              ${this.#interrupted(run)}
            `
      }
    `;
  }

  #buttons(): TemplateResult[] {
    const { phase, run, data } = this.view;
    switch (phase) {
      case 'preparing':
        return [this.#button('pause', 'pause', { brand: true, label: 'Setting up…' })];
      case 'training':
        return [this.#button('pause', 'pause', { brand: true }), this.#button('stop', 'stop')];
      case 'pausing':
      case 'stopping': {
        const label = phase === 'stopping' ? 'Stopping…' : 'Pausing…';
        return [
          this.#button('pause', 'pause', { brand: true, label }),
          this.#button('stop', 'stop'),
        ];
      }
      case 'paused':
        return [
          this.#button('resume', 'play', { brand: true }),
          this.#button('step', 'step'),
          this.#button('stop', 'stop'),
          this.#button('start-over', 'again'),
        ];
      case 'idle':
      case 'done': {
        const again = run !== null && data !== null;
        const { model } = this.view;
        const learnt = phase === 'done' && model !== null;
        // Who has opened other data since wants to see them learnt.
        const others = learnt && data !== null && model.document.run?.dataSha256 !== data.sha256;
        const label = others ? 'Train on these data' : learnt ? 'Train anew' : undefined;
        const train = this.#button('train', 'play', { brand: !learnt || others, label });
        return [
          ...(others ? [train, this.#explore(false)] : learnt ? [this.#explore(), train] : [train]),
          this.#button('train-one-epoch', 'step'),
          ...(again ? [this.#button('start-over', 'again')] : []),
        ];
      }
    }
  }

  /** What comes after training. */
  #explore(brand = true): TemplateResult {
    return html`<wa-button
      size="s"
      variant=${brand ? 'brand' : 'neutral'}
      appearance=${brand ? 'accent' : 'outlined'}
      data-action="explore"
      @click=${() => this.dispatchEvent(new ActionEvent({ type: 'go', view: 'explore' }))}
    >
      Explore it
    </wa-button>`;
  }

  #button(
    type: RunButton,
    icon: keyof typeof icons,
    {
      brand = false,
      label,
    }: { readonly brand?: boolean; readonly label?: string | undefined } = {},
  ): TemplateResult {
    const enabled = runActions[type].enabled(this.view);
    // What cannot be pressed is not the next thing to do.
    const next = brand && (enabled || isActive(this.view.phase));
    return html`<wa-button
      size="s"
      data-action=${type}
      variant=${next ? 'brand' : 'neutral'}
      appearance=${next ? 'accent' : 'outlined'}
      ?disabled=${!enabled}
      @click=${() => this.dispatchEvent(new ActionEvent({ type }))}
    >
      <span slot="start">${icons[icon]}</span>${label ?? runActions[type].label}
    </wa-button>`;
  }

  #sweeping(): TemplateResult {
    return html`<p class="figures">
      A sweep is training: a single run can be trained when it has ended.
      <button
        type="button"
        class="plain"
        @click=${() => this.dispatchEvent(new ActionEvent({ type: 'go', view: 'compare' }))}
      >
        Look at the sweep
      </button>
    </p>`;
  }

  #hint(): string {
    const { data, reading, chosenWords, cleaned, model } = this.view;
    if (reading !== null) return `Training can begin once ${reading.name} is read.`;
    if (data === null) {
      return model === null
        ? 'Choose a data set first.'
        : 'Choose a data set to train a model of your own.';
    }
    if (cleaned === null) return 'The data are being looked over.';
    const [problem] = this.view.recipeProblems;
    if (problem !== undefined) return problem[1];
    if (chosenWords.size < 2) return 'Tick at least two words to train on.';
    return 'Ready: everything is computed in this tab.';
  }

  /** Of a run that was opened in mid-training, until it goes on. */
  #interrupted({ openedAt }: RunState): TemplateResult | null {
    const { phase, epochs } = this.view;
    if (phase !== 'paused' || openedAt === 0 || epochs !== openedAt) return null;
    return html`<p class="figures">
      This run was interrupted, and is kept up to epoch ${epochs}: Resume goes on from there.
    </p>`;
  }

  #figures(): TemplateResult {
    const { run, epochs, stepsPerSecond, secondsPerEpoch, phase, savedEpoch } = this.view;
    if (run === null) return html``;
    const left = (run.recipe.epochs - epochs) * (secondsPerEpoch ?? 0);
    return html`
      <span class="name"><b>${run.name}</b></span>
      <span>epoch <b>${epochs}</b> of ${run.recipe.epochs}</span>
      ${
        stepsPerSecond === null
          ? null
          : html`<span><b>${stepsPerSecond.toFixed(stepsPerSecond < 10 ? 1 : 0)}</b> steps/s</span>`
      }
      ${
        phase === 'training' && secondsPerEpoch !== null
          ? html`<span><b>${durationText(left)}</b> left</span>`
          : null
      }
      <span>${run.trainingRows} training rows, ${run.heldOutRows} held out</span>
      ${savedEpoch === null ? null : html`<span>saved at epoch ${savedEpoch}</span>`}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-run-bar': WbRunBar;
  }
}
