/** How a run's map came about: where its rows lay after some of its epochs. */

export interface MapFrame {
  readonly epoch: number;
  /** Places of the rows, [rows, 2]. */
  readonly points: Float32Array;
}

/** Of one run: beyond that, every second frame goes. */
const MOST_BYTES = 1_000_000;

/** Frames in the order of their epochs, of the same rows all. It grows in place. */
export class MapHistory {
  #frames: MapFrame[];
  /** Epochs from one kept frame to the next. */
  #stride = 1;

  /** @param frames what is known of a run that has ended */
  constructor(frames: readonly MapFrame[] = []) {
    this.#frames = [...frames];
  }

  get frames(): readonly MapFrame[] {
    return this.#frames;
  }

  /** Takes the next frame; it may be one too many, and is then left out. */
  add(frame: MapFrame): void {
    const last = this.#frames.at(-1);
    if (last !== undefined && last.points.length !== frame.points.length) this.#frames = [];
    else if (last !== undefined && frame.epoch < last.epoch + this.#stride) return;
    this.#frames.push(frame);
    if (this.#frames.length > 2 && this.#frames.length * frame.points.byteLength > MOST_BYTES) {
      this.#stride *= 2;
      // The newest stays: it is what the eye compares with.
      const odd = (this.#frames.length - 1) % 2;
      this.#frames = this.#frames.filter((_, i) => i % 2 === odd);
    }
  }
}
