/** Brings settings to one loudness: has measured what is missing, and knows the gains. */

import { matchGains, type Loudness } from '../../../src/audio/match-gains';
import type { EqSetting } from '../../../src/eq/parameters';
import type { Region } from './loop-player';

/** What is measured: the part of the material that is played, or as much of it as is enough. */
export interface Excerpt {
  /** [channels], each [samples]. */
  readonly channels: Float32Array<ArrayBuffer>[];
  readonly sampleRateHz: number;
}

/**
 * Loudness of an excerpt through each of the settings; null is the excerpt as it is. Fails with the
 * signal's reason where it is given up.
 */
export type Measure = (
  excerpt: Excerpt,
  settings: readonly (EqSetting | null)[],
  signal: AbortSignal,
) => Promise<readonly Loudness[]>;

/** Gain of a choice that loudness matching asks for. */
export interface Matched {
  /** What brings it to the loudness of the bypass, in LU. */
  readonly gainLu: number;
  /** What all are lowered by so that none clips, in dB. */
  readonly loweredDb: number;
  /** Whether it and the bypass have a loudness: silence has none. */
  readonly measurable: boolean;
}

/** What is needed of the material. */
type Material = Pick<AudioBuffer, 'numberOfChannels' | 'sampleRate' | 'getChannelData'>;

/** A setting, or null for the bypass. */
type Heard = EqSetting | null;

/** Loudness is measured over this much of the loop at most. */
const MEASURED_S = 30;

export class Matching {
  readonly #measure: Measure;
  #excerpt: (() => Excerpt) | null = null;
  /** Of what is heard now; another material has a map of its own. */
  #loudness = new Map<string, Loudness>();
  #running: { readonly done: Promise<void>; readonly end: AbortController } | null = null;

  constructor(measure: Measure) {
    this.#measure = measure;
  }

  /** Whether figures are on their way. */
  get running(): boolean {
    return this.#running !== null;
  }

  /** Takes another material or another region of it; figures of the one before are thrown away. */
  listenTo(buffer: Material, region: Region): void {
    this.#excerpt = () => excerptOf(buffer, region);
    this.#loudness = new Map();
  }

  /** Whether all of these have been measured. */
  knows(wanted: readonly Heard[]): boolean {
    return this.#missing(wanted).length === 0;
  }

  /** What matching does to one of these, all of which are matched; null while that is not known. */
  gainOf(setting: Heard, wanted: readonly Heard[]): Matched | null {
    const bypass = this.#loudness.get(keyOf(null));
    const own = this.#loudness.get(keyOf(setting));
    if (bypass === undefined || own === undefined) return null;
    const all = wanted.flatMap((other) => this.#loudness.get(keyOf(other)) ?? []);
    const { gainsLu, loweredDb } = matchGains(bypass, [own, ...all]);
    const measurable = [bypass, own].every(({ integratedLufs }) => Number.isFinite(integratedLufs));
    return { gainLu: gainsLu[0] ?? 0, loweredDb, measurable };
  }

  /**
   * Has measured what is missing of these, one measurement after the other.
   *
   * @throws what the measurement throws, or that it was given up
   */
  measure(wanted: readonly Heard[]): Promise<void> {
    if (this.#running === null) {
      const end = new AbortController();
      const done = this.#measureMissing(wanted, end.signal).finally(() => {
        this.#running = null;
      });
      this.#running = { done, end };
    }
    return this.#running.done;
  }

  /** Ends the measurement that is under way, if there is one. */
  giveUp(): void {
    this.#running?.end.abort();
  }

  async #measureMissing(wanted: readonly Heard[], signal: AbortSignal): Promise<void> {
    const loudness = this.#loudness;
    const missing = this.#missing(wanted);
    if (this.#excerpt === null || missing.length === 0) return;
    const figures = await this.#measure(this.#excerpt(), missing, signal);
    missing.forEach((setting, i) => {
      const figure = figures[i];
      if (figure === undefined) throw new Error('The measurement is not complete.');
      loudness.set(keyOf(setting), figure);
    });
  }

  #missing(wanted: readonly Heard[]): Heard[] {
    if (this.#excerpt === null) return [];
    const missing = new Map(wanted.map((setting) => [keyOf(setting), setting]));
    for (const key of this.#loudness.keys()) missing.delete(key);
    return [...missing.values()];
  }
}

/** The region, or as much of its middle as is measured. */
function excerptOf(buffer: Material, { startS, endS }: Region): Excerpt {
  const over = Math.max(0, endS - startS - MEASURED_S) / 2;
  const from = Math.round((startS + over) * buffer.sampleRate);
  const to = Math.round((endS - over) * buffer.sampleRate);
  return {
    channels: Array.from({ length: buffer.numberOfChannels }, (_, channel) =>
      buffer.getChannelData(channel).slice(from, to),
    ),
    sampleRateHz: buffer.sampleRate,
  };
}

function keyOf(setting: Heard): string {
  return setting === null ? 'bypass' : setting.join(' ');
}
