/** Styles of what scrolls inside a panel. */
import { css } from 'lit';

/**
 * What scrolls sideways, `.scroll` or `.strip`, fades out at its end for as long as more lies beyond:
 * it is not taken for all there is. Browsers that tie no animation to scrolling show a plain edge.
 */
export const fadingEnd = css`
  @supports (animation-timeline: scroll()) {
    :is(.scroll, .strip) {
      animation: more-beyond linear;
      animation-timeline: scroll(self inline);
    }

    @keyframes more-beyond {
      from,
      99% {
        mask-image: linear-gradient(to left, transparent, #000 2rem);
      }

      to {
        mask-image: none;
      }
    }
  }
`;

/** A box of its own that scrolls; it needs a `max-height`. */
export const scrollBox = css`
  ${fadingEnd}

  .scroll {
    overflow: auto;
    border: 1px solid var(--wb-line);
    border-radius: var(--wb-radius-s);
  }

  .scroll:focus-visible {
    outline: 2px solid var(--wb-bright);
  }
`;

/** A table in a box of its own that scrolls, sorted by the buttons in its head. */
export const sortableTable = [
  scrollBox,
  css`
    .scroll {
      /* Holds what is placed for screen readers alone, which would widen the page. */
      position: relative;
      max-height: 34rem;
    }

    th button {
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      text-align: inherit;
      cursor: pointer;
    }

    th button:hover,
    th[aria-sort] button {
      color: var(--wb-ink);
    }

    th[aria-sort] button {
      font-weight: 650;
    }
  `,
];
