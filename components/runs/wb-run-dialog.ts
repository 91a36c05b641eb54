import '@awesome.me/webawesome/dist/components/button/button.js';
import '@awesome.me/webawesome/dist/components/dialog/dialog.js';
import '@awesome.me/webawesome/dist/components/input/input.js';
import '@awesome.me/webawesome/dist/components/textarea/textarea.js';
import { LitElement, css, html, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LONGEST_NOTE } from '../../src/base/library-bounds';
import type { RunSummary } from '../../workers/trainer/messages';
import { kitDialog } from '../kit/kit-styles';
import { controlValue } from '../kit/control-value';
import { ActionEvent } from '../state/action';

export interface RunQuestion {
  readonly about: 'rename' | 'note';
  readonly run: RunSummary;
}

/** What is typed about a run: its name, or a note. Says `wb-answered` when it is closed. */
@customElement('wb-run-dialog')
export class WbRunDialog extends LitElement {
  static override styles = [
    kitDialog,
    css`
      p {
        margin: var(--wb-space-1) 0 0;
        color: var(--wb-ink-quiet);
        font-size: var(--wb-text-s);
      }
    `,
  ];

  /** null: nothing is asked. */
  @property({ attribute: false }) question: RunQuestion | null = null;
  @state() private text = '';

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('question') || this.question === null) return;
    const { about, run } = this.question;
    this.text = about === 'rename' ? run.name : (run.note ?? '');
  }

  override render(): unknown {
    const noting = this.question?.about === 'note';
    return html`
      <wa-dialog
        label=${noting ? `Note on ${this.question?.run.name ?? ''}` : 'Rename this run'}
        ?open=${this.question !== null}
        @wa-after-show=${this.#focusField}
        @wa-after-hide=${this.#close}
      >
        ${noting ? this.#note() : this.#name()}
        <wa-button slot="footer" appearance="outlined" @click=${this.#answered}>Cancel</wa-button>
        <wa-button
          slot="footer"
          variant="brand"
          data-action="confirm"
          ?disabled=${!noting && this.text.trim() === ''}
          @click=${this.#confirm}
        >
          ${noting ? 'Keep the note' : 'Rename'}
        </wa-button>
      </wa-dialog>
    `;
  }

  #name(): unknown {
    return html`<wa-input
      label="Name"
      maxlength="120"
      .value=${this.text}
      @input=${this.#type}
      @keydown=${this.#enter}
    ></wa-input>`;
  }

  #note(): unknown {
    return html`<wa-textarea
        label="Note"
        rows="5"
        maxlength=${LONGEST_NOTE}
        .value=${this.text}
        @input=${this.#type}
      ></wa-textarea>
      <p>
        ${LONGEST_NOTE - this.text.length} characters left. Kept in this browser, as it is typed.
      </p>`;
  }

  #type = (event: Event): void => {
    this.text = String(controlValue(event)).slice(0, LONGEST_NOTE);
  };

  #enter = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') this.#confirm();
  };

  #focusField = (): void => {
    this.renderRoot.querySelector<HTMLElement>('wa-input, wa-textarea')?.focus();
  };

  #close = (event: Event): void => {
    // The same event of elements inside the dialog bubbles up to it.
    if (event.target === event.currentTarget) this.#answered();
  };

  #answered = (): void => {
    this.dispatchEvent(new Event('wb-answered'));
  };

  #confirm = (): void => {
    if (this.question === null) return;
    const { about, run } = this.question;
    const text = this.text.trim();
    if (about === 'rename' && text === '') return;
    this.#answered();
    this.dispatchEvent(
      new ActionEvent(
        about === 'rename'
          ? { type: 'rename-run', id: run.id, name: text }
          : // Pasted from elsewhere, lines may end otherwise and tabs stand between words.
            { type: 'note-run', id: run.id, note: noteText(text) },
      ),
    );
  };
}

/** A note as it can be kept: lines end by line feeds, and there are no other control characters. */
function noteText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(/[^\P{Cc}\n]+/gu, ' ');
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-run-dialog': WbRunDialog;
  }
}
