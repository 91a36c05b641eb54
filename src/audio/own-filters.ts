/** Filters and a curve of any number, as something that filters sound. */
import type { CurvePoint } from '../eq/curve';
import type { Filter } from '../eq/response';
import { BiquadChain, cookbookBiquad } from './biquad';
import { Convolver } from './convolver';
import { minimumPhaseFilter } from './minimum-phase';
import type { SoundFilter } from './render';

export interface OwnFilters {
  /** In series; those of the cookbook are biquads. */
  readonly filters: readonly Filter[];
  /** Added to them, as a filter of minimum phase; empty where there is none. */
  readonly curve: readonly CurvePoint[];
}

interface MadeFilter {
  readonly make: (channels: number) => SoundFilter;
  /** Taps of the curve's filter, and how far it is from the curve at most in dB; null without. */
  readonly curve: { readonly taps: number; readonly deviationDb: number } | null;
}

/** What the filters are at a sample rate. */
export function ownFilters({ filters, curve }: OwnFilters, sampleRateHz: number): MadeFilter {
  const biquads = filters.map((filter) => cookbookBiquad(filter, sampleRateHz));
  const response = curve.length === 0 ? null : minimumPhaseFilter(curve, sampleRateHz);
  return {
    curve: response && { taps: response.taps.length, deviationDb: response.deviationDb },
    make: (channels) => {
      const chain = new BiquadChain(biquads, channels);
      const convolver = response && new Convolver(response.taps, channels);
      return {
        process: (piece) => {
          chain.process(piece);
          convolver?.process(piece);
        },
      };
    },
  };
}
