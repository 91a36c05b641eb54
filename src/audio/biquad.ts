/**
 * The equaliser as something that filters sound: biquads in series, five for a setting, whose
 * response {@link filtersOn} of src/eq/response.ts draws.
 *
 * Source of the filters: R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
 * coefficients" (peaking EQ, shelves, LPF, HPF, BPF with 0 dB at its peak, notch).
 */
import { bandsOf, type EqSetting } from '../eq/parameters';
import type { Filter } from '../eq/response';

/** H(z) = (b₀ + b₁z⁻¹ + b₂z⁻²) / (1 + a₁z⁻¹ + a₂z⁻²) */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** What a filter at or above half the sample rate does to all that is below, as a factor. */
function factorBeyond({ kind, gainDb }: Filter): number {
  if (kind === 'low shelf') return 10 ** (gainDb / 20);
  return kind === 'high pass' || kind === 'band pass' ? 0 : 1;
}

/**
 * The cookbook's coefficients of one filter, all divided by its a₀.
 *
 * A filter at or above half the sample rate acts where such a file holds nothing: most leave all as
 * it is there, a low shelf lifts or cuts all, a high or band pass lets nothing through, which is
 * where the cookbook's filters go as they come near half the rate. (Beyond it the formulae would be
 * unstable.)
 */
export function cookbookBiquad(filter: Filter, sampleRateHz: number): Biquad {
  const { kind, gainDb, frequencyHz, q } = filter;
  if (frequencyHz >= sampleRateHz / 2) {
    return { b0: factorBeyond(filter), b1: 0, b2: 0, a1: 0, a2: 0 };
  }
  const a = 10 ** (gainDb / 40);
  const w0 = (2 * Math.PI * frequencyHz) / sampleRateHz;
  const cos = Math.cos(w0);
  const alpha = Math.sin(w0) / (2 * q);
  if (kind === 'bell') {
    return divided(1 + alpha / a, {
      b0: 1 + alpha * a,
      b1: -2 * cos,
      b2: 1 - alpha * a,
      a1: -2 * cos,
      a2: 1 - alpha / a,
    });
  }
  if (kind !== 'low shelf' && kind !== 'high shelf') {
    // 2 sin² and 2 cos² of the half angle stand for 1 − cos and 1 + cos, which lose digits.
    const low = 2 * Math.sin(w0 / 2) ** 2;
    const high = 2 * Math.cos(w0 / 2) ** 2;
    const zeros = {
      'low pass': [low / 2, low, low / 2],
      'high pass': [high / 2, -high, high / 2],
      'band pass': [alpha, 0, -alpha],
      notch: [1, -2 * cos, 1],
    } as const;
    const [b0, b1, b2] = zeros[kind];
    return divided(1 + alpha, { b0, b1, b2, a1: -2 * cos, a2: 1 - alpha });
  }
  // The high shelf is the low shelf with the signs of the cosine and of b₁ and a₁ turned.
  const turn = kind === 'low shelf' ? 1 : -1;
  const c = turn * cos;
  const slope = 2 * Math.sqrt(a) * alpha;
  return divided(a + 1 + (a - 1) * c + slope, {
    b0: a * (a + 1 - (a - 1) * c + slope),
    b1: turn * 2 * a * (a - 1 - (a + 1) * c),
    b2: a * (a + 1 - (a - 1) * c - slope),
    a1: turn * -2 * (a - 1 + (a + 1) * c),
    a2: a + 1 + (a - 1) * c - slope,
  });
}

function divided(a0: number, { b0, b1, b2, a1, a2 }: Biquad): Biquad {
  return { b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0 };
}

/** Below this a filter's memory is as good as silence; smaller numbers would slow it down. */
const SILENCE = 1e-30;

/**
 * Biquads in series over sound that arrives in pieces, as long as one likes each: what comes out
 * is the same to the last bit however it is cut. All sums are in float64 (transposed direct form
 * II), and only what leaves the last biquad is rounded to float32.
 */
export class BiquadChain {
  readonly #biquads: readonly Biquad[];
  /** Two numbers a biquad, for each channel. */
  readonly #states: readonly Float64Array[];

  constructor(biquads: readonly Biquad[], channels: number) {
    this.#biquads = biquads;
    this.#states = Array.from({ length: channels }, () => new Float64Array(2 * biquads.length));
  }

  /**
   * Filters the next piece in place.
   *
   * @param channels one array for each channel, equally long; float64 ones are not rounded
   */
  process(channels: readonly (Float32Array | Float64Array)[]): void {
    channels.forEach((samples, channel) => {
      const state = this.#states[channel];
      if (state !== undefined) this.#filter(samples, state);
    });
  }

  #filter(samples: Float32Array | Float64Array, state: Float64Array): void {
    // Biquad after biquad through a float64 copy, so that only the last rounds to float32.
    const wide = samples instanceof Float64Array ? samples : Float64Array.from(samples);
    this.#biquads.forEach((biquad, i) => {
      runBiquad(biquad, wide, state.subarray(2 * i, 2 * i + 2));
    });
    if (wide !== samples) samples.set(wide);
  }
}

/** @param state the biquad's memory, [2] */
function runBiquad(
  { b0, b1, b2, a1, a2 }: Biquad,
  samples: Float64Array,
  state: Float64Array,
): void {
  let [s1 = 0, s2 = 0] = state;
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] ?? 0;
    const y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    if (s1 < SILENCE && s1 > -SILENCE) s1 = 0;
    if (s2 < SILENCE && s2 > -SILENCE) s2 = 0;
    samples[i] = y;
  }
  state[0] = s1;
  state[1] = s2;
}

/** A setting as a {@link BiquadChain}: what the equaliser does to sound that arrives in pieces. */
export class EqFilter extends BiquadChain {
  constructor(setting: EqSetting, sampleRateHz: number, channels: number) {
    super(
      bandsOf(setting).map((band) => cookbookBiquad(band, sampleRateHz)),
      channels,
    );
  }
}
