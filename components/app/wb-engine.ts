import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import type { EngineChoice, Phase } from '../../workers/trainer/messages';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { plainButton } from '../kit/button-styles';
import { nativeField } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { mayChangeEngine, type EndNoticeState, type EngineState } from '../state/page-state';

const CHOICES: readonly { value: EngineChoice; label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WebAssembly' },
  { value: 'wasm-1', label: 'WebAssembly, 1 thread' },
  { value: 'wasm-2', label: 'WebAssembly, 2 threads' },
  { value: 'tfjs-webgpu', label: 'TensorFlow.js, WebGPU: slower' },
  { value: 'tfjs-wasm', label: 'TensorFlow.js, WebAssembly: takes minutes' },
  { value: 'cpu', label: 'TensorFlow.js, JavaScript: takes many minutes' },
];

/** What engines are called whose device does not say it: that of WebAssembly does. */
const NAMES: Readonly<Record<string, string>> = {
  'fused-webgpu': 'WebGPU',
  'tfjs-webgpu': 'TensorFlow.js, WebGPU',
  'tfjs-wasm': 'TensorFlow.js',
  'tfjs-cpu': 'TensorFlow.js',
};

/** Who does the arithmetic, and why: in a box that a button opens. */
@customElement('wb-engine')
export class WbEngine extends LitElement {
  static override styles = [
    iconStyles,
    nativeField,
    plainButton,
    css`
      .plain {
        margin-top: var(--wb-space-3);
      }

      .round {
        width: 2.25rem;
        height: 2.25rem;
        padding: 0;
        border: 1px solid var(--wb-line);
        border-radius: 50%;
        background: var(--wb-surface);
        color: var(--wb-ink);
        font-size: var(--wb-text-l);
        cursor: pointer;
      }

      .round:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      [popover] {
        position: fixed;
        inset: var(--wb-header) var(--wb-space-3) auto auto;
        box-sizing: border-box;
        width: min(24rem, calc(100vw - 2 * var(--wb-space-3)));
        margin: 0;
        padding: var(--wb-space-4);
        border: 1px solid var(--wb-line-strong);
        border-radius: var(--wb-radius);
        background: var(--wb-surface);
        color: var(--wb-ink);
        box-shadow: 0 6px 32px rgb(0 0 0 / 22%);
      }

      label {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
      }

      select {
        flex: 1 1 auto;
      }

      .tick {
        min-height: 24px;
        margin-top: var(--wb-space-3);
      }

      .refused {
        margin: var(--wb-space-1) 0 0;
        color: var(--wb-caution);
        font-size: var(--wb-text-s);
      }

      .badge {
        margin: 0 0 var(--wb-space-3);
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      .badge b {
        color: var(--wb-ink);
      }
    `,
  ];

  @property({ attribute: false }) engine: EngineState | null = null;
  @property({ attribute: false }) choice: EngineChoice = 'auto';
  @property({ attribute: false }) phase: Phase = 'idle';
  @property({ attribute: false }) endNotices: EndNoticeState = 'off';

  override render(): unknown {
    return html`
      <button
        type="button"
        class="round"
        aria-label="Settings"
        title="Settings"
        popovertarget="settings"
      >
        ${icons.settings}
      </button>
      <div id="settings" popover role="group" aria-label="Settings">
        ${this.#badge()}
        <label>
          Engine
          <select ?disabled=${!mayChangeEngine(this.phase)} @change=${this.#choose}>
            ${CHOICES.map(
              ({ value, label }) =>
                html`<option value=${value} .selected=${live(value === this.choice)}>
                  ${label}
                </option>`,
            )}
          </select>
        </label>
        <label class="tick">
          <input
            type="checkbox"
            data-action="want-end-notices"
            .checked=${live(this.endNotices === 'on')}
            @change=${this.#wantNotices}
          />
          Notify me when training ends while I look elsewhere
        </label>
        ${
          this.endNotices === 'refused'
            ? html`<p class="refused" role="alert">
                The browser shows no notifications of this page: allow them in its settings for this
                site.
              </p>`
            : null
        }
        <button
          type="button"
          class="plain"
          data-action="ask-erase"
          @click=${() => this.dispatchEvent(new ActionEvent({ type: 'ask-erase' }))}
        >
          Erase what is kept here…
        </button>
      </div>
    `;
  }

  #badge(): unknown {
    if (this.engine === null) {
      return html`<p class="badge">The engine is chosen when it is first needed.</p>`;
    }
    const { name, device, reason } = this.engine;
    const what = NAMES[name];
    return html`<p class="badge">
      <b>${what === undefined ? device : `${what}: ${device}`}</b><br />${reason}
    </p>`;
  }

  #wantNotices = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const wanted = target.checked;
    // It stays as it was until the person has answered the browser's question.
    target.checked = this.endNotices === 'on';
    this.dispatchEvent(new ActionEvent({ type: 'want-end-notices', wanted }));
  };

  #choose = (event: Event): void => {
    const value = controlValue(event);
    const choice = CHOICES.find((offered) => offered.value === value)?.value;
    if (choice !== undefined)
      this.dispatchEvent(new ActionEvent({ type: 'choose-engine', choice }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-engine': WbEngine;
  }
}
