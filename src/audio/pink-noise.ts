/** Pink noise that can be looped for ever: equal power in every octave. */
import { randomUniform, Stream } from '../math/threefry';
import { inverseTransform } from './fourier';

/** Samples of the loop: 5.5 s at 48 kHz. A power of two, for the transform's sake. */
const LENGTH = 2 ** 18;
const LOWEST_HZ = 20;
const HIGHEST_HZ = 20_000;
/** Leaves peaks of 13 dB above it room to −5 dBFS. */
const LEVEL_DB = -18;
const SEED = 1;

/**
 * Made in the frequency domain, so that its last sample is followed by its first: every frequency
 * between 20 Hz and 20 kHz that fits the loop, power as 1/f, its phase drawn.
 *
 * @returns [2^18], RMS −18 dBFS
 */
export function pinkNoise(sampleRateHz: number): Float32Array {
  const real = new Float64Array(LENGTH);
  const imaginary = new Float64Array(LENGTH);
  let power = 0;
  for (let k = 1; k < LENGTH / 2; k++) {
    const hz = (k * sampleRateHz) / LENGTH;
    if (hz < LOWEST_HZ || hz > HIGHEST_HZ) continue;
    const amplitude = 1 / Math.sqrt(k);
    const phase = 2 * Math.PI * randomUniform(SEED, Stream.sound, 0, k);
    real[k] = amplitude * Math.cos(phase);
    imaginary[k] = amplitude * Math.sin(phase);
    power += (amplitude * amplitude) / 2;
  }
  // The half of the spectrum that mirrors this one is left at 0: the real part is then a sum of
  // cosines of these amplitudes.
  inverseTransform(real, imaginary);
  const scale = 10 ** (LEVEL_DB / 20) / Math.sqrt(power);
  return Float32Array.from(real, (sample) => sample * scale);
}
