/** How the map's element looks. */
import { css } from 'lit';

export const mapStyles = css`
  :host {
    display: block;
    position: relative;
    min-height: 0;
    overflow: hidden;
    isolation: isolate;
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface-sunk);
  }

  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }

  canvas.dots {
    z-index: -1;
    pointer-events: none;
  }

  canvas.ready {
    cursor: crosshair;
    /* A finger that goes up or down scrolls the page. */
    touch-action: pan-y;
  }

  canvas.lasso {
    touch-action: none;
  }

  .current {
    position: absolute;
    left: calc(var(--wb-target) / -2);
    top: calc(var(--wb-target) / -2);
    width: var(--wb-target);
    height: var(--wb-target);
    cursor: grab;
    touch-action: none;
  }

  .current::before {
    content: '';
    position: absolute;
    inset: 13px;
    border: 3px solid var(--wb-ink);
    border-radius: 50%;
    outline: 2px solid var(--wb-paper);
    background: color-mix(in srgb, var(--wb-paper) 60%, transparent);
  }

  .current:focus-visible {
    outline: 0;
  }

  .current:focus-visible::before {
    outline: 3px solid var(--wb-bright);
    outline-offset: 2px;
  }

  /* Twice a point's size. */
  .pointed {
    position: absolute;
    left: -5.2px;
    top: -5.2px;
    box-sizing: border-box;
    width: 10.4px;
    height: 10.4px;
    border-radius: 50%;
    background: currentcolor;
    pointer-events: none;
    forced-color-adjust: none;
  }

  .pointed.hollow {
    border: 1.2px solid;
    background: none;
  }

  .empty {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding: var(--wb-space-5);
    color: var(--wb-ink-quiet);
    text-align: center;
  }

  wb-map-zoom {
    position: absolute;
    top: var(--wb-space-2);
    right: var(--wb-space-2);
  }

  .legend {
    position: absolute;
    left: var(--wb-space-2);
    bottom: var(--wb-space-1);
    margin: 0;
    color: var(--wb-ink-quiet);
    font-size: var(--wb-text-xs);
    pointer-events: none;
  }

  wb-map-tip {
    position: absolute;
    bottom: var(--wb-space-2);
    width: min(15rem, 64%);
    box-sizing: border-box;
    pointer-events: none;
  }

  wb-map-tip.right {
    right: var(--wb-space-2);
  }

  wb-map-tip.left {
    left: var(--wb-space-2);
  }
`;
