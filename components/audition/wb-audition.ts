import { css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { withMinus } from '../../src/base/number-text';
import type { NamedSetting } from '../../src/eq/named-setting';
import { QUIETEST_DB, type AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { heardByKey } from './player/slots';
import { BUILT_IN_NAMES } from './player/source';
import { controlValue } from '../kit/control-value';
import { iconStyles, icons } from '../kit/icons';
import { OwnTaskElement } from '../kit/own-task-element';
import { primaryButton } from '../kit/button-styles';
import { panel, tick } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import type { CurrentEq, SlotSource } from '../state/current-eq';
import './wb-peak-meter';
import './wb-slots';
import type { WbSlots } from './wb-slots';

/** Plays one's own audio, or a built-in sound, through the current EQ. */
@customElement('wb-audition')
export class WbAudition extends OwnTaskElement {
  static override styles = [
    panel,
    primaryButton,
    tick,
    iconStyles,
    css`
      :host {
        padding: var(--wb-space-3);
      }

      .player,
      .sighted:not([hidden]) {
        display: grid;
        gap: var(--wb-space-2);
        grid-template-columns: minmax(0, 1fr);
      }

      .player:focus-visible {
        outline: 0;
      }

      .transport {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2) var(--wb-space-3);
        align-items: center;
      }

      .transport .primary {
        min-width: 6.5rem;
      }

      .source {
        flex: 1 1 8rem;
        min-width: 0;
        min-height: 2.25rem;
        padding: 0 var(--wb-space-1);
        overflow: hidden;
        border: 1px solid var(--wb-line);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        font-size: var(--wb-text-s);
        text-overflow: ellipsis;
        white-space: nowrap;
        cursor: pointer;
      }

      .more {
        display: none;
        min-width: 2.25rem;
        min-height: 2.25rem;
        border: 1px solid var(--wb-line);
        border-radius: var(--wb-radius-s);
        background: var(--wb-surface);
        color: var(--wb-ink);
        font: inherit;
        cursor: pointer;
      }

      .more:focus-visible,
      .source:focus-visible,
      input:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      label {
        display: flex;
        gap: var(--wb-space-2);
        align-items: center;
        font-size: var(--wb-text-s);
      }

      input[type='range'] {
        width: clamp(4.5rem, 25vw - 14.5rem, 7rem);
        height: 1.5rem;
        accent-color: var(--wb-warm);
      }

      p {
        margin: 0;
      }

      .match {
        display: flex;
        flex-wrap: wrap;
        gap: 0 var(--wb-space-3);
        align-items: center;
        min-height: 1.5rem;
      }

      .problem {
        color: var(--wb-danger);
      }

      /* Always under the thumb, unless letters are so large that little else would be seen. */
      @media (max-width: 47.99em) and (min-height: 34em) {
        :host {
          position: sticky;
          bottom: var(--wb-tabs);
          z-index: 1;
        }
      }

      @media (max-width: 47.99em) {
        :host {
          padding: var(--wb-space-2);
        }

        /* Telephones have buttons for it. */
        .volume {
          display: none;
        }

        /* What is set once leaves room for what is looked at. */
        .more {
          display: block;
        }

        .player:not(.whole) :is(.match, wb-peak-meter) {
          display: none;
        }

        .player:not(.whole) wb-slots {
          --wb-slot-choice: none;
          --wb-slot-height: 2.5rem;
        }
      }
    `,
  ];

  @property({ attribute: false }) current: CurrentEq | null = null;
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  /** What A, B and C play; null until somebody has chosen. */
  @property({ attribute: false }) chosen: readonly SlotSource[] | null = null;
  @property({ attribute: false }) player: AudioPlayer | null = null;
  /** Whether something else is the next thing to do. */
  @property({ type: Boolean }) beside = false;
  /** On a narrow page: whether what is set once is shown, too. */
  @state() private whole = false;
  @query('wb-slots') private slots!: WbSlots | null;

  constructor() {
    super();
    new PlayerWatcher(this);
    this.addEventListener('keydown', this.#key);
  }

  override render(): unknown {
    const { player } = this;
    if (player === null) return null;
    const { playing, volumeDb, reading, source, problem } = player;
    // A click beside its controls brings the keys here.
    return html`
      <div
        class=${this.whole ? 'player whole' : 'player'}
        role="group"
        aria-label="Player"
        tabindex="-1"
      >
        <div class="transport">
          <button
            type="button"
            class=${this.beside ? 'primary beside' : 'primary'}
            data-action="play"
            aria-keyshortcuts="Space"
            @click=${this.#toggle}
          >
            ${playing ? icons.pause : icons.play}${playing ? 'Pause' : 'Play'}
          </button>
          <button type="button" class="source" data-drawer="sound" @click=${this.#openSound}>
            ${reading === null ? (source?.name ?? BUILT_IN_NAMES.loop) : `Reading ${reading}…`} ▾
          </button>
          <button
            type="button"
            class="more"
            aria-label="What A, B and C play"
            aria-expanded=${this.whole ? 'true' : 'false'}
            @click=${() => {
              this.whole = !this.whole;
            }}
          >
            ${this.whole ? '▾' : '▴'}
          </button>
          <label class="volume">
            Volume
            <input
              type="range"
              min=${QUIETEST_DB}
              max="0"
              step="1"
              .value=${String(volumeDb)}
              aria-valuetext=${volumeText(volumeDb)}
              @input=${(event: Event) => {
                player.setVolume(Number(controlValue(event)));
              }}
            />
          </label>
        </div>
        ${problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`}
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
      <wb-slots
        .player=${player}
        .current=${this.current}
        .words=${this.words}
        .chosen=${this.chosen}
      ></wb-slots>
      <div class="match">
        <label>
          <input
            type="checkbox"
            .checked=${player.match}
            @change=${() => {
              player.setMatch(!player.match);
            }}
          />
          Match loudness
        </label>
        <p class="quiet">${matchText(player)}</p>
      </div>
      ${
        // Not even out of sight while a blind test runs: level tells what plays.
        player.blind ? null : html`<wb-peak-meter .player=${player}></wb-peak-meter>`
      }
    `;
  }

  /** The built-in loop, where nobody has chosen a sound. */
  #toggle = (): void => {
    if (this.player?.playing === true) this.player.pause();
    else void this.#play();
  };

  async #play(): Promise<void> {
    if (this.player?.source === null) await this.player.useBuiltIn('loop');
    await this.player?.play();
  }

  #openSound = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'open-drawer', drawer: 'sound' }));
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
    if (at instanceof HTMLSelectElement) return;
    event.preventDefault();
    this.slots?.hear(heard);
  };
}

/** Whether the space bar presses or opens it. */
function usesSpace(element: Element): boolean {
  return element.matches(
    'button:not([role="radio"]), input:not([type="range"]), select, summary, a, textarea',
  );
}

function volumeText(db: number): string {
  return db <= QUIETEST_DB ? 'silent' : withMinus(`${String(db)} dB`);
}

function matchText(player: AudioPlayer): string {
  if (!player.match) return 'Louder sounds better: without matching, settings are hard to compare.';
  if (player.source === null) return '';
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
