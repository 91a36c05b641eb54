import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { BUILT_IN_NAMES, type Source } from './player/source';
import { kitButtons } from '../kit/kit-styles';
import { fileInput } from '../kit/file-input';
import { dropTarget, innerPanel, visuallyHidden } from '../kit/shared-styles';
import { durationText } from '../kit/text';

/** What is listened to: one's own file or a built-in sound. Files dropped anywhere come here too. */
@customElement('wb-source')
export class WbSource extends LitElement {
  static override styles = [
    kitButtons,
    innerPanel,
    dropTarget,
    visuallyHidden,
    css`
      :host {
        background: none;
      }

      .name {
        font-weight: 600;
      }

      .problem {
        color: var(--wb-danger);
      }
    `,
  ];

  @property({ attribute: false }) player: AudioPlayer | null = null;
  @query('input') private input!: HTMLInputElement;

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  override render(): unknown {
    const { source = null, reading = null, problem = null } = this.player ?? {};
    return html`
      <div class="target">
        ${reading === null ? about(source) : html`<p>Reading ${reading}…</p>`}
        <div class="buttons">
          <wa-button
            size="s"
            appearance="outlined"
            @click=${() => {
              this.input.click();
            }}
          >
            Choose audio
          </wa-button>
          <wa-button
            size="s"
            appearance="plain"
            variant="brand"
            @click=${() => this.player?.useBuiltIn('loop')}
          >
            ${BUILT_IN_NAMES.loop}
          </wa-button>
          <wa-button
            size="s"
            appearance="plain"
            variant="brand"
            @click=${() => this.player?.useBuiltIn('pink-noise')}
          >
            ${BUILT_IN_NAMES['pink-noise']}
          </wa-button>
        </div>
        <p class="problem" role="alert">${problem}</p>
        ${fileInput('audio/*,.flac,.opus,.ogg,.m4a,.aac', 'Audio file', (file) => {
          void this.player?.load(file);
        })}
      </div>
    `;
  }
}

function about(source: Source | null): unknown {
  if (source === null) {
    return html`<p>Drop an audio file here. It never leaves this tab.</p>`;
  }
  const { name, buffer, file, fileRateHz, channels } = source;
  const facts = [lengthText(buffer.duration), rateText(buffer.sampleRate), channelText(channels)];
  return html`
    <p class="name">${name}</p>
    <p class="quiet figure">${facts.join(' · ')}${resampledText(fileRateHz, buffer.sampleRate)}</p>
    ${file === null ? null : html`<p class="quiet">It is not kept: after a reload, open it again.</p>`}
  `;
}

/** Tenths of a second only where they say something. */
function lengthText(seconds: number): string {
  return seconds < 60 ? `${seconds.toFixed(1)} s` : durationText(seconds);
}

function rateText(hz: number): string {
  return `${String(hz / 1000)} kHz`;
}

function channelText(channels: number): string {
  return channels === 1 ? 'mono' : channels === 2 ? 'stereo' : `${String(channels)} channels`;
}

function resampledText(fromHz: number | null, toHz: number): string {
  if (fromHz === toHz) return '';
  return fromHz === null
    ? ', to which it may have been resampled'
    : `, resampled from ${rateText(fromHz)}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-source': WbSource;
  }
}
