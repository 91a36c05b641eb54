/** Gains that bring settings to the loudness of the unprocessed material. */

/** What is measured of a sound (BS.1770). */
export interface Loudness {
  /** −Infinity or not a number for what is too short or too quiet to have one. */
  readonly integratedLufs: number;
  readonly truePeakDb: number;
}

export interface MatchedGains {
  /** Of each setting, in LU: what brings it to the loudness of the bypass, which itself is at 0. */
  readonly gainsLu: readonly number[];
  /** Taken off all of them and off the bypass, in dB from 0 on, so that none clips. */
  readonly loweredDb: number;
}

/**
 * @param bypass   of the unprocessed material
 * @param settings of the material through each setting
 */
export function matchGains(bypass: Loudness, settings: readonly Loudness[]): MatchedGains {
  const gainsLu = settings.map(({ integratedLufs }) => {
    const gain = bypass.integratedLufs - integratedLufs;
    return Number.isFinite(gain) ? gain : 0;
  });
  const peaks = [
    bypass.truePeakDb,
    ...settings.map(({ truePeakDb }, i) => truePeakDb + (gainsLu[i] ?? 0)),
  ];
  return { gainsLu, loweredDb: Math.max(0, ...peaks) };
}
