/**
 * Counter-based random numbers: Threefry-2x32 with 20 rounds.
 *
 * A number is a pure function of (seed, stream, step, index), so nothing has to be remembered to
 * pause and resume, every engine can compute the same numbers in any order, and the algorithm is
 * adds, rotations and xors only, which TypeScript, WGSL and WebAssembly all do exactly.
 *
 * Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy
 * as 1, 2, 3", SC 2011.
 */

/** The independent purposes that random numbers are drawn for: the second key word. */
export const Stream = {
  /** Initial weights: step 0, index = position in the flat parameter vector. */
  weights: 1,
  /** Order of rows: step = epoch, index = position in the Fisher–Yates shuffle. */
  shuffle: 2,
  /** Which contributors are held out: step 0, index = position in the shuffle. */
  split: 3,
  /** The synthetic sample data set. */
  sample: 4,
  /** Noise of a variational latent: step = training step, index = row in batch × latent + column. */
  latent: 5,
  /** Resampled rows: step = resample, index = position in it. */
  bootstrap: 6,
  /** Which rows are held out where rows are split one by one: step 0, index as in a shuffle. */
  splitRows: 7,
  /** Which rows or contributors early stopping listens to: step 0, index as in a shuffle. */
  validation: 8,
  /** Which of a word's rows a balanced epoch takes: step = epoch, index as in a shuffle. */
  sampling: 9,
  /** Augmented rows: step = which of a row's, index = (row × 5 + band) × 2, and the next. */
  madeUp: 10,
  /** First rows of a word's schools: step = start, index = centre. */
  schools: 11,
  /** Noise of built-in sounds: step = sound or stroke, index = sample or frequency. */
  sound: 12,
  /** Dither of files of 16 bits: step = channel, index = half the frame. */
  dither: 13,
  /** Which interval is the right answer, in a blind test: step 0, index as in a shuffle; and 1. */
  listening: 14,
  /** Which rows are taken into a sample of them: step = what for, index = position in the rows. */
  sampleOfRows: 15,
  /** In which order sets of augmented rows are drawn: step 0, index as in a shuffle. */
  sets: 16,
  /** Draws of a word's settings: step = which draw, index = 0 for the part, then a dimension each. */
  wordDraws: 17,
  /** Seeds made of a word and a seed: step = place in the word, index = code unit. */
  wordSeeds: 18,
  /** People dealt to two sides: step = permutation, index as in a shuffle. */
  permutation: 19,
  /** Places on a map: step 0, index = place × 2, and the next; step 1, index = step of a walk. */
  places: 20,
  /** Made-up settings that a link is fitted to: step = setting, index = parameter, then its share. */
  linkSettings: 21,
  /** Bands drawn at random: step = which augmented row of a row's, index = (row × 5 + band) × 4, and the next three. */
  drawnBands: 22,
  /** Dropout masks: `dropout + site`, step = training step, index = row × width + column. */
  dropout: 256,
} as const;

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/**
 * One Threefry-2x32-20 block, its first output word.
 *
 * @param seed   first key word, an unsigned 32-bit integer
 * @param stream second key word; see {@link Stream}
 * @param step   first counter word
 * @param index  second counter word
 * @returns an unsigned 32-bit integer
 */
export function randomBits(seed: number, stream: number, step: number, index: number): number {
  return threefry2x32(seed, stream, step, index)[0];
}

/** Both output words of the block keyed by (seed, stream) at counter (step, index). */
export function threefry2x32(
  seed: number,
  stream: number,
  step: number,
  index: number,
): [number, number] {
  const keys = [seed >>> 0, stream >>> 0, (seed ^ stream ^ PARITY) >>> 0] as const;
  let x0 = (step + keys[0]) | 0;
  let x1 = (index + keys[1]) | 0;
  for (let group = 0; group < 5; group++) {
    for (let round = 0; round < 4; round++) {
      const rotation = ROTATIONS[((group & 1) << 2) | round] ?? 0;
      x0 = (x0 + x1) | 0;
      x1 = (x1 << rotation) | (x1 >>> (32 - rotation));
      x1 ^= x0;
    }
    x0 = (x0 + (keys[(group + 1) % 3] ?? 0)) | 0;
    x1 = (x1 + (keys[(group + 2) % 3] ?? 0) + group + 1) | 0;
  }
  return [x0 >>> 0, x1 >>> 0];
}

/** A float32-exact uniform number in [0, 1): the top 24 bits, times 2⁻²⁴. */
export function randomUniform(seed: number, stream: number, step: number, index: number): number {
  return (randomBits(seed, stream, step, index) >>> 8) * 2 ** -24;
}

/**
 * A permutation of 0 … length − 1 (Fisher–Yates, from the last position down).
 *
 * @returns shape [length]
 */
export function randomPermutation(
  seed: number,
  stream: number,
  step: number,
  length: number,
): Uint32Array {
  const order = Uint32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor((randomBits(seed, stream, step, i) * (i + 1)) / 2 ** 32);
    const kept = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = kept;
  }
  return order;
}
