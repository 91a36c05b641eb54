import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { withBand } from '../../src/eq/edit-band';
import { bandsOf, type BandIndex, type EqSetting } from '../../src/eq/parameters';
import { yOf, type EqPlot } from '../kit/eq-plot';
import { PointDrag } from '../kit/point-drag';
import { gripPlace, qAtReach } from './q-grip';
import { ShapeEvent } from './shape-event';

/** What a bell's Q is dragged by; keys have [ and ] on the bell's handle. */
@customElement('wb-q-grip')
export class WbQGrip extends LitElement {
  static override styles = css`
    div {
      position: absolute;
      left: calc(var(--wb-target) / -2);
      top: calc(var(--wb-target) / -2);
      width: var(--wb-target);
      height: var(--wb-target);
      display: grid;
      place-items: center;
      cursor: ew-resize;
      touch-action: none;
    }

    div::before {
      content: '';
      width: 6px;
      height: 20px;
      border: 2px solid var(--wb-warm);
      border-radius: 4px;
      background: var(--wb-surface);
    }
  `;

  @property({ attribute: false }) setting: EqSetting = [];
  @property({ attribute: false }) band: BandIndex = 0;
  @property({ attribute: false }) plot!: EqPlot;

  /** Where it was gripped, and how far the bell reached then, both in CSS pixels. */
  #gripped = { x: 0, reach: 0, side: 1 };
  #drag = new PointDrag(({ clientX }, gesture) => {
    const { x, reach, side } = this.#gripped;
    const { band, plot } = this;
    const now = reach + side * (clientX - x);
    const change = (setting: EqSetting): EqSetting => {
      const { frequencyHz = 1000 } = bandsOf(setting)[band] ?? {};
      return withBand(setting, band, { q: qAtReach(frequencyHz, now, plot) });
    };
    this.dispatchEvent(new ShapeEvent(change, gesture));
  });

  override render(): unknown {
    const bell = bandsOf(this.setting)[this.band];
    if (bell?.kind !== 'bell') return null;
    const { x } = gripPlace(bell, this.plot);
    const y = yOf(bell.gainDb, this.plot);
    const place = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    return html`<div
      aria-hidden="true"
      title="Drag for the Q"
      style=${styleMap({ transform: place })}
      @pointerdown=${this.#grab}
      @pointermove=${this.#move}
      @pointerup=${this.#release}
      @pointercancel=${this.#release}
    ></div>`;
  }

  #grab = (event: PointerEvent): void => {
    const bell = bandsOf(this.setting)[this.band];
    if (bell === undefined) return;
    const { reach, side } = gripPlace(bell, this.plot);
    this.#gripped = { x: event.clientX, reach, side };
    this.#drag.down(event, true);
  };

  #move = (event: PointerEvent): void => {
    this.#drag.move(event);
  };

  #release = (): void => {
    this.#drag.cancel();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-q-grip': WbQGrip;
  }
}
