/** Draws the first of a long list, and more of it on request: thousands at once would hold the page. */
import { thousands } from '../../src/base/number-text';
import { html, type LitElement } from 'lit';

/** So many are drawn at first, and with each request. */
export const DRAWN_AT_ONCE = 100;

/** What an element shows of one list. Its host has the style of text buttons. */
export class LongList {
  readonly #host: LitElement;
  #drawn = DRAWN_AT_ONCE;

  constructor(host: LitElement) {
    this.#host = host;
  }

  /** Those of the items that are drawn. */
  first<T>(items: readonly T[]): readonly T[] {
    return items.slice(0, this.#drawn);
  }

  /** To stand at the end of the list, where it can be given the focus when nothing is left; null then. */
  more(total: number): unknown {
    const left = total - this.#drawn;
    if (left <= 0) return null;
    const next = Math.min(left, DRAWN_AT_ONCE);
    return html`<button class="text" type="button" data-action="more" @click=${this.#grow}>
      Show ${next} of ${thousands(left)} more
    </button>`;
  }

  #grow = async ({ currentTarget: button }: Event): Promise<void> => {
    const list = button instanceof HTMLElement ? button.closest<HTMLElement>('[tabindex]') : null;
    this.#drawn += DRAWN_AT_ONCE;
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    // The button that was pressed may be gone.
    if (button instanceof HTMLElement && !button.isConnected) list?.focus();
  };
}
