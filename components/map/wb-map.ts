import { html, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { NamedSetting } from '../../src/eq/named-setting';
import { latentAt } from '../../src/analysis/projection';
import type { ApartMap } from '../../src/explore/apart-map';
import type { TimelineFrame } from '../../src/timeline/timeline';
import type { DotLayer, MapColours } from './dot-layer';
import { drawOver, mapColours } from './map-drawing';
import { drawnMap, hasMany, pointOf, rowNear, withPlaces, type DrawnMap } from './map-frame';
import { MapGlide } from './map-glide';
import { afterMarkerKey, markerTemplate, nearText, putMarker } from './map-marker';
import { CountsEvent } from './map-events';
import { MAP_TOOLS, MapLooking } from './map-looking';
import { emphasisOf, MarksEvent, NO_MARKS, type MapMarks } from './map-marks';
import { pointedTemplate, putPointed } from './map-pointed';
import { MapPointing, TWO_FINGERS, withoutScroll, type ClientPlace } from './map-pointing';
import { mapStyles } from './map-styles';
import { describeMap, legendOf, NO_MAP } from './map-text';
import { placesOn, scaleOf, unitsAt, type MapView } from './map-view';
import { PixelDots } from './pixel-dots';
import { movedBy, WHOLE_MAP, zoomedAt, type MapZoom } from './map-zoom';
import { sheetOf } from '../kit/canvas';
import { whenLoaded } from '../kit/lazy-part';
import { OwnTaskElement } from '../kit/own-task-element';
import { visuallyHidden } from '../kit/shared-styles';
import { ActionEvent } from '../state/action';
import { newGesture } from '../state/gesture';
import type { CurrentEq } from '../state/current-eq';
import type { ShownModel } from '../state/page-state';
import { SizeWatcher, ThemeWatcher } from '../kit/watchers';
import './wb-map-zoom';
import type { ZoomEvent } from './wb-map-zoom';

/** How near the pointer must come to a point, in CSS pixels. */
const REACH = 9;
/** Of the wheel that bring the map nearer e times. */
const WHEEL_PIXELS = 400;
/** Where the page does not scroll. */
const ONE_SCREEN = '(min-width: 62em)';

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
  @property({ attribute: false }) marks: MapMarks = NO_MARKS;
  /** Whether what counts the points in view is there. */
  @property({ type: Boolean }) counted = false;
  /** null until the element has rendered: its size may be told before. */
  @query('canvas') private canvas!: HTMLCanvasElement | null;
  @query('.current') private marker!: HTMLElement | null;
  @query('.pointed') private pointed!: HTMLElement | null;
  /** Index of the row under the pointer. */
  @state() private hovered: number | null = null;
  @state() private zoom: MapZoom = WHOLE_MAP;

  readonly #glide = new MapGlide();
  readonly #looking = new MapLooking(this.#glide, (counts) => {
    this.dispatchEvent(new CountsEvent(counts));
  });
  readonly #plain = new PixelDots();
  /** Of many points; null before it was needed. */
  #many: DotLayer | null = null;
  #emphasis: Uint8Array = new Uint8Array();
  #size = { width: 0, height: 0 };
  /** What is on the screen. */
  #view: MapView | null = null;
  #near = '';
  #description = '';
  #frame = 0;
  #colours: MapColours | null = null;
  #keyGesture = 0;
  /** The lasso that is being drawn, in map units. */
  #lasso: readonly (readonly [number, number])[] = [];
  readonly #pointing = new MapPointing({
    ring: (to, gesture) => {
      const map = this.#glide.map;
      const at = this.#unitsAt(to);
      if (map === null || at === null) return;
      const place = latentAt(at, map);
      this.dispatchEvent(new ActionEvent({ type: 'take-point', place, gesture }));
    },
    move: (far, by, around) => {
      this.#moveView(far);
      const at = this.#unitsAt(around);
      if (at !== null && by !== 1) this.zoom = zoomedAt(this.zoom, by, at);
    },
    lasso: (path, whole) => {
      const line = path.map((place) => this.#unitsAt(place)).filter((at) => at !== null);
      this.#lasso = whole ? [] : line;
      if (whole) this.#pick(this.#looking.inside(line));
      this.#requestDraw();
    },
  });

  constructor() {
    super();
    new SizeWatcher(this, (width, height) => {
      this.#size = { width, height };
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
    this.#looking.stop();
    this.#frame = 0;
  }

  /** Comes nearer to where most points of a word are. */
  lookAt(word: string): void {
    this.zoom = this.#looking.zoomOn(word) ?? this.zoom;
  }

  /** Picks so many points out that lie nearest to the ring. */
  pickNearest(count: number): void {
    const map = this.#glide.map;
    const latent = this.current?.latent ?? null;
    if (map !== null && latent !== null)
      this.#pick(this.#looking.nearest(pointOf(latent, map), count));
  }

  #pick(picked: Uint32Array | null): void {
    if (picked === null) return;
    this.dispatchEvent(new MarksEvent({ ...this.marks, picked, lasso: false }));
  }

  override render(): unknown {
    const map = this.#glide.map;
    return html`
      <canvas
        class=${map === null ? '' : this.marks.lasso ? 'ready lasso' : 'ready'}
        role="img"
        tabindex="-1"
        aria-label=${this.#description}
        @pointerdown=${this.#press}
        @pointermove=${this.#hover}
        @pointerup=${this.#pointing.up}
        @pointercancel=${this.#pointing.cancel}
        @pointerleave=${this.#leave}
        @mousedown=${withoutScroll}
        @touchstart=${TWO_FINGERS}
        @wheel=${this.#wheel}
      ></canvas>
      ${this.#layer(map)?.canvas}
      ${
        map === null
          ? html`<div class="empty">
              <p>${NO_MAP}</p>
            </div>`
          : html`<p class="legend">${legendOf(map, this.frame !== null)}</p>`
      }
      ${pointedTemplate(this.hovered, map, this.model, hasMany(map))} ${this.#currentMarker(map)}
      ${
        map === null
          ? null
          : html`<wb-map-zoom
              .zoom=${this.zoom}
              .at=${this.#lookedAt(map)}
              @wb-zoom=${({ zoom }: ZoomEvent) => {
                this.zoom = zoom;
              }}
            ></wb-map-zoom>`
      }
    `;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.#takeMap(changed);
    this.#pointing.drawsLasso = this.marks.lasso;
    this.#looking.document = this.model?.document ?? null;
    const { model, current, selected, cluster, marks } = this;
    const map = this.#glide.map;
    const has = (...names: readonly (keyof WbMap)[]): boolean =>
      names.some((name) => changed.has(name));
    if (has('current', 'words')) this.#near = current === null ? '' : nearText(current, this.words);
    if (has('model', 'apart', 'frame', 'selected')) {
      this.#description = describeMap(model?.document ?? null, map, selected);
    }
    if (has('model', 'apart', 'frame', 'selected', 'cluster', 'marks')) {
      this.#emphasis =
        model === null || map === null
          ? new Uint8Array()
          : emphasisOf({ document: model.document, map, selected, cluster, marks });
    }
  }

  #takeMap(changed: PropertyValues<this>): void {
    if (!changed.has('model') && !changed.has('apart') && !changed.has('frame')) return;
    const before = changed.has('model') ? (changed.get('model') ?? null) : this.model;
    if (before?.document !== this.model?.document) this.#colours = null;
    const sameModel = before?.map === this.model?.map;
    if (sameModel && !changed.has('apart') && !changed.has('frame')) return;
    const related = this.#glide.take(this.#drawn(), {
      sameModel: sameModel && !changed.has('frame'),
      still: matchMedia('(prefers-reduced-motion: reduce)').matches,
    });
    if (related) return;
    this.zoom = WHOLE_MAP;
    this.hovered = null;
    // Other rows stand behind the numbers.
    if (this.marks !== NO_MARKS) this.dispatchEvent(new MarksEvent(NO_MARKS));
  }

  /** The model's map, its words drawn apart, or the earlier one that is looked at. */
  #drawn(): DrawnMap | null {
    const { model, apart, frame } = this;
    if (model?.map == null) return null;
    const map = withPlaces(drawnMap(model.map, apart), model.document);
    return frame?.points.length === map.points.length ? { ...map, points: frame.points } : map;
  }

  override updated(changed: PropertyValues): void {
    // In a frame, which has enough to do, they would have all styles worked out at once.
    if (this.model !== null) this.#colours ??= mapColours(this.model.document, this.#token);
    this.#putPointed();
    // All that is drawn on the map stays when another of its points is pointed at.
    if (changed.size !== 1 || !changed.has('hovered')) this.#requestDraw();
  }

  #putPointed(): void {
    const { map, points } = this.#glide;
    const [dot, row, colours, view] = [this.pointed, this.hovered, this.#colours, this.#view];
    putPointed({ dot, row, map, points, colours, view });
  }

  /** What draws the points; null until what draws many of them is loaded. */
  #layer(map: DrawnMap | null): DotLayer | null {
    if (!hasMany(map)) return this.#plain;
    whenLoaded(this, MAP_TOOLS, ({ GlDots, PaintedDots }) => {
      this.#many ??= GlDots.create() ?? new PaintedDots();
    });
    return this.#many;
  }

  /** What is zoomed to without a pointer: the current EQ, else the middle. */
  #lookedAt(map: DrawnMap): readonly [number, number] {
    const latent = this.current?.latent ?? null;
    return latent === null ? this.zoom.centre : pointOf(latent, map);
  }

  /** Of an earlier map nobody knows where it would have been. */
  #currentMarker(map: DrawnMap | null): unknown {
    const latent = this.current?.latent ?? null;
    if (map === null || latent === null || this.frame !== null) return null;
    return markerTemplate(pointOf(latent, map), this.#glide.extent, this.#near, {
      key: this.#key,
      grab: this.#grab,
      hover: this.#hover,
      release: this.#pointing.up,
      cancel: this.#pointing.cancel,
    });
  }

  #requestDraw(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#draw);
  }

  #draw = (now: number): void => {
    this.#frame = 0;
    const { canvas, model, zoom } = this;
    const sheet = canvas && sheetOf(canvas, this.#size);
    const map = this.#glide.map;
    const moment = this.#glide.at(now);
    if (sheet === null || model === null || map === null || moment === null) return;
    const { pen, width, height } = sheet;
    const { points, extent, locate } = moment;
    const { document } = model;
    const view: MapView = { width, height, extent, zoom };
    // The first picture takes long enough without its names, which come in the next frame.
    const isFirst = this.#view === null;
    this.#view = view;
    this.#colours ??= mapColours(document, this.#token);
    const colours = this.#colours;
    this.#layer(map)?.draw({ map, points, emphasis: this.#emphasis, colours, view });
    const { selected, cluster } = this;
    const earlier = this.frame !== null;
    const latent = this.current?.latent ?? null;
    const ring = earlier || latent === null ? null : locate(latent);
    if (!isFirst) {
      const contours = this.#looking.contours(this.marks);
      drawOver(pen, {
        ...{ document, map, points, earlier, selected, cluster, colours },
        ...{ ring, locate, view, contours, lasso: this.#lasso },
      });
    }
    if (this.marker !== null && ring !== null)
      putMarker(this.marker, view, placesOn(view)(...ring));
    this.#putPointed();
    if (moment.moves || isFirst) this.#requestDraw();
    this.#looking.seen(view);
  };

  /** Where a place of the window lies on the map, in map units. */
  #unitsAt([x, y]: ClientPlace): [number, number] | null {
    const rectangle = this.canvas?.getBoundingClientRect();
    const view = this.#view;
    if (rectangle === undefined || view === null) return null;
    return unitsAt({ ...view, zoom: this.zoom }, [x - rectangle.left, y - rectangle.top]);
  }

  /** Moves what is drawn so many CSS pixels right and down. */
  #moveView([right, down]: readonly [number, number]): void {
    const view = this.#view;
    if (view === null) return;
    const scale = scaleOf({ ...view, zoom: this.zoom });
    this.zoom = movedBy(this.zoom, [-right / scale, down / scale], this.#glide.reach());
  }

  #token = (name: string): string => getComputedStyle(this).getPropertyValue(name).trim();

  #press = (event: PointerEvent): void => {
    if (this.#glide.map === null) return;
    this.#pointing.down(event, null);
    if (event.pointerType === 'touch') this.#hoverAt(event);
  };

  #grab = (event: PointerEvent): void => {
    const rectangle = this.marker?.getBoundingClientRect();
    if (rectangle === undefined) return;
    const { left, top, width, height } = rectangle;
    this.#pointing.down(event, [left + width / 2, top + height / 2]);
  };

  #hover = (event: PointerEvent): void => {
    this.#pointing.move(event);
    if (this.#pointing.busy) this.hovered = null;
    else if (event.pointerType !== 'touch') this.#hoverAt(event);
  };

  #hoverAt(event: PointerEvent): void {
    const at = this.#unitsAt([event.clientX, event.clientY]);
    const view = this.#view;
    const points = this.#glide.points;
    this.hovered =
      at === null || view === null || points === null
        ? null
        : rowNear(points, at, REACH / scaleOf({ ...view, zoom: this.zoom }));
  }

  /**
   * As on other maps; where the page scrolls, only with the key or the pinch that means to zoom. A wheel
   * that turns sideways, as it does with Shift, moves a map that is zoomed in.
   */
  #wheel = (event: WheelEvent): void => {
    const at = this.#unitsAt([event.clientX, event.clientY]);
    if (at === null || (!event.ctrlKey && !matchMedia(ONE_SCREEN).matches)) return;
    event.preventDefault();
    const { deltaX, deltaY } = event;
    if (Math.abs(deltaX) > Math.abs(deltaY)) this.#moveView([-deltaX, 0]);
    else this.zoom = zoomedAt(this.zoom, Math.exp(-deltaY / WHEEL_PIXELS), at);
  };

  #leave = (event: PointerEvent): void => {
    if (event.pointerType !== 'touch') this.hovered = null;
  };

  /** From where the current EQ is drawn, in the map's plane or not: a small step is a small change. */
  #key = (event: KeyboardEvent): void => {
    const map = this.#glide.map;
    const by = map === null ? null : afterMarkerKey(event, map, this.#glide.extent);
    if (by === null) return;
    event.preventDefault();
    if (!event.repeat) this.#keyGesture = newGesture();
    const action = { type: 'move-point', by, gesture: this.#keyGesture } as const;
    this.dispatchEvent(new ActionEvent(action));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'wb-map': WbMap;
  }
}
