import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LazyPart, whenLoaded } from '../kit/lazy-part';
import { INITIAL_STATE, type PageState } from '../state/page-state';

const DIALOG = new LazyPart('The sweep', () => import('./wb-sweep-start'));

/** The way to a sweep: a button, and the dialog that it opens. */
@customElement('wb-sweep-button')
export class WbSweepButton extends LitElement {
  static override styles = css`
    :host {
      display: inline-flex;
    }
  `;

  @property({ attribute: false }) view: PageState = INITIAL_STATE;
  /** Whether there has been a sweep already. */
  @property({ attribute: false }) again = false;
  /** null until the dialog is opened for the first time; what is typed in it stays. */
  @state() private open: boolean | null = null;

  override render(): unknown {
    return html`
      <wa-button
        size="s"
        appearance="outlined"
        data-action="sweep"
        title="Train several settings at once and compare them"
        @click=${() => {
          this.open = true;
        }}
      >
        ${this.again ? 'New sweep…' : 'Sweep…'}
      </wa-button>
      ${this.open === null ? null : whenLoaded(this, DIALOG, () => this.#dialog())}
    `;
  }

  #dialog(): unknown {
    return html`<wb-sweep-start
      .view=${this.view}
      .open=${this.open === true}
      @close=${() => {
        this.open = false;
      }}
    ></wb-sweep-start>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-sweep-button': WbSweepButton;
  }
}
