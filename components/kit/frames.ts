/** Calls to draw, for as long as something moves. */
import { heldMoves } from './pointer-held';

/** Between two drawings for people who would rather see less motion. */
const CALM_MS = 500;

/** So many frames in a row are left to a drag: what yields to it is still drawn twenty times a second. */
const MOST_LEFT = 2;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class Frames {
  readonly #draw: () => void;
  readonly #yields: boolean;
  #left = 0;
  #moves = 0;
  #request: number | null = null;
  #drawnAt = 0;

  /** @param yields whether a frame in which something is dragged is left to that, up to two in a row */
  constructor(draw: () => void, { yields = false } = {}) {
    this.#draw = draw;
    this.#yields = yields;
  }

  /** Draws every frame from now on, or twice a second. */
  start(): void {
    this.#request ??= requestAnimationFrame(this.#frame);
  }

  stop(): void {
    if (this.#request !== null) cancelAnimationFrame(this.#request);
    this.#request = null;
  }

  #frame = (now: number): void => {
    this.#request = requestAnimationFrame(this.#frame);
    if (calm.matches && now - this.#drawnAt < CALM_MS) return;
    if (this.#yields && this.#isLeft()) return;
    this.#drawnAt = now;
    this.#draw();
  };

  #isLeft(): boolean {
    const moved = heldMoves() !== this.#moves;
    this.#moves = heldMoves();
    this.#left = moved && this.#left < MOST_LEFT ? this.#left + 1 : 0;
    return this.#left > 0;
  }
}
