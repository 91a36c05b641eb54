import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { OwnTaskElement } from './own-task-element';
import { panel } from './shared-styles';
import type { Hand } from './state/hand';

/** The setting in hand as a curve with five handles. */
@customElement('wb-equaliser')
export class WbEqualiser extends OwnTaskElement {
  static override styles = [panel];

  @property({ attribute: false }) hand: Hand | null = null;

  override render(): unknown {
    return html`<h2>Shape it</h2>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-equaliser': WbEqualiser;
  }
}
