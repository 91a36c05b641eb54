import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NamedSetting } from '../src/eq/named-setting';
import { AudioClient } from '../workers/audio-client';
import { AudioDesk } from './audio/desk';
import './wb-audition';
import './wb-blind-test';
import './wb-equaliser';
import './wb-presets';
import { OwnTaskElement } from './own-task-element';
import type { Hand } from './state/hand';

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
        padding: 0 var(--wb-space-4) var(--wb-space-4);
      }
    }
  `;

  @property({ attribute: false }) hand: Hand | null = null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];

  #audio = new AudioClient();
  /** What everything that is heard goes through. */
  #desk = new AudioDesk((excerpt, settings) => this.#audio.measure(excerpt, settings));

  /** Sound that comes from outside, such as a file dropped on the page. */
  hear(file: File): void {
    void this.#desk.load(file);
  }

  override render(): unknown {
    const { hand, words } = this;
    return html`
      <div class="column">
        <wb-equaliser .hand=${hand}></wb-equaliser>
      </div>
      <div class="column">
        <wb-audition .hand=${hand} .words=${words} .desk=${this.#desk}></wb-audition>
        <wb-blind-test .hand=${hand} .words=${words} .desk=${this.#desk}></wb-blind-test>
        <wb-presets .hand=${hand}></wb-presets>
      </div>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-bench': WbBench;
  }
}
