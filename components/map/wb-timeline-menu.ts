import { LitElement, css, html } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { plainButton } from '../kit/button-styles';
import { INITIAL_STATE, type PageState } from '../state/page-state';
import './wb-take-timeline';

/** From the button to the box over it, and from there to the window's edge, in CSS pixels. */
const GAP = 6;

/** A button beside the timeline that opens what it can be saved as; it is open at first. */
@customElement('wb-timeline-menu')
export class WbTimelineMenu extends LitElement {
  static override styles = [
    plainButton,
    css`
      [popover] {
        position: fixed;
        inset: auto;
        box-sizing: border-box;
        width: 12rem;
        margin: 0;
        padding: var(--wb-space-3);
        border: 1px solid var(--wb-line-strong);
        border-radius: var(--wb-radius);
        background: var(--wb-surface);
        color: var(--wb-ink);
        box-shadow: 0 6px 32px rgb(0 0 0 / 22%);
      }
    `,
  ];

  @property({ attribute: false }) view: PageState = INITIAL_STATE;
  @query('button') private button!: HTMLElement;
  @query('[popover]') private box!: HTMLElement;

  override render(): unknown {
    return html`
      <button type="button" class="plain pill" popovertarget="take" aria-label="Save as film…">
        Film…
      </button>
      <div
        id="take"
        popover
        role="group"
        aria-label="Save the timeline"
        @beforetoggle=${this.#place}
      >
        <wb-take-timeline .view=${this.view}></wb-take-timeline>
      </div>
    `;
  }

  protected override firstUpdated(): void {
    this.button.focus();
    this.box.showPopover();
  }

  /** Over the button, which stands low on the page. */
  #place = (event: ToggleEvent): void => {
    if (event.newState !== 'open') return;
    const { right, top } = this.button.getBoundingClientRect();
    this.box.style.right = `${String(Math.max(GAP, innerWidth - right))}px`;
    this.box.style.bottom = `${String(innerHeight - top + GAP)}px`;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-timeline-menu': WbTimelineMenu;
  }
}
