/** The equaliser with a gain behind it, whose setting may change while sound runs through. */
import { sameSetting, type EqSetting } from '../eq/parameters';
import { EqFilter } from './biquad';

export interface FilterTarget {
  /** null for the bypass. */
  readonly setting: EqSetting | null;
  /** Make-up gain behind the filters. */
  readonly gainDb: number;
}

/** Filters run beside those before for this long, and settle, until they are heard. */
const SETTLE_S = 0.03;
/** Of the exponential fades: after five of these, 50 ms, the ear has the new setting. */
const TIME_CONSTANT_S = 0.01;
/** A path whose share has fallen to this, −140 dB, is over. */
const SILENT_SHARE = 1e-7;

/** One setting's filters and their place in the fade. */
interface Path {
  readonly setting: EqSetting | null;
  readonly filter: EqFilter | null;
  /** Linear; glides to its target. */
  gain: number;
  gainTarget: number;
  /** Of the sound, from 0 to 1. */
  share: number;
  shareTarget: 0 | 1;
  /** Samples until it takes over. */
  waiting: number;
}

/**
 * Another setting comes in without a click, in the middle of another change too: its filters start
 * beside those before, and the sound passes from these to those. (Coefficients that glide from one
 * setting to a far one were measured to ring.) All shares fade by the same exponential, so that
 * they add up to 1 throughout.
 */
export class GlidingFilter {
  readonly #sampleRateHz: number;
  readonly #step: number;
  /** One a channel; made longer when a longer piece comes. */
  #scratch: Float64Array[];
  #paths: Path[];

  constructor(sampleRateHz: number, channels: number, target: FilterTarget) {
    this.#sampleRateHz = sampleRateHz;
    this.#step = 1 - Math.exp(-1 / (TIME_CONSTANT_S * sampleRateHz));
    this.#scratch = Array.from({ length: channels }, () => new Float64Array());
    this.#paths = [{ ...this.#newPath(target), share: 1, shareTarget: 1, waiting: 0 }];
  }

  /** Begins to pass to another setting or gain. */
  glide(target: FilterTarget): void {
    const newest = this.#paths.at(-1);
    if (newest !== undefined && same(newest.setting, target.setting)) {
      newest.gainTarget = linear(target.gainDb);
    } else {
      this.#paths.push(this.#newPath(target));
    }
  }

  /**
   * Filters the next piece.
   *
   * @param input  [channels], each [samples]; a channel that is not there is silent
   * @param output [channels], each [samples]
   */
  process(input: readonly Float32Array[], output: readonly Float32Array[]): void {
    const length = output[0]?.length ?? 0;
    for (const channel of output) channel.fill(0);
    if (this.#scratch[0]?.length !== length) {
      this.#scratch = this.#scratch.map(() => new Float64Array(length));
    }
    for (const path of this.#paths) this.#take(path, length);
    for (const path of this.#paths) {
      this.#scratch.forEach((samples, channel) => {
        const from = input[channel];
        if (from === undefined) samples.fill(0);
        else samples.set(from);
      });
      path.filter?.process(this.#scratch);
      this.#add(path, output);
    }
    this.#paths = this.#paths.filter(
      ({ share, shareTarget, waiting }) => waiting > 0 || shareTarget === 1 || share > SILENT_SHARE,
    );
  }

  /** Lets a path that has settled take over from those before it. */
  #take(path: Path, length: number): void {
    if (path.waiting === 0) return;
    path.waiting = Math.max(0, path.waiting - length);
    if (path.waiting > 0) return;
    path.shareTarget = 1;
    for (const before of this.#paths) {
      if (before === path) return;
      before.shareTarget = 0;
    }
  }

  #add(path: Path, output: readonly Float32Array[]): void {
    const { gainTarget, shareTarget } = path;
    const still = path.gain === gainTarget && path.share === shareTarget;
    let { gain, share } = path;
    output.forEach((samples, channel) => {
      const filtered = this.#scratch[channel];
      ({ gain, share } = path);
      for (let i = 0; i < samples.length; i++) {
        if (!still) {
          gain += this.#step * (gainTarget - gain);
          share += this.#step * (shareTarget - share);
        }
        samples[i] = (samples[i] ?? 0) + gain * share * (filtered?.[i] ?? 0);
      }
    });
    // Arrives once it is as near as float32 can tell.
    path.gain = Math.abs(gain - gainTarget) < SILENT_SHARE ? gainTarget : gain;
    path.share = Math.abs(share - shareTarget) < SILENT_SHARE ? shareTarget : share;
  }

  #newPath({ setting, gainDb }: FilterTarget): Path {
    const filter =
      setting === null ? null : new EqFilter(setting, this.#sampleRateHz, this.#scratch.length);
    const gain = linear(gainDb);
    const waiting = Math.max(1, Math.round(SETTLE_S * this.#sampleRateHz));
    return { setting, filter, gain, gainTarget: gain, share: 0, shareTarget: 0, waiting };
  }
}

function linear(db: number): number {
  return 10 ** (db / 20);
}

function same(one: EqSetting | null, other: EqSetting | null): boolean {
  if (one === null || other === null) return one === other;
  return sameSetting(one, other);
}
