import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { plainButton, primaryButton } from './button-styles';

/** What was answered to a question; to close it is to say no. */
export class AnswerEvent extends Event {
  constructor(readonly yes: boolean) {
    super('wb-answer');
  }
}

/** Asks before something is done, in front of the page. What stands in the element is the question. */
@customElement('wb-question')
export class WbQuestion extends LitElement {
  static override styles = [
    primaryButton,
    plainButton,
    css`
      dialog {
        box-sizing: border-box;
        width: min(30rem, calc(100vw - 2rem));
        padding: var(--wb-space-4);
        border: 1px solid var(--wb-line-strong);
        border-radius: var(--wb-radius);
        background: var(--wb-surface);
        color: var(--wb-ink);
        overflow-wrap: anywhere;
      }

      dialog::backdrop {
        background: rgb(0 0 0 / 45%);
      }

      h2 {
        margin: 0 0 var(--wb-space-2);
        font: 650 var(--wb-text-l) / 1.25 var(--wb-font-display);
      }

      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: var(--wb-space-2);
        justify-content: flex-end;
        margin-top: var(--wb-space-4);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property() label = '';
  @property() yes = 'Yes';
  @property() no = 'Cancel';
  @query('dialog') private dialog!: HTMLDialogElement;

  #answer = false;

  override render(): unknown {
    return html`<dialog aria-labelledby="label" @close=${this.#closed}>
      <h2 id="label">${this.label}</h2>
      <slot></slot>
      <div class="buttons">
        <button type="button" class="plain" data-answer="no" @click=${this.#no}>${this.no}</button>
        <button type="button" class="primary" data-answer="yes" @click=${this.#yes}>
          ${this.yes}
        </button>
      </div>
    </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open') || this.open === this.dialog.open) return;
    this.#answer = false;
    if (this.open) this.dialog.showModal();
    else this.dialog.close();
  }

  #yes = (): void => {
    this.#answer = true;
    this.dialog.close();
  };

  #no = (): void => {
    this.dialog.close();
  };

  #closed = (): void => {
    if (this.open) this.dispatchEvent(new AnswerEvent(this.#answer));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-question': WbQuestion;
  }
  interface HTMLElementEventMap {
    'wb-answer': AnswerEvent;
  }
}
