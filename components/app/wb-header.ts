import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { EngineChoice, Phase } from '../../workers/trainer/messages';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { ActionEvent } from '../state/action';
import { isActive, type EngineState } from '../state/page-state';
import { pageActions } from './page-actions';
import { currentTheme, setTheme, type Theme } from '../kit/theme';

const CHOICES: readonly { value: EngineChoice; label: string }[] = [
  { value: 'auto', label: 'Automatic' },
  { value: 'webgpu', label: 'WebGPU' },
  { value: 'wasm', label: 'WebAssembly' },
  { value: 'wasm-1', label: 'WebAssembly, 1 thread' },
  { value: 'wasm-2', label: 'WebAssembly, 2 threads' },
  { value: 'tfjs-webgpu', label: 'TensorFlow.js, WebGPU' },
  { value: 'tfjs-wasm', label: 'TensorFlow.js, WebAssembly' },
  { value: 'cpu', label: 'TensorFlow.js, JavaScript' },
];

const NEXT_THEME: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };

/** Name, what it is, who does the arithmetic, and the colours. */
@customElement('wb-header')
export class WbHeader extends LitElement {
  static override styles = [
    iconStyles,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--wb-space-2) var(--wb-space-4);
        max-width: 1760px;
        margin: 0 auto;
        padding: var(--wb-space-3) var(--wb-space-4) 0;
      }

      h1 {
        display: flex;
        align-items: center;
        gap: var(--wb-space-2);
        margin: 0;
        font: 750 var(--wb-text-xl) / 1 var(--wb-font-display);
        letter-spacing: -0.01em;
      }

      h1 .warm {
        color: var(--wb-warm);
      }

      h1 .bright {
        color: var(--wb-bright);
      }

      p {
        flex: 1 1 18rem;
        margin: 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }

      .engine {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--wb-space-2);
      }

      .badge {
        max-width: 26rem;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-xs);
        line-height: 1.3;
      }

      .badge b {
        color: var(--wb-ink);
      }

      wa-select {
        width: 15rem;
      }

      wa-select::part(form-control) {
        display: flex;
        align-items: center;
        gap: var(--wb-space-2);
      }

      wa-select::part(form-control-label) {
        margin: 0;
        color: var(--wb-ink-quiet);
      }

      button {
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

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }
    `,
  ];

  @property({ attribute: false }) engine: EngineState | null = null;
  @property({ attribute: false }) choice: EngineChoice = 'auto';
  @property({ attribute: false }) phase: Phase = 'idle';
  @state() private theme: Theme = currentTheme();

  override render(): unknown {
    const next = NEXT_THEME[this.theme];
    return html`
      <h1>
        <span><span class="warm">Warm</span><span class="bright">bright</span></span>
      </h1>
      <p>Learns what words mean to an equaliser, in this tab. No server sees your data.</p>
      <div class="engine">
        ${this.#badge()}
        <wa-select
          size="s"
          label="Engine"
          .value=${this.choice}
          ?disabled=${isActive(this.phase) && this.phase !== 'paused'}
          @change=${this.#choose}
        >
          ${CHOICES.map(({ value, label }) => html`<wa-option value=${value}>${label}</wa-option>`)}
        </wa-select>
        <button
          type="button"
          aria-label=${pageActions['open-shortcuts'].label}
          title=${pageActions['open-shortcuts'].label}
          aria-keyshortcuts="?"
          data-action="open-shortcuts"
          @click=${this.#openShortcuts}
        >
          ${icons.keys}
        </button>
        <button
          type="button"
          aria-label=${`Colours: ${this.theme}. Change to ${next}.`}
          title=${`Colours: ${this.theme}`}
          @click=${this.#turnTheme}
        >
          ${icons[this.theme]}
        </button>
      </div>
    `;
  }

  #badge(): unknown {
    if (this.engine === null) return null;
    const { name, device, reason } = this.engine;
    return html`<span class="badge"><b>${name}</b> · ${device}<br />${reason}</span>`;
  }

  #choose = (event: Event): void => {
    const value = controlValue(event);
    const choice = CHOICES.find((offered) => offered.value === value)?.value;
    if (choice !== undefined)
      this.dispatchEvent(new ActionEvent({ type: 'choose-engine', choice }));
  };

  #openShortcuts = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'open-shortcuts' }));
  };

  #turnTheme = (): void => {
    this.theme = NEXT_THEME[this.theme];
    setTheme(this.theme);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-header': WbHeader;
  }
}
