/** A spectrum's evenly spaced bins on a logarithmic frequency axis. */

/** Pink noise, and much music with it, lies level when this is added per octave above 1 kHz. */
const TILT_DB_PER_OCTAVE = 10 * Math.log10(2);

/**
 * Mean power of the bins around each frequency, tilted so that pink noise lies level; between bins
 * that lie further apart than the frequencies, what a straight line gives.
 *
 * @param binsDb        of an analyser: bin k at k/(2·[bins]) of the sample rate
 * @param frequenciesHz rising evenly on a logarithmic axis, [columns]
 * @returns dB, [columns]
 */
export function spectrumColumns(
  binsDb: Float32Array,
  sampleRateHz: number,
  frequenciesHz: Float64Array,
): Float64Array {
  const binHz = sampleRateHz / (2 * binsDb.length);
  const last = binsDb.length - 1;
  const [first = 20, second = 20] = frequenciesHz;
  const half = Math.sqrt(second / first);
  return frequenciesHz.map((hz) => {
    const tilt = TILT_DB_PER_OCTAVE * Math.log2(hz / 1000);
    const from = Math.ceil(hz / half / binHz);
    const to = Math.min(last, Math.floor((hz * half) / binHz));
    if (to <= from) {
      return between(binsDb, Math.min(last, hz / binHz)) + tilt;
    }
    let power = 0;
    for (let k = from; k <= to; k++) power += 10 ** ((binsDb[k] ?? -Infinity) / 10);
    return 10 * Math.log10(power / (to - from + 1)) + tilt;
  });
}

/** Level at a place between two bins; silent beside silence, of which no share can be taken. */
function between(binsDb: Float32Array, at: number): number {
  const below = Math.floor(at);
  const low = binsDb[below] ?? -Infinity;
  const high = binsDb[Math.min(binsDb.length - 1, below + 1)] ?? -Infinity;
  if (low === -Infinity || high === -Infinity) return Math.min(low, high);
  return low + (at - below) * (high - low);
}
