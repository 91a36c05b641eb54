/** A filter of finite length over sound that arrives in pieces, by Fourier transforms. */
import { inverseTransform, transform } from './fourier';

/** Transforms are no shorter: those for short filters would be many. */
const SHORTEST_TRANSFORM = 65_536;

/**
 * Overlap-save: each transform takes what came before along, as many samples as the filter has taps
 * but one, and drops as many of its results. Two channels go through one transform as its real and
 * imaginary part, which a real filter keeps apart.
 */
export class Convolver {
  readonly #length: number;
  readonly #real: Float64Array;
  readonly #imaginary: Float64Array;
  /** What each channel had before, [taps − 1]. */
  readonly #before: readonly Float64Array[];

  /** @param taps the response to a single sample, [taps] */
  constructor(taps: Float64Array, channels: number) {
    this.#length = Math.max(SHORTEST_TRANSFORM, 2 ** Math.ceil(Math.log2(2 * taps.length)));
    this.#real = new Float64Array(this.#length);
    this.#imaginary = new Float64Array(this.#length);
    this.#real.set(taps);
    transform(this.#real, this.#imaginary);
    this.#before = Array.from({ length: channels }, () => new Float64Array(taps.length - 1));
  }

  /**
   * Filters the next piece in place.
   *
   * @param channels one array for each channel, equally long
   */
  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0;
    const step = this.#length - (this.#before[0]?.length ?? 0);
    for (let from = 0; from < frames; from += step) {
      const to = Math.min(frames, from + step);
      for (let channel = 0; channel < channels.length; channel += 2) {
        const pair = channels
          .slice(channel, channel + 2)
          .map((samples) => samples.subarray(from, to));
        this.#filter(pair, this.#before.slice(channel, channel + 2));
      }
    }
  }

  #filter(pair: readonly Float32Array[], before: readonly Float64Array[]): void {
    const parts = [new Float64Array(this.#length), new Float64Array(this.#length)] as const;
    pair.forEach((samples, i) => {
      const part = parts[i];
      const kept = before[i];
      if (part === undefined || kept === undefined) return;
      part.set(kept);
      part.set(samples, kept.length);
      kept.set(part.subarray(samples.length, samples.length + kept.length));
    });
    const [real, imaginary] = parts;
    transform(real, imaginary);
    for (let k = 0; k < this.#length; k++) {
      const [a, b] = [real[k] ?? 0, imaginary[k] ?? 0];
      const [c, d] = [this.#real[k] ?? 0, this.#imaginary[k] ?? 0];
      real[k] = (a * c - b * d) / this.#length;
      imaginary[k] = (a * d + b * c) / this.#length;
    }
    inverseTransform(real, imaginary);
    pair.forEach((samples, i) => {
      const kept = before[i]?.length ?? 0;
      samples.set(parts[i]?.subarray(kept, kept + samples.length) ?? []);
    });
  }
}
