import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { impulseResponse } from '../../src/audio/impulse-response';
import { WavEncoder, wavHeader, type WavShape } from '../../src/audio/wav-writer';
import { fileSlug } from '../../src/base/file-slug';
import { controlValue } from '../kit/control-value';
import { plainButton } from '../kit/button-styles';
import { nativeField, panel } from '../kit/shared-styles';
import { saveFile } from '../state/browser';
import type { CurrentEq } from '../state/current-eq';

const RATES_HZ = [44_100, 48_000, 96_000] as const;

/** The current EQ as a sound file for programs that convolve with one. */
@customElement('wb-impulse-response')
export class WbImpulseResponse extends LitElement {
  static override styles = [
    panel,
    nativeField,
    plainButton,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-3);
        align-items: center;
        font-size: var(--wb-text-s);
      }

      p {
        margin: var(--wb-space-2) 0 0;
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  @state() private rateHz: (typeof RATES_HZ)[number] = 48_000;

  override render(): unknown {
    const { current } = this;
    if (current === null) return null;
    return html`
      <h2>Impulse response</h2>
      <div class="choices">
        <label>
          At
          <select @change=${this.#chooseRate}>
            ${RATES_HZ.map(
              (rate) =>
                html`<option value=${rate} ?selected=${rate === this.rateHz}>
                  ${rate / 1000} kHz
                </option>`,
            )}
          </select>
        </label>
        <button
          type="button"
          class="plain"
          data-action="impulse-response"
          @click=${() => {
            this.#save(current);
          }}
        >
          Download (WAV)
        </button>
      </div>
      <p class="quiet">
        For any convolver that runs at that rate: 32-bit float, mono, minimum phase, at the
        setting’s own level.
      </p>
    `;
  }

  #chooseRate = (event: Event): void => {
    this.rateHz = RATES_HZ.find((rate) => rate === Number(controlValue(event))) ?? this.rateHz;
  };

  #save({ name, setting }: CurrentEq): void {
    const samples = impulseResponse(setting, this.rateHz);
    const shape: WavShape = { format: '32-float', sampleRateHz: this.rateHz, channels: 1 };
    const parts = [wavHeader(shape, samples.length), new WavEncoder(shape).encode([samples])];
    const fileName = `${fileSlug(name) || 'setting'}-impulse-${String(this.rateHz)}.wav`;
    saveFile(fileName, 'audio/wav', new Blob(parts, { type: 'audio/wav' }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-impulse-response': WbImpulseResponse;
  }
}
