/**
 * Sample peak and true peak.
 *
 * Source of the true peak's interpolation: Recommendation ITU-R BS.1770-4, Annex 2: four times the
 * sample rate, by the filter of 48 coefficients printed there.
 */

const OUTER = [
  0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625,
  0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125,
];
const INNER = [
  -0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625,
  0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375,
];
/** The four phases of the filter, [4, TAPS]; the later two are the first two turned round. */
const PHASES = [OUTER, INNER, INNER.toReversed(), OUTER.toReversed()].map((taps) =>
  Float64Array.from(taps),
);
const TAPS = OUTER.length;
/** No interpolated value is farther from 0 than the farthest sample it is made of, times this. */
const MOST_RISE = Math.max(...PHASES.map((taps) => taps.reduce((sum, x) => sum + Math.abs(x), 0)));
/** Samples looked at together to see whether the peak can lie among them. */
const STRETCH = 64;

/** Measures sound that arrives in pieces. */
export class PeakMeter {
  /** The last samples of each channel, that the next are interpolated with, [TAPS − 1]. */
  readonly #before: Float32Array[];
  #sample = 0;
  #true = 0;

  constructor(channels: number) {
    this.#before = Array.from({ length: channels }, () => new Float32Array(TAPS - 1));
  }

  /** @param channels one array for each channel, equally long; they stay as they are */
  add(channels: readonly Float32Array[]): void {
    channels.forEach((samples, channel) => {
      const before = this.#before[channel];
      if (before === undefined) return;
      const joined = new Float32Array(before.length + samples.length);
      joined.set(before);
      joined.set(samples, before.length);
      this.#look(joined);
      this.#before[channel] = joined.slice(joined.length - before.length);
    });
  }

  /** Highest sample in dB of full scale; −Infinity of silence. */
  samplePeakDb(): number {
    return 20 * Math.log10(this.#sample);
  }

  /** Highest value between samples too, in dB of full scale; −Infinity of silence. */
  truePeakDb(): number {
    return 20 * Math.log10(Math.max(this.#sample, this.#true));
  }

  /** @param joined samples after the TAPS − 1 that were looked at before */
  #look(joined: Float32Array): void {
    for (let from = TAPS - 1; from < joined.length; from += STRETCH) {
      const to = Math.min(joined.length, from + STRETCH);
      let highest = 0;
      for (let i = from - TAPS + 1; i < to; i++) {
        const size = Math.abs(joined[i] ?? 0);
        if (size > highest) highest = size;
      }
      if (highest > this.#sample) this.#sample = highest;
      // Most of a sound is far from its peak, and need not be interpolated.
      if (highest * MOST_RISE > this.#true) this.#interpolate(joined, from, to);
    }
  }

  #interpolate(joined: Float32Array, from: number, to: number): void {
    for (const taps of PHASES) {
      for (let i = from; i < to; i++) {
        let sum = 0;
        for (let k = 0; k < TAPS; k++) sum += (taps[k] ?? 0) * (joined[i - k] ?? 0);
        const size = Math.abs(sum);
        if (size > this.#true) this.#true = size;
      }
    }
  }
}
