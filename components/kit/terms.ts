/** Help: what the terms of a table or a list mean, in the glossary's words. */
import { css, html, type CSSResult } from 'lit';
import type { Term } from '../../src/base/glossary';

export const termsStyle: CSSResult = css`
  .terms {
    margin-top: var(--wb-space-2);
    color: var(--wb-ink-quiet);
    font-size: var(--wb-text-s);
  }

  .terms summary {
    cursor: pointer;
  }

  .terms summary:focus-visible {
    outline: 2px solid var(--wb-bright);
  }

  .terms ul {
    margin: var(--wb-space-2) 0 0;
    padding-left: var(--wb-space-4);
  }
`;

/** Folded until it is asked for. */
export function terms(shown: readonly Term[]): unknown {
  return html`<details class="terms">
    <summary>What the terms mean</summary>
    <ul>
      ${shown.map(({ name, meaning }) => html`<li><b>${name}.</b> ${meaning}</li>`)}
    </ul>
  </details>`;
}
