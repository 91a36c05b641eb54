import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { WHOLE_MAP, zoomedAt, type MapZoom } from './map-zoom';

/** Of a press of the buttons. */
const STEP = 1.6;

const ZOOM_EVENT = 'wb-zoom';

/** Says which part of the map is to be looked at. */
export class ZoomEvent extends Event {
  constructor(readonly zoom: MapZoom) {
    super(ZOOM_EVENT);
  }
}

/** Nearer, farther and the whole, for those without a wheel. */
@customElement('wb-map-zoom')
export class WbMapZoom extends LitElement {
  static override styles = css`
    div {
      display: grid;
      gap: 2px;
    }

    button {
      width: 1.9rem;
      height: 1.9rem;
      padding: 0;
      border: 1px solid var(--wb-line);
      border-radius: var(--wb-radius-s);
      background: color-mix(in srgb, var(--wb-surface) 85%, transparent);
      color: var(--wb-ink);
      font: 600 var(--wb-text-m) / 1 var(--wb-font);
      cursor: pointer;
    }

    button:disabled {
      color: var(--wb-ink-disabled);
      cursor: default;
    }

    button:focus-visible {
      outline: 2px solid var(--wb-bright);
      outline-offset: 1px;
    }
  `;

  @property({ attribute: false }) zoom: MapZoom = WHOLE_MAP;
  /** What comes nearer, in map units. */
  @property({ attribute: false }) at: readonly [number, number] = [0, 0];

  override render(): unknown {
    const { zoom, at } = this;
    const whole = zoom.factor === 1;
    return html`<div role="group" aria-label="Zoom">
      ${this.#button('Nearer', '+', zoomedAt(zoom, STEP, at), false)}
      ${this.#button('Farther', '−', zoomedAt(zoom, 1 / STEP, zoom.centre), whole)}
      ${this.#button('The whole map', '⤢', WHOLE_MAP, whole)}
    </div>`;
  }

  #button(label: string, text: string, next: MapZoom, off: boolean): unknown {
    return html`<button
      type="button"
      aria-label=${label}
      title=${label}
      ?disabled=${off}
      @click=${() => this.dispatchEvent(new ZoomEvent(next))}
    >
      ${text}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-map-zoom': WbMapZoom;
  }

  interface HTMLElementEventMap {
    'wb-zoom': ZoomEvent;
  }
}
