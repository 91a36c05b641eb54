/** A bell's Q by two fingers: what is spread gets wider. */

/** In CSS pixels. */
type Place = readonly [number, number];

/** Fingers nearer to each other than this count as this far apart, so that no Q is without bounds. */
const NEAREST = 24;

export class QPinch {
  readonly #fingers: Map<number, Place>;
  readonly #q: number;
  readonly #apart: number;

  /**
   * @param q       of the bell as the second finger comes down
   * @param fingers where the two are, by the ids of their pointers
   */
  constructor(q: number, fingers: readonly (readonly [number, Place])[]) {
    this.#q = q;
    this.#fingers = new Map(fingers);
    this.#apart = this.#distance();
  }

  has(pointer: number): boolean {
    return this.#fingers.has(pointer);
  }

  /** The Q once that finger is there: half of what it was where the fingers are twice as far apart. */
  move(pointer: number, place: Place): number {
    if (this.has(pointer)) this.#fingers.set(pointer, place);
    return (this.#q * this.#apart) / this.#distance();
  }

  #distance(): number {
    const [[x0, y0] = [0, 0], [x1, y1] = [0, 0]] = this.#fingers.values();
    return Math.max(NEAREST, Math.hypot(x1 - x0, y1 - y0));
  }
}
