import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { DialogElement } from '../kit/dialog-element';
import { ActionEvent } from '../state/action';

/** A share link to be copied by hand, where the browser keeps the clipboard closed. */
@customElement('wb-link-dialog')
export class WbLinkDialog extends DialogElement {
  static override styles = css`
    textarea {
      box-sizing: border-box;
      width: 100%;
      height: 8rem;
      border: 1px solid var(--wb-line-strong);
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface);
      color: var(--wb-ink);
      font: var(--wb-text-xs) / 1.4 var(--wb-font-mono);
      word-break: break-all;
    }
  `;

  @property({ attribute: false }) link: string | null = null;

  override render(): unknown {
    return html`
      <wa-dialog
        label="Copy this link"
        ?open=${this.link !== null && this.drawn}
        @wa-after-hide=${this.#close}
      >
        <p>
          The browser did not let the page use the clipboard. Select the text and copy it; it holds
          all that is shared.
        </p>
        <textarea
          readonly
          aria-label="Share link"
          .value=${this.link ?? ''}
          @focus=${this.#selectAll}
        ></textarea>
      </wa-dialog>
    `;
  }

  #selectAll = (event: Event): void => {
    if (event.target instanceof HTMLTextAreaElement) event.target.select();
  };

  #close = (): void => {
    this.dispatchEvent(new ActionEvent({ type: 'close-link' }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-link-dialog': WbLinkDialog;
  }
}
