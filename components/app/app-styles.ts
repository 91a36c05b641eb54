/** Where the page's parts stand, in each view and on each width of screen. */
import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
  }

  main {
    display: grid;
    gap: var(--wb-space-3);
    grid-template-columns: minmax(0, 1fr);
    padding: var(--wb-space-3) var(--wb-space-3) calc(var(--wb-space-3) + var(--wb-tabs));
  }

  @media (max-width: 47.99em) {
    main,
    section,
    .side {
      gap: var(--wb-space-2);
    }

    main {
      padding: var(--wb-space-2) var(--wb-space-2) calc(var(--wb-space-2) + var(--wb-tabs));
    }
  }

  /* About as high as they get, so that what lies below stays where it is while they are drawn. */
  @media (max-width: 47.99em) {
    main[data-view='explore'] wb-watch-panel {
      min-height: calc(max(28vh, 11rem) + 5rem);
    }

    main[data-view='train'] wb-watch-panel {
      min-height: calc(max(28vh, 11rem) + 4.5rem);
    }

    main[data-view='train'] .make {
      min-height: 41.8rem;
    }

    main[data-view='explore'] wb-word-panel {
      box-sizing: border-box;
      min-height: 4.5rem;
    }
  }

  @media (min-width: 48em) and (max-width: 61.99em) {
    main[data-view='explore'] wb-watch-panel {
      min-height: calc(40vh + 5.75rem);
    }

    main[data-view='train'] wb-watch-panel {
      min-height: calc(40vh + 5.6rem);
    }

    main[data-view='train'] .make {
      min-height: 62.3rem;
    }

    main[data-view='explore'] wb-word-panel {
      box-sizing: border-box;
      min-height: 5rem;
    }
  }

  /* Stays, as what it opens lies below it. */
  header {
    position: sticky;
    top: 0;
    z-index: 3;
  }

  section {
    display: grid;
    gap: var(--wb-space-3);
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    min-width: 0;
  }

  main[data-view='explore'] > :is(.make, .learnt, .kept),
  main[data-view='train'] > :is(.side, .kept),
  main[data-view='compare'] > :not(.kept) {
    display: none;
  }

  .stage {
    grid-area: stage;
  }

  .side {
    grid-area: side;
    min-width: 0;
  }

  .make {
    grid-area: make;
  }

  .learnt {
    grid-area: learnt;
  }

  .kept {
    grid-area: kept;
    width: min(80rem, 100%);
    margin: 0 auto;
    /* Each as high as it is, though the section is only as high as the window. */
    grid-auto-rows: max-content;
  }

  main[data-view='explore'] {
    grid-template-areas: 'stage' 'side';
  }

  main[data-view='train'] {
    grid-template-areas: 'stage' 'make' 'learnt';
  }

  main[data-view='compare'] {
    grid-template-areas: 'kept';
  }

  /* Beside each other, and none taller than the window: what is long scrolls inside. */
  @media (min-width: 62em) {
    main {
      height: calc(100dvh - var(--wb-header));
      min-height: 36rem;
      box-sizing: border-box;
      grid-template-rows: minmax(0, 1fr);
    }

    main[data-view='explore'] {
      grid-template-areas: 'stage side';
      grid-template-columns: minmax(0, 3fr) minmax(min(24rem, 50vw), 2fr);
    }

    main[data-view='train'] {
      grid-template-areas: 'make stage learnt';
      grid-template-columns: min(20rem, 27vw) minmax(0, 1fr) min(26rem, 31vw);
    }

    .stage {
      grid-template-rows: minmax(12rem, 1fr) auto;
      align-content: stretch;
      min-height: 0;
    }

    wb-watch-panel {
      min-height: 0;
    }

    /*
     * What scrolls is positioned, and so holds what is placed for screen readers alone: the page
     * would scroll to it.
     *
     * Of one height, so that the map keeps its own whatever there is to say of a word.
     */
    main[data-view='explore'] wb-word-panel {
      box-sizing: border-box;
      position: relative;
      height: 36vh;
      overflow: auto;
      scrollbar-width: thin;
    }

    main[data-view='explore'] wb-word-panel[folded] {
      height: auto;
      max-height: 36vh;
    }

    .make,
    .learnt,
    .kept,
    .side {
      position: relative;
      overflow: auto;
      scrollbar-width: thin;
    }
  }

  main[data-view='train'] wb-word-panel {
    --wb-word-parts: none;
  }

  .skip {
    position: absolute;
    left: -999px;
    top: var(--wb-space-2);
    z-index: 4;
    padding: var(--wb-space-2) var(--wb-space-3);
    border-radius: var(--wb-radius-s);
    background: var(--wb-ink);
    color: var(--wb-paper);
  }

  .skip:focus {
    left: var(--wb-space-2);
  }

  .drop {
    position: fixed;
    inset: 0;
    z-index: 5;
    display: grid;
    place-items: center;
    border: 4px dashed var(--wb-warm);
    background: color-mix(in srgb, var(--wb-paper) 85%, transparent);
    color: var(--wb-ink);
    font: 650 var(--wb-text-xl) var(--wb-font-display);
    pointer-events: none;
  }
`;
