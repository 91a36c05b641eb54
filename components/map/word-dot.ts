/** A word's colour, beside its name. */
import { css, html } from 'lit';

export const dotStyles = css`
  .dot {
    flex: none;
    width: 9px;
    height: 9px;
  }
`;

/** @param colour as in CSS */
export function wordDot(colour: string): unknown {
  return html`<svg class="dot" viewBox="0 0 2 2" aria-hidden="true">
    <circle cx="1" cy="1" r="1" fill=${colour}></circle>
  </svg>`;
}
