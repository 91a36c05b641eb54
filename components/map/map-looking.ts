/** What is found by looking into the map: points picked out, counted, and where they are dense. */
import type { ModelDocument } from '../../src/model/model';
import { LazyPart } from '../kit/lazy-part';
import type { Contour } from './contours';
import type { MapGlide } from './map-glide';
import { wordsWithContours, type MapMarks } from './map-marks';
import type { MapView } from './map-view';
import type { MapZoom } from './map-zoom';

/** The code for large maps and for looking into them. */
export const MAP_TOOLS = new LazyPart('The map’s tools', () => import('./map-tools'));

/** Between two counts of the points in view, so that a map that moves is not counted in every frame. */
const COUNT_MS = 150;

/** Finds nothing before {@link MAP_TOOLS} is loaded. */
export class MapLooking {
  document: ModelDocument | null = null;

  readonly #glide: MapGlide;
  readonly #counted: (counts: readonly number[]) => void;
  #view: MapView | null = null;
  #timer = 0;
  #counts: readonly number[] = [];
  #dense: {
    readonly points: Float32Array;
    readonly lit: MapMarks['lit'];
    readonly contours: readonly Contour[];
  } | null = null;

  /** @param counted told how many points of each word are in view, [words], when that changes */
  constructor(glide: MapGlide, counted: (counts: readonly number[]) => void) {
    this.#glide = glide;
    this.#counted = counted;
  }

  /** Where most points of a word are. */
  zoomOn(word: string): MapZoom | null {
    const { map, extent } = this.#glide;
    const label = this.document?.words.findIndex((known) => known.word === word) ?? -1;
    if (map === null || label < 0) return null;
    return MAP_TOOLS.module?.zoomOnWord(map.points, map.labels, label, extent) ?? null;
  }

  /** The rows whose points are nearest to a place, in map units. */
  nearest(place: readonly [number, number], count: number): Uint32Array | null {
    const { map } = this.#glide;
    if (map === null) return null;
    return MAP_TOOLS.module?.rowsNearest(map.points, place, count) ?? null;
  }

  /** The rows inside a lasso, in map units; null where that goes around nothing, as a click does. */
  inside(line: readonly (readonly [number, number])[]): Uint32Array | null {
    const { points } = this.#glide;
    if (points === null || line.length < 3) return null;
    return MAP_TOOLS.module?.rowsInside(points, line) ?? null;
  }

  /** Lines around where the lit words are dense, or else the most frequent ones. */
  contours({ contours: wanted, lit }: MapMarks): readonly Contour[] {
    const { map, extent } = this.#glide;
    const { document } = this;
    const tools = MAP_TOOLS.module;
    if (!wanted || map === null || document === null || tools === null) return [];
    if (this.#dense?.points === map.points && this.#dense.lit === lit) return this.#dense.contours;
    const words = wordsWithContours(document, lit);
    const contours = tools.contoursOf(map.points, map.labels, words, extent);
    this.#dense = { points: map.points, lit, contours };
    return contours;
  }

  /** Counts what is in view, in a moment. */
  seen(view: MapView): void {
    this.#view = view;
    if (this.#timer === 0) this.#timer = setTimeout(this.#count, COUNT_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  #count = (): void => {
    this.#timer = 0;
    const { map } = this.#glide;
    const words = this.document?.words.length ?? 0;
    const tools = MAP_TOOLS.module;
    if (map === null || this.#view === null || tools === null) return;
    // Of a map without rows nothing is counted.
    const counts =
      map.labels.length === 0 ? [] : tools.countsInView(map.points, map.labels, words, this.#view);
    if (counts.join() === this.#counts.join()) return;
    this.#counts = counts;
    this.#counted(counts);
  };
}
