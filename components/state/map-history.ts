/** How a run's map came about: where its rows lay after some of its epochs. */

export interface MapFrame {
  readonly epoch: number;
  /** Places of the rows, [rows, 2]. */
  readonly points: Float32Array;
}

/** Of one run: beyond that, every second frame goes. */
const MOST_BYTES = 1_000_000;

/** Frames in the order of their epochs, of the same rows all. */
export class MapHistory {
  readonly frames: readonly MapFrame[];
  /** Epochs from one kept frame to the next. */
  readonly #stride: number;

  /** @param frames what is known of a run that has ended */
  constructor(frames: readonly MapFrame[] = [], stride = 1) {
    this.frames = frames;
    this.#stride = stride;
  }

  /** With the next frame; it may be one too many, and is then left out. */
  with(frame: MapFrame): MapHistory {
    const last = this.frames.at(-1);
    const sameRows = last?.points.length === frame.points.length;
    if (last !== undefined && sameRows && frame.epoch < last.epoch + this.#stride) return this;
    const frames = sameRows ? [...this.frames, frame] : [frame];
    if (frames.length <= 2 || frames.length * frame.points.byteLength <= MOST_BYTES) {
      return new MapHistory(frames, this.#stride);
    }
    // The newest stays: it is what the eye compares with.
    const odd = (frames.length - 1) % 2;
    return new MapHistory(
      frames.filter((_, i) => i % 2 === odd),
      2 * this.#stride,
    );
  }
}
