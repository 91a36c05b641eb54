import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { exportPreset } from '../../src/presets/export-preset';
import { PRESET_FORMATS, presetFormat } from '../../src/presets/formats';
import type { PresetFormat } from '../../src/presets/preset';
import { controlValue } from '../kit/control-value';
import { OwnTaskElement } from '../kit/own-task-element';
import { kitButtons, kitFields } from '../kit/kit-styles';
import { innerPanel, presetText } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { copyWhenReady } from '../state/browser';
import type { CurrentEq } from '../state/current-eq';

const LOWEST_RATE_HZ = 44_100;

/** The current EQ written as a preset, with how near a reader of it comes. */
@customElement('wb-preset-export')
export class WbPresetExport extends OwnTaskElement {
  static override styles = [
    kitButtons,
    innerPanel,
    kitFields,
    presetText,
    css`
      :host {
        display: grid;
        gap: var(--wb-space-3);
      }

      p {
        margin: 0;
      }

      textarea {
        height: 11rem;
        white-space: pre;
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  @property({ attribute: false }) sampleRateHz = 48_000;
  @state() private format: PresetFormat['key'] = 'apo';
  @state() private preamp = true;
  /** What became of the last copy; forgotten once there is something else to copy. */
  @state() private told: { readonly of: string; readonly sentence: string } | null = null;
  @query('textarea') private area!: HTMLTextAreaElement;

  override render(): unknown {
    const { current, preamp, sampleRateHz } = this;
    if (current === null) return null;
    const format = presetFormat(this.format);
    // At half a lower rate some of the plug-in's frequencies would be gone.
    const rate = Math.max(LOWEST_RATE_HZ, sampleRateHz);
    const preset = exportPreset(format, current, { sampleRateHz: rate, preamp });
    return html`
      <wa-select size="s" label="Format" .value=${format.key} @change=${this.#chooseFormat}>
        ${PRESET_FORMATS.map(({ key, title }) => html`<wa-option value=${key}>${title}</wa-option>`)}
      </wa-select>
      <wa-checkbox size="s" ?checked=${preamp} .checked=${preamp} @change=${this.#togglePreamp}>
        Lower the level so that nothing clips
      </wa-checkbox>
      <textarea
        readonly
        spellcheck="false"
        aria-label="Preset of ${current.name}"
        .value=${preset.text}
      ></textarea>
      <p class="quiet">
        Read back, it is at most
        <span class="figure" data-figure="deviation">${preset.deviationDb.toFixed(3)}</span> dB from
        the curve, 20 Hz to 20 kHz.
      </p>
      ${format.caution === undefined ? null : this.#caution(format.caution)}
      <div class="buttons">
        <wa-button
          size="s"
          variant="brand"
          data-action="copy-preset"
          @click=${() => {
            void this.#copy(preset.text);
          }}
        >
          Copy
        </wa-button>
        <wa-button
          size="s"
          appearance="outlined"
          data-action="download-preset"
          @click=${() => {
            this.#download(format, current.name, preset.text);
          }}
        >
          Download
        </wa-button>
      </div>
      <p class="quiet" role="status">${this.told?.of === preset.text ? this.told.sentence : ''}</p>
    `;
  }

  #caution({ sentence, instead }: NonNullable<PresetFormat['caution']>): unknown {
    return html`<p class="quiet">${sentence}</p>
      <div class="buttons">
        <wa-button
          size="s"
          appearance="outlined"
          data-action="instead"
          @click=${() => {
            this.format = instead;
          }}
        >
          Use ${presetFormat(instead).title}
        </wa-button>
      </div>`;
  }

  #chooseFormat = (event: Event): void => {
    this.format = presetFormat(String(controlValue(event))).key;
  };

  #togglePreamp = (): void => {
    this.preamp = !this.preamp;
  };

  async #copy(text: string): Promise<void> {
    const { copied } = await copyWhenReady(Promise.resolve(text));
    if (!copied) {
      this.area.focus();
      this.area.select();
    }
    this.told = {
      of: text,
      sentence: copied
        ? 'Copied.'
        : 'The browser did not let the page use the clipboard. The text is selected: copy it.',
    };
  }

  #download({ fileName, mediaType }: PresetFormat, name: string, text: string): void {
    this.dispatchEvent(
      new ActionEvent({ type: 'save-text', name: fileName(name), mediaType, text }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-preset-export': WbPresetExport;
  }
}
