/** The map on its way from one frame to the next. */
import {
  between,
  extentOf,
  framedPoints,
  farthestOf,
  pairBetween,
  pointOf,
  shareOnScreen,
  steadyExtent,
  type DrawnMap,
  type Extent,
  type Locate,
} from './map-frame';

/** Milliseconds in which the points glide to a new frame. */
const GLIDE_MS = 140;
/** The same where the words are drawn apart or together, which moves them far. */
const APART_MS = 450;

/** More points than that do not glide: each moment would be drawn. */
const MOST_GLIDING = 10_000;

/** What is to be drawn at a moment. */
export interface GlideMoment {
  /** Where the rows are, [rows, 2]. */
  readonly points: Float32Array;
  readonly extent: Extent;
  /** Where latents are. */
  readonly locate: Locate;
  /** Whether it goes on from here. */
  readonly moves: boolean;
}

export class MapGlide {
  #map: DrawnMap | null = null;
  #from: Float32Array | null = null;
  #shown: Float32Array | null = null;
  #startedMs = 0;
  #glideMs = GLIDE_MS;
  /** The same model's map and its extent as they were drawn before; null where nothing glides from there. */
  #before: { readonly map: DrawnMap; readonly extent: Extent } | null = null;
  #extent: Extent | null = null;
  /** The extent at this moment, on the way to the other. */
  #shownExtent: Extent | null = null;
  #reach: Extent | null = null;

  /** Where it goes to. */
  get map(): DrawnMap | null {
    return this.#map;
  }

  /** Of {@link map}. */
  get extent(): Extent {
    return this.#extent ?? [1, 1];
  }

  /** Where the rows were drawn last, [rows, 2]. */
  get points(): Float32Array | null {
    return this.#shown;
  }

  /** How far the farthest point of {@link map} lies from the origin, along each axis. */
  reach(): Extent {
    this.#reach ??= farthestOf(this.#map === null ? new Float32Array() : framedPoints(this.#map));
    return this.#reach;
  }

  /**
   * Goes to another map from now on.
   *
   * @param how `sameModel`: the map is only drawn in another way; `still`: nothing is to move
   * @returns whether it is of the same rows as the one before
   */
  take(map: DrawnMap | null, how: { readonly sameModel: boolean; readonly still: boolean }) {
    const previous = this.#map;
    const { sameModel } = how;
    this.#map = map;
    this.#before = this.#reach = null;
    if (map === null) {
      this.#from = this.#shown = this.#extent = this.#shownExtent = null;
      return previous === null;
    }
    const related = previous?.points.length === map.points.length;
    const glides = related && map.labels.length <= MOST_GLIDING && !how.still;
    this.#from = glides ? this.#shown : null;
    const extent = this.#shownExtent;
    if (glides && sameModel && extent !== null) this.#before = { map: previous, extent };
    this.#glideMs = this.#before === null ? GLIDE_MS : APART_MS;
    const steady = related && !sameModel ? this.#extent : null;
    this.#extent = steadyExtent(steady, extentOf(framedPoints(map)));
    this.#shownExtent = this.#before?.extent ?? this.#extent;
    this.#startedMs = performance.now();
    return related;
  }

  /** null where there is no map. @param now as `performance.now()` has it */
  at(now: number): GlideMoment | null {
    const map = this.#map;
    const end = this.#extent;
    if (map === null || end === null) return null;
    const time = this.#from === null ? 1 : Math.min(1, (now - this.#startedMs) / this.#glideMs);
    const before = time < 1 ? this.#before : null;
    const share = before === null ? time : shareOnScreen(before.extent, end, Math.max(0, time));
    const points = between(this.#from, map.points, share);
    const extent = before === null ? end : pairBetween(before.extent, end, share);
    this.#shown = points;
    this.#shownExtent = extent;
    const locate: Locate = (latent) => {
      const point = pointOf(latent, map);
      return before === null ? point : pairBetween(pointOf(latent, before.map), point, share);
    };
    return { points, extent, locate, moves: share < 1 };
  }
}
