import '@awesome.me/webawesome/dist/components/button/button.js';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MeasuringShare } from '../../workers/trainer/messages';
import { ActionEvent } from '../state/action';
import { measuringText } from './measuring-text';

/** How far the figures of the shown run are, with a way to give them up, or to have them after all. */
@customElement('wb-measuring')
export class WbMeasuring extends LitElement {
  static override styles = css`
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: var(--wb-space-2);
      align-items: center;
      margin-top: var(--wb-space-2);
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-s);
      font-variant-numeric: tabular-nums;
    }
  `;

  @property({ attribute: false }) share: MeasuringShare = null;
  /** What the figures that are shown were measured after; null where there are none. */
  @property({ attribute: false }) epoch: number | null = null;

  override render(): unknown {
    const { share, epoch } = this;
    if (share === null) return null;
    const cancelled = share === 'cancelled';
    const type = cancelled ? 'measure' : 'cancel-measuring';
    return html`
      <span aria-live="off">${measuringText(share, epoch)}</span>
      <wa-button
        size="s"
        appearance="outlined"
        data-action=${type}
        @click=${() => this.dispatchEvent(new ActionEvent({ type }))}
        >${cancelled ? 'Measure' : 'Cancel'}</wa-button
      >
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-measuring': WbMeasuring;
  }
}
