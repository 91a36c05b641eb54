/** Styles the parts of a blind test share. */
import { css } from 'lit';

export const blindForm = css`
  :host {
    display: grid;
    gap: var(--wb-space-4);
  }

  h3 {
    margin: 0;
    font: 650 var(--wb-text-l) / 1.2 var(--wb-font-display);
  }

  p {
    margin: 0;
  }

  .quiet {
    color: var(--wb-ink-quiet);
    font-size: var(--wb-text-s);
  }

  .problem {
    color: var(--wb-danger);
    font-size: var(--wb-text-s);
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: var(--wb-space-2);
    align-items: center;
  }
`;

/** How far a test is. */
export const blindProgress = css`
  progress {
    width: 100%;
    height: 6px;
    margin-top: var(--wb-space-2);
    overflow: hidden;
    appearance: none;
    border: 0;
    border-radius: 3px;
    background: var(--wb-surface-sunk);
  }

  /* A browser's own is lighter than what fills it on dark paper. */
  progress::-webkit-progress-bar {
    background: var(--wb-surface-sunk);
  }

  progress::-webkit-progress-value {
    background: var(--wb-warm-fill);
  }

  progress::-moz-progress-bar {
    background: var(--wb-warm-fill);
  }
`;
