/**
 * Integrated loudness.
 *
 * Source: Recommendation ITU-R BS.1770-4, Annex 1 (K-weighting, blocks of 400 ms that overlap by
 * 75 %, gates at −70 LUFS and 10 LU below the loudness of what passes the first).
 *
 * Written here because the library at hand (ebur128-wasm) takes a whole file at once and copies
 * it: ten minutes in stereo cost it 460 MB, where this needs ten numbers a second. The tests hold
 * this against that library.
 */
import { mean } from '../math/mean';
import { BiquadChain, type Biquad } from './biquad';

/** Gates of the standard. */
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** Blocks start every 100 ms and last 400 ms. */
const HOPS_A_SECOND = 10;
const HOPS_A_BLOCK = 4;

/**
 * The two filters of the K-weighting at any sample rate.
 *
 * The standard prints coefficients for 48 kHz only; the analogue filters behind them, put through
 * the bilinear transform, give these coefficients there and the same curve elsewhere. Source of
 * their parameters: B. De Man, "Evaluation of implementations of the EBU R128 loudness
 * measurement", AES 145th Convention, 2018.
 */
export function kWeighting(sampleRateHz: number): readonly [shelf: Biquad, highPass: Biquad] {
  const poles = (hz: number, q: number) => {
    const k = Math.tan((Math.PI * hz) / sampleRateHz);
    const a0 = 1 + k / q + k * k;
    return { k, a0, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 };
  };
  const shelfQ = 0.7071752369554196;
  const { k, a0, a1, a2 } = poles(1681.974450955533, shelfQ);
  const high = 10 ** (3.999843853973347 / 20);
  const middle = (high ** 0.4996667741545416 * k) / shelfQ;
  const shelf = {
    b0: (high + middle + k * k) / a0,
    b1: (2 * (k * k - high)) / a0,
    b2: (high - middle + k * k) / a0,
    a1,
    a2,
  };
  const low = poles(38.13547087602444, 0.5003270373238773);
  return [shelf, { b0: 1, b1: -2, b2: 1, a1: low.a1, a2: low.a2 }];
}

/** Bits of a WAV file's channel mask. */
const SPEAKER = { low: 0x8, backs: 0x10 | 0x20, sides: 0x200 | 0x400 } as const;

/**
 * What a channel counts for: surrounds 1.41, the low-frequency channel nothing, all others 1. Where
 * there are speakers at the sides, they are the surrounds, and else those at the back.
 *
 * Where the speakers are not known, four, five and six channels are taken as left, right(, centre(,
 * low)) and two surrounds, as files order them; others all count alike.
 */
function channelWeights(channels: number, speakers: number): number[] {
  const known: Readonly<Record<number, number[]>> = {
    4: [1, 1, 1.41, 1.41],
    5: [1, 1, 1, 1.41, 1.41],
    6: [1, 1, 1, 0, 1.41, 1.41],
  };
  const alike = Array.from({ length: channels }, () => 1);
  if (speakers === 0) return known[channels] ?? alike;
  const surrounds = (speakers & SPEAKER.sides) === 0 ? SPEAKER.backs : SPEAKER.sides;
  // Channels stand in the order of their speakers' bits; any more than those have no place.
  const bits = Array.from({ length: 32 }, (_, i) => 1 << i).filter((bit) => speakers & bit);
  return alike.map((weight, channel) => {
    const bit = bits[channel] ?? 0;
    if ((bit & SPEAKER.low) !== 0) return 0;
    return (bit & surrounds) === 0 ? weight : 1.41;
  });
}

/** Measures sound that arrives in pieces. */
export class LoudnessMeter {
  readonly #filter: BiquadChain;
  readonly #weights: readonly number[];
  /** Frames of 100 ms. */
  readonly #hop: number;
  /** Weighted squares summed over each whole 100 ms. */
  readonly #hops: number[] = [];
  #sum = 0;
  #frames = 0;

  /** @param speakers see Sound; 0 where they are not known */
  constructor(sampleRateHz: number, channels: number, speakers = 0) {
    this.#filter = new BiquadChain(kWeighting(sampleRateHz), channels);
    this.#weights = channelWeights(channels, speakers);
    this.#hop = Math.round(sampleRateHz / HOPS_A_SECOND);
  }

  /** @param channels one array for each channel, equally long; they stay as they are */
  add(channels: readonly Float32Array[]): void {
    const weighted = channels.map((samples) => Float64Array.from(samples));
    this.#filter.process(weighted);
    const length = weighted[0]?.length ?? 0;
    for (let at = 0; at < length;) {
      const end = Math.min(length, at + this.#hop - this.#frames);
      weighted.forEach((samples, channel) => {
        this.#sum += (this.#weights[channel] ?? 0) * squares(samples, at, end);
      });
      this.#frames += end - at;
      at = end;
      if (this.#frames === this.#hop) {
        this.#hops.push(this.#sum);
        this.#sum = 0;
        this.#frames = 0;
      }
    }
  }

  /**
   * Loudness of all that was added, in LUFS; −Infinity where nothing passes the gates.
   *
   * Sound shorter than a block is taken as one block of its own length, so that a single hit can
   * be measured too; the standard knows no loudness of it.
   */
  integratedLufs(): number {
    const energies = this.#blockEnergies().filter((z) => lufs(z) > ABSOLUTE_GATE_LUFS);
    const gate = lufs(meanOrSilence(energies)) + RELATIVE_GATE_LU;
    return lufs(meanOrSilence(energies.filter((z) => lufs(z) > gate)));
  }

  /** Mean square of each block, its channels weighted and added. */
  #blockEnergies(): number[] {
    const frames = this.#hops.length * this.#hop + this.#frames;
    if (this.#hops.length < HOPS_A_BLOCK) {
      const sum = this.#hops.reduce((a, b) => a + b, this.#sum);
      return frames === 0 ? [] : [sum / frames];
    }
    return this.#hops.slice(HOPS_A_BLOCK - 1).map((_, i) => {
      const sum = this.#hops.slice(i, i + HOPS_A_BLOCK).reduce((a, b) => a + b, 0);
      return sum / (HOPS_A_BLOCK * this.#hop);
    });
  }
}

function squares(samples: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2;
  return sum;
}

/** 0 of nothing: what no block of is heard is silence. */
function meanOrSilence(energies: readonly number[]): number {
  return energies.length === 0 ? 0 : mean(energies);
}

function lufs(energy: number): number {
  return -0.691 + 10 * Math.log10(energy);
}
