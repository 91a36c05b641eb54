import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { NamedSetting } from '../src/eq/named-setting';
import type { AudioDesk } from './audio/desk';
import { OwnTaskElement } from './own-task-element';
import { panel } from './shared-styles';
import type { Hand } from './state/hand';

/** Play one’s own audio, or a built-in sound, through the setting in hand. */
@customElement('wb-audition')
export class WbAudition extends OwnTaskElement {
  static override styles = [panel];

  @property({ attribute: false }) hand: Hand | null = null;
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  @property({ attribute: false }) desk: AudioDesk | null = null;

  override render(): unknown {
    return html`<h2>Hear it</h2>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-audition': WbAudition;
  }
}
