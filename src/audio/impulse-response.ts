/** The equaliser as an impulse response, for programs that convolve. */
import type { EqSetting } from '../eq/parameters';
import { EqFilter } from './biquad';

/** Frames that are worked out at a time. */
const BLOCK = 4096;
/** What is left out is so far below what is kept, in energy: −120 dB. */
const LEAST_SHARE = 1e-12;
/** Longer ones no setting has within the plug-in's bounds. */
const LONGEST_S = 8;

/**
 * What the setting makes of a single 1: minimum phase, since its filters are, and at its own level.
 *
 * @param sampleRateHz that the file is for
 * @returns samples up to where the rest is inaudible
 */
export function impulseResponse(
  setting: EqSetting,
  sampleRateHz: number,
): Float32Array<ArrayBuffer> {
  const filter = new EqFilter(setting, sampleRateHz, 1);
  const blocks: Float32Array[] = [];
  let energy = 0;
  for (let frames = 0; frames < LONGEST_S * sampleRateHz; frames += BLOCK) {
    const block = new Float32Array(BLOCK);
    if (frames === 0) block[0] = 1;
    filter.process([block]);
    const own = block.reduce((sum, sample) => sum + sample ** 2, 0);
    energy += own;
    blocks.push(block);
    if (frames > 0 && own <= LEAST_SHARE * energy) break;
  }
  const whole = new Float32Array(BLOCK * blocks.length);
  blocks.forEach((block, i) => {
    whole.set(block, BLOCK * i);
  });
  return whole;
}
