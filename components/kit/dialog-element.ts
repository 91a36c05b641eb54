import { LitElement } from 'lit';

/**
 * An element that is made when its dialog is to be shown. The kit's dialog takes the focus and
 * unfolds only when it is opened after it was drawn closed: open it once {@link drawn} is true.
 */
export class DialogElement extends LitElement {
  protected get drawn(): boolean {
    return this.hasUpdated;
  }

  override firstUpdated(): void {
    this.requestUpdate();
  }
}
