import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/progress-bar/progress-bar.js';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { sizeText } from '../../src/base/size-text';
import { WAV_FORMATS, type WavFormat } from '../../src/audio/wav-writer';
import type { NamedSetting } from '../../src/eq/named-setting';
import { InputError } from '../../src/base/input-error';
import { AudioClient } from '../../workers/audio/audio-client';
import type { AudioSource } from '../../workers/audio/audio-protocol';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { renderedName } from './rendered-name';
import { nativeField, panel, tick } from '../kit/shared-styles';
import { saveFile } from '../state/browser';
import { durationText } from '../kit/text';

/** What can be rendered: a file, which is read at its own rate, or what is decoded already. */
export interface RenderSource {
  readonly name: string;
  readonly file: File | null;
  readonly buffer: AudioBuffer | null;
}

const FORMAT_NAMES: Readonly<Record<WavFormat, string>> = {
  '16': '16 bits, dithered',
  '24': '24 bits',
  '32-float': '32-bit float',
};

/** Write the whole source through the current EQ into a WAV file. */
@customElement('wb-render')
export class WbRender extends OwnTaskElement {
  static override styles = [
    panel,
    iconStyles,
    nativeField,
    tick,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-2);
      }

      h2 {
        margin: 0;
      }

      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2) var(--wb-space-3);
        align-items: end;
      }

      wa-button {
        max-width: 100%;
      }

      label {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
        min-height: 2rem;
        font-size: var(--wb-text-s);
      }

      wa-progress-bar {
        --track-height: 6px;
        --indicator-color: var(--wb-warm-fill);
      }

      p {
        margin: 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
        overflow-wrap: anywhere;
      }

      .trouble {
        color: var(--wb-danger);
      }
    `,
  ];

  /** What is rendered: a setting with its name; null for nothing yet. */
  @property({ attribute: false }) current: NamedSetting | null = null;
  @property({ attribute: false }) source: RenderSource | null = null;

  @state() private _format: WavFormat = '24';
  @state() private _match = true;
  /** Of the file that is being written, 0 to 1; null while none is. */
  @state() private _share: number | null = null;
  /** How the last one went. */
  @state() private _outcome: string | null = null;
  @state() private _trouble: string | null = null;

  /** Its own, so that what is heard meanwhile is measured without waiting. */
  readonly #client = new AudioClient();
  #cancel: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel?.abort();
  }

  override render(): unknown {
    return html`
      <h2>Write a sound file</h2>
      <div class="choices">
        <label>
          WAV file of
          <select .value=${this._format} @change=${this.#chooseFormat}>
            ${WAV_FORMATS.map(
              (format) =>
                html`<option value=${format} ?selected=${format === this._format}>
                  ${FORMAT_NAMES[format]}
                </option>`,
            )}
          </select>
        </label>
        <label>
          <input type="checkbox" .checked=${this._match} @change=${this.#chooseMatch} />
          As loud as the bypass
        </label>
        ${this.#button()}
      </div>
      ${
        this.source === null
          ? html`<p class="quiet">Press Play first, or choose a sound under “Sound and loop”.</p>`
          : null
      }
      ${this.#progress()}
      <div role="status">
        ${this._outcome === null ? null : html`<p>${this._outcome}</p>`}
        ${this._trouble === null ? null : html`<p class="trouble">${this._trouble}</p>`}
      </div>
    `;
  }

  #button(): TemplateResult {
    if (this._share !== null) {
      return html`<wa-button size="s" appearance="outlined" @click=${this.#stop}
        >${icons.stop} Cancel</wa-button
      >`;
    }
    const { current, source } = this;
    const ready = current !== null && source !== null;
    return html`<wa-button size="s" appearance="outlined" ?disabled=${!ready} @click=${this.#start}>
      ${current === null ? 'Render' : `Render ${current.name}`}
    </wa-button>`;
  }

  #progress(): TemplateResult | null {
    if (this._share === null) return null;
    return html`<wa-progress-bar label="Rendered" value=${100 * this._share}></wa-progress-bar>`;
  }

  readonly #chooseFormat = (event: Event): void => {
    const value = controlValue(event);
    this._format = WAV_FORMATS.find((format) => format === value) ?? this._format;
  };

  readonly #chooseMatch = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) this._match = event.target.checked;
  };

  readonly #stop = (): void => {
    this.#cancel?.abort();
  };

  readonly #start = (): void => {
    const { current, source } = this;
    if (current !== null && source !== null) void this.#run(current, source);
  };

  async #run(current: NamedSetting, source: RenderSource): Promise<void> {
    const cancel = new AbortController();
    this.#cancel = cancel;
    this._share = 0;
    this._outcome = null;
    this._trouble = null;
    try {
      this._outcome = await this.#write(current, source, cancel.signal);
    } catch (error) {
      if (!cancel.signal.aborted) {
        this._trouble = error instanceof Error ? error.message : 'The file could not be rendered.';
      }
    }
    this._share = null;
    this.#cancel = null;
  }

  /** @returns what came of it, as sentences */
  async #write(
    { name, setting }: NamedSetting,
    source: RenderSource,
    signal: AbortSignal,
  ): Promise<string> {
    const start = performance.now();
    const render = (given: AudioSource) =>
      this.#client.render(
        { source: given, setting, format: this._format, match: this._match },
        (share) => {
          this._share = share;
        },
        signal,
      );
    const { file, buffer } = source;
    let reread: string | null = null;
    const rendered = await (file === null ? render(samplesOf(buffer)) : render({ file })).catch(
      (error: unknown) => {
        // What cannot be read piece by piece was decoded by the browser, perhaps at another rate.
        if (!(error instanceof InputError) || file === null || buffer === null) throw error;
        reread = `${error.message} What is played was written instead, at ${String(buffer.sampleRate)} Hz.`;
        return render(samplesOf(buffer));
      },
    );
    const fileName = renderedName(source.name, name);
    saveFile(fileName, 'audio/wav', rendered.blob);
    const took = durationText((performance.now() - start) / 1000);
    const made = `${fileName}, ${sizeText(rendered.blob.size)}, written in ${took}.`;
    return [made, reread, rendered.note].filter((part) => part !== null).join(' ');
  }
}

function samplesOf(buffer: AudioBuffer | null): AudioSource {
  if (buffer === null) throw new InputError('There is no sound to render.');
  return {
    channels: Array.from({ length: buffer.numberOfChannels }, (_, channel) =>
      buffer.getChannelData(channel),
    ),
    sampleRateHz: buffer.sampleRate,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-render': WbRender;
  }
}
