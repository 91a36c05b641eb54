import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { AudioClient } from '../../workers/audio/audio-client';
import { AudioPlayer } from '../audition/player/player';
import { PlayerWatcher } from '../audition/player/player-watcher';
import '../audition/wb-audition';
import '../blind-test/wb-blind-test';
import '../equaliser/wb-equaliser';
import '../presets/wb-presets';
import { OwnTaskElement } from '../kit/own-task-element';
import type { CurrentEq } from '../state/current-eq';
import { INITIAL_STATE, type ListeningState, type ShownModel } from '../state/page-state';

/** The workbench: the current EQ, to be shaped, heard and taken away. */
@customElement('wb-bench')
export class WbBench extends OwnTaskElement {
  static override styles = css`
    :host {
      display: grid;
      gap: var(--wb-space-4);
      grid-template-columns: minmax(0, 1fr);
      max-width: 1760px;
      margin: 0 auto;
      padding: 0 var(--wb-space-3) var(--wb-space-3);
    }

    .column {
      display: grid;
      gap: var(--wb-space-4);
      align-content: start;
      min-width: 0;
    }

    @media (min-width: 1180px) {
      :host {
        grid-template-columns: minmax(0, 1fr) 30rem;
        grid-template-rows: auto 1fr;
        padding: 0 var(--wb-space-4) var(--wb-space-4);
      }

      .hear {
        grid-column: 2;
        grid-row: 1 / span 2;
      }
    }
  `;

  @property({ attribute: false }) current: CurrentEq | null = null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) listening: ListeningState = INITIAL_STATE.listening;
  @property({ attribute: false }) canUndo = false;
  @property({ attribute: false }) canRedo = false;

  #audio = new AudioClient();
  /** What everything that is heard goes through. */
  readonly player = new AudioPlayer({
    measure: (excerpt, settings) => this.#audio.measure(excerpt, settings),
    readHeader: (file) => this.#audio.readHeader(file),
  });

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  /** Its first heading, at the top of the window. */
  override focus(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
    this.renderRoot.querySelector('wb-equaliser')?.focus({ preventScroll: true });
  }

  /** Sound that comes from outside, such as a file dropped on the page. */
  hear(file: File): void {
    void this.player.load(file);
  }

  override render(): unknown {
    const { current, words, player } = this;
    const sampleRateHz = player.source?.buffer.sampleRate ?? 48_000;
    return html`
      <section class="column" aria-label="Shape it">
        <wb-equaliser
          .current=${current}
          .words=${words}
          .model=${this.model}
          .sampleRateHz=${sampleRateHz}
          .canUndo=${this.canUndo}
          .canRedo=${this.canRedo}
        ></wb-equaliser>
      </section>
      <section class="column hear" aria-label="Hear it">
        <wb-audition .current=${current} .words=${words} .player=${player}></wb-audition>
        <wb-blind-test
          .current=${current}
          .words=${words}
          .player=${player}
          .listening=${this.listening}
        ></wb-blind-test>
      </section>
      <section class="column" aria-label="Take it along">
        <wb-presets .current=${current} .sampleRateHz=${sampleRateHz}></wb-presets>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-bench': WbBench;
  }
}
