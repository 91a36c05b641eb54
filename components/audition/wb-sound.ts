import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AudioPlayer } from './player/player';
import { PlayerWatcher } from './player/player-watcher';
import { panel } from '../kit/shared-styles';
import './wb-source';
import './wb-waveform';

/** What is listened to, which part of it goes round, and how loud it is. */
@customElement('wb-sound')
export class WbSound extends LitElement {
  static override styles = [
    panel,
    css`
      wb-waveform {
        margin-top: var(--wb-space-3);
      }

      kbd {
        padding: 0 4px;
        border: 1px solid var(--wb-line-strong);
        border-radius: 3px;
        font: inherit;
      }

      p {
        margin: var(--wb-space-3) 0 0;
      }
    `,
  ];

  @property({ attribute: false }) player: AudioPlayer | null = null;

  constructor() {
    super();
    new PlayerWatcher(this);
  }

  override render(): unknown {
    const { player } = this;
    if (player === null) return null;
    return html`
      <h2>Sound and loop</h2>
      <wb-source .player=${player}></wb-source>
      ${player.source === null ? null : html`<wb-waveform .player=${player}></wb-waveform>`}
      <p class="quiet">
        Keys beside the play button: <kbd>Space</kbd> plays and pauses, <kbd>0</kbd> is the bypass,
        <kbd>A</kbd> <kbd>B</kbd> <kbd>C</kbd> or <kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd> are the
        settings.
      </p>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-sound': WbSound;
  }
}
