/** Calls to draw, for as long as something moves. */

/** Between two drawings for people who would rather see less motion. */
const CALM_MS = 500;

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class Frames {
  readonly #draw: () => void;
  #request: number | null = null;
  #drawnAt = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
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
    this.#drawnAt = now;
    this.#draw();
  };
}
