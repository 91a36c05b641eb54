import { css, html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ModelDocument, ModelMap, School } from '../src/model/model';
import { between, centroidPoints, extentOf, steadyExtent, type Extent } from './map-frame';
import { drawSchools, Labels } from './map-labels';
import { OwnTaskElement } from './own-task-element';
import { THEME_EVENT } from './theme';
import { colourNumbers } from './word-colours';

/** Milliseconds in which the points glide to a new frame. */
const GLIDE_MS = 140;
const POINT_RADIUS = 2.6;
/** How near the pointer must come to a point, in CSS pixels. */
const REACH = 9;

interface Colours {
  readonly ink: string;
  readonly paper: string;
  readonly line: string;
  readonly words: readonly string[];
}

/** Every row's latent on a plane, coloured by word: filled trained on, hollow held out. */
@customElement('wb-map')
export class WbMap extends OwnTaskElement {
  static override styles = css`
    :host {
      display: block;
      position: relative;
      min-height: 0;
      overflow: hidden;
      border-radius: var(--wb-radius-s);
      background: var(--wb-surface-sunk);
    }

    canvas {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
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

    .legend,
    .tip {
      position: absolute;
      margin: 0;
      color: var(--wb-ink-quiet);
      font-size: var(--wb-text-xs);
      pointer-events: none;
    }

    .legend {
      left: var(--wb-space-2);
      bottom: var(--wb-space-1);
    }

    .tip {
      right: var(--wb-space-2);
      bottom: var(--wb-space-1);
      color: var(--wb-ink);
    }
  `;

  @property({ attribute: false }) map: ModelMap | null = null;
  @property({ attribute: false }) document: ModelDocument | null = null;
  @property({ attribute: false }) selected: string | null = null;
  /** Name of the selected word's school that is looked at. */
  @property({ attribute: false }) school: string | null = null;
  /** null until the element has rendered: its size may be told before. */
  @query('canvas') private canvas!: HTMLCanvasElement | null;
  /** Index of the row under the pointer. */
  @state() private hovered: number | null = null;

  #from: Float32Array | null = null;
  #shown: Float32Array | null = null;
  #glideStart = 0;
  #extent: Extent | null = null;
  #frame = 0;
  #colours: Colours | null = null;
  #resize = new ResizeObserver(() => {
    this.#requestDraw();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resize.observe(this);
    document.addEventListener(THEME_EVENT, this.#themeChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resize.disconnect();
    document.removeEventListener(THEME_EVENT, this.#themeChanged);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  override render(): unknown {
    const empty = this.map === null;
    return html`
      <canvas
        role="img"
        aria-label=${this.#description()}
        @pointermove=${this.#hover}
        @pointerleave=${this.#leave}
      ></canvas>
      ${
        empty
          ? html`<div class="empty">
              ${this.document === null ? html`<slot></slot>` : html`<p>${NO_MAP}</p>`}
            </div>`
          : html`<p class="legend">● trained on${this.#hasHeldOut() ? ' ○ held out' : ''}</p>`
      }
      ${this.hovered === null ? null : html`<p class="tip">${this.#hoverText(this.hovered)}</p>`}
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('document')) this.#colours = null;
    if (changed.has('map')) this.#takeFrame(changed.get('map') ?? null);
    this.#requestDraw();
  }

  #takeFrame(previous: ModelMap | null): void {
    if (this.map === null) {
      this.#from = this.#shown = this.#extent = null;
      return;
    }
    const related = previous?.points.length === this.map.points.length;
    this.#from = related && !this.#prefersStillness() ? this.#shown : null;
    this.#extent = steadyExtent(related ? this.#extent : null, extentOf(this.map.points));
    this.#glideStart = performance.now();
    if (!related) this.hovered = null;
  }

  #prefersStillness(): boolean {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  #requestDraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  #draw = (now: number): void => {
    this.#frame = 0;
    const { canvas } = this;
    const context = canvas?.getContext('2d');
    if (canvas === null || context == null) return;
    const { clientWidth: width, clientHeight: height } = canvas;
    if (width === 0 || height === 0) return;
    const ratio = devicePixelRatio;
    if (canvas.width !== Math.round(width * ratio)) canvas.width = width * ratio;
    if (canvas.height !== Math.round(height * ratio)) canvas.height = height * ratio;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (this.map === null || this.document === null || this.#extent === null) return;

    const share = this.#from === null ? 1 : (now - this.#glideStart) / GLIDE_MS;
    this.#shown = between(this.#from, this.map.points, Math.min(1, share));
    this.#colours ??= this.#readColours(this.document);
    const scale = this.#scale(width, height);
    this.#drawAxes(context, this.#colours, width, height);
    const place = (x: number, y: number): [number, number] => [
      width / 2 + x * scale,
      height / 2 - y * scale,
    ];
    this.#drawPoints(context, this.#colours, this.map, place);
    this.#drawLabels(context, this.#colours, this.map, this.document, place);
    if (share < 1) this.#requestDraw();
  };

  /** CSS pixels per map unit: one scale for both axes, so that distances are comparable. */
  #scale(width: number, height: number): number {
    const [across, up] = this.#extent ?? [1, 1];
    return Math.min(width / 2 / across, height / 2 / up);
  }

  #drawAxes(context: CanvasRenderingContext2D, { line }: Colours, w: number, h: number): void {
    context.strokeStyle = line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(0, h / 2);
    context.lineTo(w, h / 2);
    context.moveTo(w / 2, 0);
    context.lineTo(w / 2, h);
    context.stroke();
  }

  #drawPoints(
    context: CanvasRenderingContext2D,
    colours: Colours,
    map: ModelMap,
    place: (x: number, y: number) => [number, number],
  ): void {
    const points = this.#shown ?? map.points;
    const selected = this.document?.words.findIndex(({ word }) => word === this.selected) ?? -1;
    const school = this.#schools().findIndex(({ name }) => name === this.school);
    context.lineWidth = 1.2;
    // The selected word's points are drawn last, so that none of them is hidden.
    for (const front of [false, true]) {
      for (let row = 0; row < map.labels.length; row++) {
        const label = map.labels[row] ?? 0;
        if ((label === selected) !== front) continue;
        const [x, y] = place(points[2 * row] ?? 0, points[2 * row + 1] ?? 0);
        const colour = colours.words[label] ?? colours.ink;
        const hovered = row === this.hovered;
        const apart = front && school >= 0 && map.schools[row] !== school;
        context.globalAlpha = hovered || (front && !apart) ? 0.95 : apart ? 0.3 : 0.55;
        context.beginPath();
        context.arc(x, y, hovered ? POINT_RADIUS * 2 : POINT_RADIUS, 0, 2 * Math.PI);
        if (map.heldOut[row] === 1) {
          context.strokeStyle = colour;
          context.stroke();
        } else {
          context.fillStyle = colour;
          context.fill();
        }
      }
    }
    context.globalAlpha = 1;
  }

  #drawLabels(
    context: CanvasRenderingContext2D,
    colours: Colours,
    map: ModelMap,
    document: ModelDocument,
    place: (x: number, y: number) => [number, number],
  ): void {
    const centroids = centroidPoints(document, map);
    const labels = new Labels(context);
    const order = document.words
      .map(({ word, rows }, index) => ({ word, rows, index }))
      .sort(
        (a, b) =>
          Number(b.word === this.selected) - Number(a.word === this.selected) || b.rows - a.rows,
      );
    for (const { word, index } of order) {
      const centroid = centroids[index];
      if (!centroid) continue;
      const chosen = word === this.selected;
      const text = word.length > 24 ? `${word.slice(0, 23)}…` : word;
      const style = { paper: colours.paper, colour: colours.words[index] ?? colours.ink };
      const [x, y] = place(...centroid);
      const schools = chosen ? this.#schools() : [];
      if (schools.length > 1) {
        drawSchools(labels, schools, map, place, { ...style, selected: this.school });
      }
      labels.draw(text, [x, y], { ...style, size: chosen ? 16 : 13 });
    }
  }

  #readColours(document: ModelDocument): Colours {
    const style = getComputedStyle(this);
    const read = (name: string): string => style.getPropertyValue(name).trim();
    return {
      ink: read('--wb-ink'),
      paper: read('--wb-surface-sunk'),
      line: read('--wb-line'),
      words: colourNumbers(document.words).map((n) => read(`--wb-word-${String(n)}`)),
    };
  }

  #themeChanged = (): void => {
    this.#colours = null;
    this.#requestDraw();
  };

  #hover = (event: PointerEvent): void => {
    const points = this.#shown;
    const rectangle = this.canvas?.getBoundingClientRect();
    if (points === null || rectangle === undefined) return;
    const { width, height } = rectangle;
    const scale = this.#scale(width, height);
    const x = (event.offsetX - width / 2) / scale;
    const y = (height / 2 - event.offsetY) / scale;
    let nearest: number | null = null;
    let best = (REACH / scale) ** 2;
    for (let row = 0; 2 * row < points.length; row++) {
      const distance = ((points[2 * row] ?? 0) - x) ** 2 + ((points[2 * row + 1] ?? 0) - y) ** 2;
      if (distance < best) {
        best = distance;
        nearest = row;
      }
    }
    this.hovered = nearest;
  };

  #leave = (): void => {
    this.hovered = null;
  };

  #hoverText(row: number): string {
    const of = this.document?.words[this.map?.labels[row] ?? -1];
    const schools = of?.schools ?? [];
    const school = schools.length > 1 ? schools[this.map?.schools[row] ?? 0] : undefined;
    const word = [of?.word ?? '', ...(school === undefined ? [] : [school.name])].join(', ');
    return `${word}, ${this.map?.heldOut[row] === 1 ? 'held out' : 'trained on'}`;
  }

  /** Those of the selected word. */
  #schools(): readonly School[] {
    return this.document?.words.find(({ word }) => word === this.selected)?.schools ?? [];
  }

  #hasHeldOut(): boolean {
    return this.map?.heldOut.includes(1) ?? false;
  }

  #description(): string {
    if (this.map === null || this.document === null) return 'Map of the words, still empty';
    const rows = this.map.labels.length.toLocaleString('en');
    const words = this.document.words.map(({ word }) => word).join(', ');
    const names = this.#schools().map(({ name }) => name);
    const schools =
      names.length > 1 ? ` Schools of ${this.selected ?? ''}: ${names.join('; ')}.` : '';
    return `Map of ${rows} settings, each a point where the model places it. Words: ${words}.${schools}`;
  }
}

const NO_MAP = 'This file holds no map. Load the data set it was trained on to see one.';

declare global {
  interface HTMLElementTagNameMap {
    'wb-map': WbMap;
  }
}
