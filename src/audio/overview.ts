/** A sound at a glance. */

/** Lowest and highest sample of each column, over all channels, each [columns]. */
export interface Overview {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/**
 * @param channels each [samples]
 * @param columns  of the drawing
 */
export function overviewOf(channels: readonly Float32Array[], columns: number): Overview {
  const low = new Float32Array(columns);
  const high = new Float32Array(columns);
  for (const samples of channels) {
    for (let column = 0; column < columns; column++) {
      const from = Math.floor((column * samples.length) / columns);
      const to = Math.max(from + 1, Math.floor(((column + 1) * samples.length) / columns));
      let lowest = low[column] ?? 0;
      let highest = high[column] ?? 0;
      for (let i = from; i < to; i++) {
        const sample = samples[i] ?? 0;
        if (sample < lowest) lowest = sample;
        if (sample > highest) highest = sample;
      }
      low[column] = lowest;
      high[column] = highest;
    }
  }
  return { low, high };
}
