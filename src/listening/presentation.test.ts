import { describe, expect, it } from 'vitest';
import { GlidingFilter } from '../audio/gliding-filter';
import { EQ_PARAMETERS, FLAT_SETTING, type EqSetting } from '../eq/parameters';
import { randomNormal } from '../math/normal';
import { Stream } from '../math/threefry';

const RATE = 48_000;
/** A bell that rings for long, and something else. */
const RINGING = EQ_PARAMETERS.map(({ kind, min, max, initial }, i) =>
  i === 2 ? max : i === 3 ? min : i === 4 ? max : kind === 'gain' ? 3 : initial,
);

/** What sounds after the input has fallen silent and an interval is presented as the player does. */
function gap(heard: EqSetting, next: EqSetting, byWayOfBypass: boolean): Float32Array {
  const filter = new GlidingFilter(RATE, 1, { setting: heard, gainDb: -2 });
  const noise = Float32Array.from({ length: RATE / 10 }, (_, i) =>
    randomNormal(1, Stream.sound, 0, i),
  );
  filter.process([noise], [new Float32Array(noise.length)]);
  if (byWayOfBypass) filter.glide({ setting: null, gainDb: -2 });
  filter.glide({ setting: next, gainDb: -2 });
  const silent = new Float32Array(128);
  const pieces = Array.from({ length: 75 }, () => {
    const piece = new Float32Array(128);
    filter.process([silent], [piece]);
    return [...piece];
  });
  return Float32Array.from(pieces.flat());
}

describe('the gap before an interval', () => {
  it('sounds the same to the last bit whatever comes next, the same or another', () => {
    for (const heard of [RINGING, FLAT_SETTING]) {
      const same = gap(heard, heard, true);
      for (const next of [RINGING, FLAT_SETTING]) expect(gap(heard, next, true)).toEqual(same);
    }
    expect(Math.max(...gap(RINGING, RINGING, true))).toBeGreaterThan(0.01);
  });

  it('would tell them apart without the way by the bypass', () => {
    expect(gap(RINGING, RINGING, false)).not.toEqual(gap(RINGING, FLAT_SETTING, false));
  });

  it('ends in silence', () => {
    const tail = gap(RINGING, FLAT_SETTING, true).slice(-128);
    expect(Math.max(...tail.map(Math.abs))).toBeLessThan(1e-6);
  });
});
