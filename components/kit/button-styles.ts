/** How native buttons look; the kit's own bring their looks with them. */
import { css } from 'lit';

/** A native button that is the next thing to do. */
export const primaryButton = css`
  button.primary {
    display: inline-flex;
    gap: var(--wb-space-2);
    align-items: center;
    justify-content: center;
    min-height: 2.25rem;
    padding: 0 var(--wb-space-4);
    border: 1px solid var(--wb-warm-fill);
    border-radius: var(--wb-radius-s);
    background: var(--wb-warm-fill);
    color: var(--wb-on-fill);
    font: var(--wb-weight-button) var(--wb-text-s) / 1.2 var(--wb-font);
    forced-color-adjust: none;
    cursor: pointer;
  }

  /* While something else is. */
  button.primary.beside {
    border-color: var(--wb-line-strong);
    background: var(--wb-surface);
    color: var(--wb-ink);
  }

  button.primary:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 2px;
  }
`;

/** A native button that is not the next thing to do. */
export const plainButton = css`
  button.plain {
    min-height: 2.25rem;
    padding: 0 var(--wb-space-3);
    border: 1px solid var(--wb-line-strong);
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface);
    color: var(--wb-ink);
    font: var(--wb-weight-button) var(--wb-text-s) / 1.2 var(--wb-font);
    cursor: pointer;
  }

  /* As those around the map are. */
  button.plain.pill {
    min-height: 1.9rem;
    border-color: var(--wb-line);
    border-radius: 99px;
    font-weight: 400;
  }

  button.plain:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 2px;
  }
`;

/** A native button that looks like a link inside text. */
export const textButton = css`
  button.text {
    padding: 0;
    border: 0;
    background: none;
    color: var(--wb-bright);
    font: inherit;
    text-decoration: underline;
    text-underline-offset: 2px;
    cursor: pointer;
  }

  button.text:focus-visible {
    outline: 2px solid var(--wb-bright);
    outline-offset: 2px;
    border-radius: 2px;
  }
`;

/** A quiet button with nothing but a mark, which takes its row away. */
export const removeButton = css`
  button.remove {
    height: 2rem;
    border: 0;
    border-radius: var(--wb-radius-s);
    background: none;
    color: var(--wb-ink-quiet);
    cursor: pointer;
  }

  button.remove:focus-visible {
    outline: 2px solid var(--wb-bright);
  }
`;
