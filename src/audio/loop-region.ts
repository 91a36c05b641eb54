/** A part of a sound that is played round and round. */

/**
 * The samples from `from` to `to`, mended so that the last is followed by the first without a jump:
 * what led up to the region fades in over its end, or, where too little leads up to it, what comes
 * after it fades out over its beginning.
 *
 * @param samples of the whole sound
 * @param from    first sample of the region
 * @param to      the sample after its last
 * @param fade    samples that the mending takes; shorter regions are mended over half of themselves
 * @returns [to − from]; as it was where nothing comes before nor after, as in loops that close
 */
export function closedRegion(
  samples: Float32Array,
  from: number,
  to: number,
  fade: number,
): Float32Array<ArrayBuffer> {
  const region = new Float32Array(samples.subarray(from, to));
  const count = Math.min(fade, region.length >> 1);
  if (from >= count) {
    for (let i = 0; i < count; i++) {
      const at = region.length - count + i;
      region[at] = mix(region[at] ?? 0, samples[from - count + i] ?? 0, (i + 1) / count);
    }
  } else if (to + count <= samples.length) {
    for (let i = 0; i < count; i++) {
      region[i] = mix(samples[to + i] ?? 0, region[i] ?? 0, i / count);
    }
  }
  return region;
}

/** Half a cosine from one to the other. */
function mix(one: number, other: number, share: number): number {
  const weight = (1 - Math.cos(Math.PI * share)) / 2;
  return one + weight * (other - one);
}
