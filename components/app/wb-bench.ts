import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { AudioClient } from '../../workers/audio/audio-client';
import { AudioDesk } from '../audition/player/desk';
import { DeskWatcher } from '../audition/player/desk-watcher';
import '../audition/wb-audition';
import '../blind-test/wb-blind-test';
import '../equaliser/wb-equaliser';
import '../presets/wb-presets';
import { OwnTaskElement } from '../kit/own-task-element';
import type { Hand } from '../state/hand';
import type { ShownModel } from '../state/page-state';

/** The workbench: the setting in hand, to be shaped, heard and taken away. */
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

  @property({ attribute: false }) hand: Hand | null = null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) model: ShownModel | null = null;
  @property({ attribute: false }) canUndo = false;
  @property({ attribute: false }) canRedo = false;

  #audio = new AudioClient();
  /** What everything that is heard goes through. */
  readonly desk = new AudioDesk((excerpt, settings) => this.#audio.measure(excerpt, settings));

  constructor() {
    super();
    new DeskWatcher(this);
  }

  /** Its first heading, at the top of the window. */
  override focus(): void {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.scrollIntoView({ block: 'start', behavior: still ? 'auto' : 'smooth' });
    this.renderRoot.querySelector('wb-equaliser')?.focus({ preventScroll: true });
  }

  /** Sound that comes from outside, such as a file dropped on the page. */
  hear(file: File): void {
    void this.desk.load(file);
  }

  override render(): unknown {
    const { hand, words, desk } = this;
    const sampleRateHz = desk.material?.buffer.sampleRate ?? 48_000;
    return html`
      <section class="column" aria-label="Shape it">
        <wb-equaliser
          .hand=${hand}
          .words=${words}
          .model=${this.model}
          .sampleRateHz=${sampleRateHz}
          .canUndo=${this.canUndo}
          .canRedo=${this.canRedo}
        ></wb-equaliser>
      </section>
      <section class="column hear" aria-label="Hear it">
        <wb-audition .hand=${hand} .words=${words} .desk=${desk}></wb-audition>
        <wb-blind-test .hand=${hand} .words=${words} .desk=${desk}></wb-blind-test>
      </section>
      <section class="column" aria-label="Take it along">
        <wb-presets .hand=${hand} .sampleRateHz=${sampleRateHz}></wb-presets>
      </section>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-bench': WbBench;
  }
}
