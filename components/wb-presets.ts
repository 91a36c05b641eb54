import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { OwnTaskElement } from './own-task-element';
import { panel } from './shared-styles';
import type { Hand } from './state/hand';

/** The setting in hand as other equalisers read it, and theirs brought here. */
@customElement('wb-presets')
export class WbPresets extends OwnTaskElement {
  static override styles = [panel];

  @property({ attribute: false }) hand: Hand | null = null;

  override render(): unknown {
    return html`<h2>Take it along</h2>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-presets': WbPresets;
  }
}
