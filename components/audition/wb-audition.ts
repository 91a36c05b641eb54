import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/checkbox/checkbox.js';
import { css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { withMinus } from '../../src/base/number-text';
import type { NamedSetting } from '../../src/eq/named-setting';
import { QUIETEST_DB, type AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { heardByKey } from './player/slots';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { LazyPart, loading, whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { panel } from '../kit/shared-styles';
import type { CurrentEq } from '../state/current-eq';
import './wb-source';
import type { WbSlots } from './wb-slots';

const CONTROLS = new LazyPart('The player', async () => {
  await Promise.all([
    import('@awesome.me/webawesome/dist/components/slider/slider.js'),
    import('./wb-live-spectrum'),
    import('./wb-peak-meter'),
    import('./wb-render'),
    import('./wb-slots'),
    import('./wb-waveform'),
  ]);
});

/** Play one’s own audio, or a built-in sound, through the current EQ. */
@customElement('wb-audition')
export class WbAudition extends OwnTaskElement {
  static override styles = [
    panel,
    iconStyles,
    css`
      :host(:focus-visible) {
        outline: 2px solid var(--wb-bright);
      }

      .player,
      .sighted:not([hidden]) {
        display: grid;
        gap: var(--wb-space-3);
      }

      .player {
        margin-top: var(--wb-space-3);
      }

      .transport {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2) var(--wb-space-4);
        align-items: end;
      }

      .transport wa-button {
        min-width: 6.5rem;
      }

      wa-slider {
        flex: 1 1 11rem;
      }

      p {
        margin: 0;
      }

      .file {
        padding-top: var(--wb-space-3);
        border-top: 1px solid var(--wb-line);
      }

      kbd {
        padding: 0 4px;
        border: 1px solid var(--wb-line-strong);
        border-radius: 3px;
        font: inherit;
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) player: AudioPlayer | null = null;
  @query('wb-slots') private slots!: WbSlots | null;

  constructor() {
    super();
    new PlayerWatcher(this);
    this.addEventListener('keydown', this.#key);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A click beside its controls brings the keys here.
    this.tabIndex = -1;
  }

  override render(): unknown {
    const { player } = this;
    if (player === null) return null;
    return html`
      <h2><span class="place">6</span>Hear it</h2>
      <wb-source .player=${player}></wb-source>
      ${
        player.source === null
          ? null
          : whenLoaded(this, CONTROLS, () => this.#controls(player), loading('40rem'))
      }
    `;
  }

  #controls(player: AudioPlayer): unknown {
    return html`
      <div class="player">
        <wb-waveform .player=${player}></wb-waveform>
        <div class="transport">
          <wa-button variant="brand" size="s" @click=${this.#toggle}>
            ${player.playing ? icons.pause : icons.play} ${player.playing ? 'Pause' : 'Play'}
          </wa-button>
          <wa-slider
            size="s"
            label=${`Volume: ${volumeText(player.volumeDb)}`}
            min=${QUIETEST_DB}
            max="0"
            step="1"
            .value=${player.volumeDb}
            .valueFormatter=${volumeText}
            @input=${(event: Event) => {
              player.setVolume(Number(controlValue(event)));
            }}
          ></wa-slider>
        </div>
        ${
          player.blind
            ? html`<p class="quiet">
                A blind test is running: what is heard is shown when it is over.
              </p>`
            : null
        }
        <div class="sighted" ?hidden=${player.blind}>${this.#sighted(player)}</div>
      </div>
    `;
  }

  #sighted(player: AudioPlayer): unknown {
    return html`
      <wb-slots .player=${player} .current=${this.current} .words=${this.words}></wb-slots>
      <wa-checkbox
        size="s"
        ?checked=${player.match}
        .checked=${player.match}
        @change=${() => {
          player.setMatch(!player.match);
        }}
      >
        Match loudness
      </wa-checkbox>
      <p class="quiet">${matchText(player)}</p>
      ${
        // Not even out of sight: level and spectrum tell what plays.
        player.blind
          ? null
          : html`
              <wb-live-spectrum .player=${player}></wb-live-spectrum>
              <wb-peak-meter .player=${player}></wb-peak-meter>
            `
      }
      <p class="quiet">
        Keys in this panel: <kbd>Space</kbd> plays and pauses, <kbd>0</kbd> is the bypass,
        <kbd>A</kbd> <kbd>B</kbd> <kbd>C</kbd> or <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> are the
        settings.
      </p>
      <section class="file" aria-label="Write a file">
        <wb-render .current=${this.current} .source=${player.source}></wb-render>
      </section>
    `;
  }

  #toggle = (): void => {
    if (this.player?.playing === true) this.player.pause();
    else void this.player?.play();
  };

  #key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = event.composedPath()[0];
    if (event.key === ' ') {
      if (at instanceof Element && usesSpace(at)) return;
      // Not a scroll, nor a press of the choice that is heard already.
      event.preventDefault();
      this.#toggle();
      return;
    }
    const heard = heardByKey(event.key);
    if (heard === null || this.player?.blind === true) return;
    if (at instanceof HTMLInputElement || at instanceof HTMLSelectElement) return;
    event.preventDefault();
    this.slots?.hear(heard);
  };
}

/** Whether the space bar presses or opens it. */
function usesSpace(element: Element): boolean {
  return element.matches('button:not([role="radio"]), input, select, summary, a, textarea');
}

function volumeText(db: number): string {
  return db <= QUIETEST_DB ? 'silent' : withMinus(`${String(db)} dB`);
}

function matchText(player: AudioPlayer): string {
  if (!player.match) return 'Louder sounds better: without matching, settings are hard to compare.';
  const matched = player.matchOf(player.choice);
  if (matched === null) {
    return player.measuring ? 'Measuring loudness…' : 'Loudness has not been measured.';
  }
  const all = 'All are as loud as the bypass, by BS.1770';
  return matched.loweredDb < 0.05
    ? `${all}.`
    : `${all}, and ${matched.loweredDb.toFixed(1)} dB lower together so that none clips.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-audition': WbAudition;
  }
}
