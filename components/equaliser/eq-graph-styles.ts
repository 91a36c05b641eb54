/** How the curve, what lies behind it and its handles look. */
import { css } from 'lit';

export const eqGraphStyles = css`
  :host {
    display: block;
    min-height: 10rem;
  }

  ::slotted(*) {
    position: absolute;
    inset: 0;
  }

  .plot {
    position: relative;
    height: 100%;
    border-radius: var(--wb-radius-s);
    background: var(--wb-surface-sunk);
    overflow: hidden;
  }

  svg {
    position: relative;
    display: block;
  }

  path {
    fill: none;
    stroke-linejoin: round;
  }

  .curve {
    stroke: var(--wb-ink);
    stroke-width: 2.75;
  }

  .behind {
    stroke-width: 1.75;
  }

  .people {
    fill: color-mix(in srgb, var(--wb-ink) 10%, transparent);
  }

  .band {
    fill: color-mix(in srgb, var(--wb-warm) 22%, transparent);
  }

  .handle {
    position: absolute;
    left: calc(var(--wb-target) / -2);
    top: calc(var(--wb-target) / -2);
    width: var(--wb-target);
    height: var(--wb-target);
    display: grid;
    place-items: center;
    cursor: grab;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
  }

  .handle span {
    display: grid;
    place-items: center;
    width: 1.375rem;
    height: 1.375rem;
    border: 2px solid var(--wb-warm);
    border-radius: 50%;
    background: var(--wb-surface);
    color: var(--wb-ink);
    font: 650 var(--wb-text-xs) / 1 var(--wb-font);
  }

  .handle.active {
    z-index: 1;
  }

  .handle.active span {
    background: var(--wb-warm-fill);
    color: var(--wb-on-fill);
    forced-color-adjust: none;
  }

  .handle:focus-visible {
    outline: 0;
  }

  .handle:focus-visible span {
    outline: 2px solid var(--wb-bright);
    outline-offset: 2px;
  }
`;
