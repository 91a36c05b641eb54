import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { iconStyles, icons } from './icons';

/** What lies beside a view until it is called for. The rest of the page can be used meanwhile. */
@customElement('wb-drawer')
export class WbDrawer extends LitElement {
  static override styles = [
    iconStyles,
    css`
      /* Has no place among what stands around it, and so no gap there either. */
      :host {
        position: absolute;
      }

      dialog {
        position: fixed;
        inset: var(--wb-header) auto var(--wb-tabs) 0;
        z-index: 2;
        box-sizing: border-box;
        width: min(33rem, 100vw);
        height: auto;
        max-width: none;
        max-height: none;
        margin: 0;
        padding: var(--wb-space-3);
        overflow: auto;
        overscroll-behavior: contain;
        border: 0;
        border-right: 1px solid var(--wb-line-strong);
        background: var(--wb-paper);
        color: inherit;
        box-shadow: 0 0 32px rgb(0 0 0 / 22%);
      }

      button {
        position: sticky;
        top: 0;
        z-index: 1;
        float: right;
        display: grid;
        place-items: center;
        width: 2.25rem;
        height: 2.25rem;
        margin: var(--wb-space-2);
        padding: 0;
        border: 1px solid var(--wb-line);
        border-radius: 50%;
        background: var(--wb-surface);
        color: var(--wb-ink);
        cursor: pointer;
      }

      /* Over the corner of what it closes, which has no room to spare. */
      @media (max-width: 47.99em) {
        button {
          float: none;
          margin: 0 var(--wb-space-2) -2.25rem auto;
        }
      }

      button:focus-visible {
        outline: 2px solid var(--wb-bright);
        outline-offset: 2px;
      }

      .content {
        display: grid;
        gap: var(--wb-space-3);
        grid-template-columns: minmax(0, 1fr);
      }
    `,
  ];

  /** Its accessible name: what stands in it has headings of its own. */
  @property() label = '';
  @property({ type: Boolean }) open = false;
  @query('dialog') private dialog!: HTMLDialogElement;

  /** What had the keys before it was opened. */
  #opener: Element | null = null;

  override render(): unknown {
    return html`
      <dialog aria-label=${this.label} @keydown=${this.#key} @close=${this.#closed}>
        <button type="button" aria-label=${`Close: ${this.label}`} @click=${this.#close}>
          ${icons.close}
        </button>
        <div class="content"><slot></slot></div>
      </dialog>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === this.dialog.open) return;
    if (this.open) {
      this.#opener = deepFocus();
      this.dialog.show();
      this.dialog.querySelector('button')?.focus();
    } else {
      this.dialog.close();
    }
  }

  #key = (event: KeyboardEvent): void => {
    // What stands in it may have a use for the key, such as a menu or a dialog that is open.
    const within = event.composedPath().find((node) => node instanceof HTMLDialogElement);
    if (event.key !== 'Escape' || event.defaultPrevented || within !== this.dialog) return;
    this.#close();
  };

  #close = (): void => {
    this.dialog.close();
  };

  #closed = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    if (this.#opener instanceof HTMLElement) this.#opener.focus();
    this.#opener = null;
    this.dispatchEvent(new Event('wb-close'));
  };
}

/** The element that has the focus, in shadow roots too. */
function deepFocus(): Element | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement != null) focused = focused.shadowRoot.activeElement;
  return focused;
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-drawer': WbDrawer;
  }
}
