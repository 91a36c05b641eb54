import { html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { latentAt } from '../../src/analysis/projection';
import type { ApartMap } from '../../src/explore/apart-map';
import { nearestWords } from '../../src/explore/nearest-words';
import type { TimelineFrame } from '../../src/timeline/timeline';
import { drawMap, mapColours, type MapColours } from './map-drawing';
import {
  between,
  drawnMap,
  extentOf,
  pairBetween,
  pointOf,
  rowNear,
  shareOnScreen,
  steadyExtent,
  type DrawnMap,
  type Extent,
  type Locate,
} from './map-frame';
import { MANY_POINTS } from './map-dots';
import { mapStyles } from './map-styles';
import { describeMap, NO_MAP, percent, sideText } from './map-text';
import { WHOLE_MAP, zoomedAt, type MapZoom } from './map-zoom';
import { sheetOf } from '../kit/canvas';
import { OwnTaskElement } from '../kit/own-task-element';
import { PointDrag } from '../kit/point-drag';
import { visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { newGesture } from '../state/gesture';
import type { CurrentEq } from '../state/current-eq';
import type { ShownModel } from '../state/page-state';
import { SizeWatcher, ThemeWatcher } from '../kit/watchers';
import './wb-draw-apart';
import './wb-map-tip';
import './wb-map-zoom';
import type { ZoomEvent } from './wb-map-zoom';

/** Milliseconds in which the points glide to a new frame. */
const GLIDE_MS = 140;
/** The same where the words are drawn apart or together, which moves them far. */
const APART_MS = 450;
/** How near the pointer must come to a point, in CSS pixels. */
const REACH = 9;
/** How far from the map's edge the current EQ's marker stays, in CSS pixels. */
const EDGE = 12;
/** Steps of the arrow keys from the map's middle to its edge, and with Shift. */
const STEPS = 40;
const FINE_STEPS = 200;

/** Of the wheel that bring the map nearer e times. */
const WHEEL_PIXELS = 400;
/** Where the page does not scroll. */
const ONE_SCREEN = '(min-width: 62em)';

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/**
 * Every row's latent on a plane, coloured by word: filled trained on, hollow held out. The current EQ's
 * marker can be put anywhere.
 */
@customElement('wb-map')
export class WbMap extends OwnTaskElement {
  static override styles = [visuallyHidden, mapStyles];

  @property({ attribute: false }) model: ShownModel | null = null;
  /** An earlier map, which is looked at instead; null: the model's own. */
  @property({ attribute: false }) frame: TimelineFrame | null = null;
  /** Its map with the words drawn apart; null: as it is. */
  @property({ attribute: false }) apart: ApartMap | null = null;
  @property({ attribute: false }) selected: string | null = null;
  /** Name of the selected word's cluster that is looked at. */
  @property({ attribute: false }) cluster: string | null = null;
  @property({ attribute: false }) current: CurrentEq | null = null;
  /** The model's words, each with its own setting. */
  @property({ attribute: false }) words: readonly NamedSetting[] = [];
  /** null until the element has rendered: its size may be told before. */
  @query('canvas') private canvas!: HTMLCanvasElement | null;
  @query('.current') private marker!: HTMLElement | null;
  /** Index of the row under the pointer. */
  @state() private hovered: number | null = null;
  @state() private zoom: MapZoom = WHOLE_MAP;

  #map: DrawnMap | null = null;
  #from: Float32Array | null = null;
  #shown: Float32Array | null = null;
  #glideStart = 0;
  #glideMs = GLIDE_MS;
  /** The same model's map and its extent as they were drawn before; null where nothing glides from there. */
  #before: { readonly map: DrawnMap; readonly extent: Extent } | null = null;
  #extent: Extent | null = null;
  /** The extent at this moment, on the way to the other. */
  #shownExtent: Extent | null = null;
  #frame = 0;
  #colours: MapColours | null = null;
  #keyGesture = 0;
  /** From the pointer to the middle of the marker that it drags, in CSS pixels. */
  #grip: readonly [number, number] = [0, 0];
  #drag = new PointDrag((event, gesture) => {
    const at = this.#unitsAt(event.clientX + this.#grip[0], event.clientY + this.#grip[1]);
    if (at !== null) this.#takePoint(at, gesture);
  });

  constructor() {
    super();
    new SizeWatcher(this, () => {
      this.#requestDraw();
    });
    new ThemeWatcher(this, () => {
      this.#colours = null;
      this.#requestDraw();
    });
  }

  /** The current EQ's marker, which takes the keys; the picture where there is none. */
  override focus(): void {
    (this.marker ?? this.canvas)?.focus();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  override render(): unknown {
    const map = this.#map;
    return html`
      <canvas
        class=${map === null ? '' : 'ready'}
        role="img"
        tabindex="-1"
        aria-label=${describeMap(this.model?.document ?? null, map, this.selected)}
        @pointerdown=${this.#press}
        @pointermove=${this.#hover}
        @pointerup=${this.#release}
        @pointercancel=${this.#cancel}
        @pointerleave=${this.#leave}
        @wheel=${this.#wheel}
      ></canvas>
      ${
        map === null
          ? html`<div class="empty">
              <p>${NO_MAP}</p>
            </div>`
          : html`<p class="legend">
              ● trained on${map.heldOut.includes(1) ? ' ○ held out' : ''} ◎ current EQ
            </p>`
      }
      ${this.#currentMarker(map)}
      ${
        map === null
          ? null
          : html`<wb-map-zoom
              .zoom=${this.zoom}
              .at=${this.#lookedAt()}
              @wb-zoom=${({ zoom }: ZoomEvent) => {
                this.zoom = zoom;
              }}
            ></wb-map-zoom>`
      }
      ${
        this.hovered === null || map === null
          ? null
          : html`<wb-map-tip
              class=${(map.points[2 * this.hovered] ?? 0) > 0 ? 'left' : 'right'}
              .model=${this.model}
              .row=${this.hovered}
            ></wb-map-tip>`
      }
    `;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('model') && !changed.has('apart') && !changed.has('frame')) return;
    const before = changed.has('model') ? (changed.get('model') ?? null) : this.model;
    if (before?.document !== this.model?.document) this.#colours = null;
    const sameModel = before?.map === this.model?.map;
    if (sameModel && !changed.has('apart') && !changed.has('frame')) return;
    const previous = this.#map;
    this.#map = this.#drawn();
    if (previous?.labels.length !== this.#map?.labels.length) this.zoom = WHOLE_MAP;
    this.#takeFrame(previous, sameModel && !changed.has('frame'));
  }

  /** The model's map, its words drawn apart, or the earlier one that is looked at. */
  #drawn(): DrawnMap | null {
    const { model, apart, frame } = this;
    if (model?.map == null) return null;
    const map = drawnMap(model.map, apart);
    return frame?.points.length === map.points.length ? { ...map, points: frame.points } : map;
  }

  override updated(): void {
    this.#requestDraw();
  }

  /** What is zoomed to without a pointer: the current EQ, else the middle. */
  #lookedAt(): readonly [number, number] {
    const latent = this.current?.latent ?? null;
    return latent === null || this.#map === null ? this.zoom.centre : pointOf(latent, this.#map);
  }

  /** What takes the keys: where the current EQ is, and which word is near. */
  #currentMarker(map: DrawnMap | null): unknown {
    const { current } = this;
    // Of an earlier map nobody knows where it would have been.
    if (map === null || current?.latent == null || this.frame !== null) return null;
    const [x, y] = pointOf(current.latent, map);
    const [across, up] = this.#extent ?? extentOf(map.points);
    const [nearest] = nearestWords(current.setting, this.words);
    const near =
      nearest === undefined
        ? ''
        : `; nearest word ${nearest.name}, ${nearest.distanceDb.toFixed(1)} dB away`;
    return html`
      <div
        class="current"
        role="slider"
        tabindex="0"
        aria-label="Current EQ on the map"
        aria-describedby="keys"
        aria-valuemin="-100"
        aria-valuemax="100"
        aria-valuenow=${percent(x, across)}
        aria-valuetext=${`${sideText(x, across, 'right', 'left')}, ${sideText(y, up, 'up', 'down')}${near}`}
        @keydown=${this.#key}
        @pointerdown=${this.#grab}
        @pointermove=${this.#hover}
        @pointerup=${this.#release}
        @pointercancel=${this.#cancel}
      ></div>
      <p id="keys" class="visually-hidden">
        Arrow keys move it, and the model says what is there; with Shift, in small steps.
      </p>
    `;
  }

  /** @param sameModel whether it is only drawn in another way */
  #takeFrame(previous: DrawnMap | null, sameModel: boolean): void {
    const map = this.#map;
    this.#before = null;
    if (map === null) {
      this.#from = this.#shown = this.#extent = this.#shownExtent = null;
      return;
    }
    const related = previous?.points.length === map.points.length;
    const glides = related && map.labels.length < MANY_POINTS && !this.#prefersStillness();
    this.#from = glides ? this.#shown : null;
    const extent = this.#shownExtent;
    if (glides && sameModel && extent !== null) this.#before = { map: previous, extent };
    this.#glideMs = this.#before === null ? GLIDE_MS : APART_MS;
    const steady = related && !sameModel ? this.#extent : null;
    this.#extent = steadyExtent(steady, extentOf(map.points));
    this.#shownExtent = this.#before?.extent ?? this.#extent;
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
    const { canvas, model } = this;
    const sheet = canvas && sheetOf(canvas);
    if (sheet === null) return;
    const { pen, width, height } = sheet;
    const map = this.#map;
    if (model === null || map === null || this.#extent === null) return;

    const { document } = model;
    const time = this.#from === null ? 1 : Math.min(1, (now - this.#glideStart) / this.#glideMs);
    const before = time < 1 ? this.#before : null;
    const share =
      before === null ? time : shareOnScreen(before.extent, this.#extent, Math.max(0, time));
    this.#shown = between(this.#from, map.points, share);
    this.#shownExtent =
      before === null ? this.#extent : pairBetween(before.extent, this.#extent, share);
    const locate: Locate = (latent) => {
      const point = pointOf(latent, map);
      return before === null ? point : pairBetween(pointOf(latent, before.map), point, share);
    };
    this.#colours ??= mapColours(document, this.#token);
    const scale = this.#scale(width, height);
    const { factor, centre } = this.zoom;
    // What lies outside the whole map's frame is drawn at its edge.
    const inside = (at: number, size: number): number =>
      factor > 1 ? at : Math.max(EDGE / 2, Math.min(size - EDGE / 2, at));
    const place = (x: number, y: number): [number, number] => [
      inside(width / 2 + (x - centre[0]) * scale, width),
      inside(height / 2 - (y - centre[1]) * scale, height),
    ];
    const { selected, cluster, hovered } = this;
    const points = this.#shown;
    const colours = this.#colours;
    const earlier = this.frame !== null;
    const latent = earlier ? null : (this.current?.latent ?? null);
    const ring = latent === null ? null : locate(latent);
    drawMap(pen, {
      ...{ document, map, points, earlier, selected, cluster, hovered, colours },
      ...{ ring, locate, place },
    });
    this.#putMarker(locate, place);
    if (share < 1) this.#requestDraw();
  };

  /** Puts the marker where the current EQ lies; at the edge, where that is outside. */
  #putMarker(locate: Locate, place: (x: number, y: number) => [number, number]): void {
    const { marker, current, canvas } = this;
    if (marker === null || canvas === null || current?.latent == null) return;
    const [x, y] = place(...locate(current.latent));
    const left = Math.max(EDGE, Math.min(canvas.clientWidth - EDGE, x));
    const top = Math.max(EDGE, Math.min(canvas.clientHeight - EDGE, y));
    marker.style.transform = `translate(${left.toFixed(1)}px, ${top.toFixed(1)}px)`;
  }

  /** CSS pixels per map unit: one scale for both axes, so that distances are comparable. */
  #scale(width: number, height: number): number {
    const [across, up] = this.#shownExtent ?? [1, 1];
    return this.zoom.factor * Math.min(width / 2 / across, height / 2 / up);
  }

  /** Where a place of the window lies on the map, in map units. */
  #unitsAt(clientX: number, clientY: number): [number, number] | null {
    const rectangle = this.canvas?.getBoundingClientRect();
    if (rectangle === undefined) return null;
    const { left, top, width, height } = rectangle;
    const scale = this.#scale(width, height);
    const [x, y] = this.zoom.centre;
    return [x + (clientX - left - width / 2) / scale, y + (top + height / 2 - clientY) / scale];
  }

  #takePoint(at: [number, number], gesture: number): void {
    const map = this.#map;
    if (map === null) return;
    const place = latentAt(at, map);
    this.dispatchEvent(new ActionEvent({ type: 'take-point', place, gesture }));
  }

  #token = (name: string): string => getComputedStyle(this).getPropertyValue(name).trim();

  #press = (event: PointerEvent): void => {
    if (this.#map === null) return;
    this.#grip = [0, 0];
    this.#drag.down(event, false);
    if (event.pointerType === 'touch') this.#hoverAt(event);
  };

  #grab = (event: PointerEvent): void => {
    const rectangle = this.marker?.getBoundingClientRect();
    if (rectangle === undefined) return;
    const { left, top, width, height } = rectangle;
    this.#grip = [left + width / 2 - event.clientX, top + height / 2 - event.clientY];
    this.#drag.down(event, true);
  };

  #release = (event: PointerEvent): void => {
    this.#drag.up(event);
  };

  #cancel = (): void => {
    this.#drag.cancel();
  };

  #hover = (event: PointerEvent): void => {
    this.#drag.move(event);
    if (this.#drag.dragging) this.hovered = null;
    else if (event.pointerType !== 'touch') this.#hoverAt(event);
  };

  #hoverAt(event: PointerEvent): void {
    const at = this.#unitsAt(event.clientX, event.clientY);
    const width = this.canvas?.clientWidth ?? 0;
    const height = this.canvas?.clientHeight ?? 0;
    this.hovered =
      at === null
        ? null
        : rowNear(this.#shown ?? new Float32Array(), at, REACH / this.#scale(width, height));
  }

  /** As on other maps; where the page scrolls, only with the key or the pinch that means to zoom. */
  #wheel = (event: WheelEvent): void => {
    const at = this.#unitsAt(event.clientX, event.clientY);
    if (at === null || (!event.ctrlKey && !matchMedia(ONE_SCREEN).matches)) return;
    event.preventDefault();
    this.zoom = zoomedAt(this.zoom, Math.exp(-event.deltaY / WHEEL_PIXELS), at);
  };

  #leave = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.hovered = null;
  };

  /** From where the current EQ is drawn, in the map's plane or not: a small step is a small change. */
  #key = (event: KeyboardEvent): void => {
    const arrow = ARROWS[event.key];
    const map = this.#map;
    if (arrow === undefined || map === null || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) this.#keyGesture = newGesture();
    const step = Math.max(...(this.#extent ?? [1, 1])) / (event.shiftKey ? FINE_STEPS : STEPS);
    const origin = new Float32Array(map.origin.length);
    const by = latentAt([arrow[0] * step, arrow[1] * step], { ...map, origin });
    const action = { type: 'move-point', by, gesture: this.#keyGesture } as const;
    this.dispatchEvent(new ActionEvent(action));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-map': WbMap;
  }
}
