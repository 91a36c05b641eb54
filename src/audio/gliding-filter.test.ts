import { describe, expect, it } from 'vitest';
import { EqFilter } from './biquad';
import { GlidingFilter } from './gliding-filter';

const RATE_HZ = 48_000;
const PIECE = 128;
const WARM = [9, 150, 0, 560, 0.71, 6, 900, 4, 0, 3300, 0.71, -9, 8200];
const BRIGHT = [-9, 150, 0, 560, 0.71, 0, 1000, 0.71, 6, 3300, 2, 9, 8200];

/** Two channels of noise that is no noise, but repeats itself nowhere. */
const sound = [1.1, 0.7].map((scale) =>
  Float32Array.from({ length: 250 * PIECE }, (_, i) => Math.sin(scale * i + (i * i) / 9999) / 2),
);

/** All of the sound through the filter, piece by piece; `before` is called before each. */
function run(
  filter: GlidingFilter,
  before: (piece: number) => void = () => undefined,
): Float32Array[] {
  const out = sound.map((channel) => new Float32Array(channel.length));
  for (let at = 0; at < 250 * PIECE; at += PIECE) {
    before(at / PIECE);
    filter.process(
      sound.map((channel) => channel.subarray(at, at + PIECE)),
      out.map((channel) => channel.subarray(at, at + PIECE)),
    );
  }
  return out;
}

function through(setting: readonly number[]): Float32Array[] {
  const out = sound.map((channel) => channel.slice());
  new EqFilter(setting, RATE_HZ, 2).process(out);
  return out;
}

describe('the gliding filter', () => {
  it('is the rendered filter to the last bit while nothing changes', () => {
    expect(run(new GlidingFilter(RATE_HZ, 2, { setting: WARM, gainDb: 0 }))).toEqual(through(WARM));
  });

  it('lets the bypass through as it is', () => {
    expect(run(new GlidingFilter(RATE_HZ, 2, { setting: null, gainDb: 0 }))).toEqual(sound);
  });

  it('ends at the setting it glides to, by way of others', () => {
    const filter = new GlidingFilter(RATE_HZ, 2, { setting: WARM, gainDb: 0 });
    const out = run(filter, (piece) => {
      if (piece === 5) filter.glide({ setting: null, gainDb: 3 });
      if (piece === 8) filter.glide({ setting: WARM, gainDb: -3 });
      if (piece === 12) filter.glide({ setting: BRIGHT, gainDb: 0 });
    });
    const bright = through(BRIGHT);
    for (let i = 200 * PIECE; i < 250 * PIECE; i++) {
      expect(Math.abs((out[1]?.[i] ?? 0) - (bright[1]?.[i] ?? 0))).toBeLessThan(1e-5);
    }
  });

  it('keeps a steady level through any number of glides between equal settings', () => {
    const filter = new GlidingFilter(RATE_HZ, 2, { setting: null, gainDb: 0 });
    const flat = WARM.map((value, i) => ([0, 2, 5, 8, 11].includes(i) ? 0 : value));
    const out = run(filter, (piece) => {
      if (piece % 3 === 0) filter.glide({ setting: piece % 2 === 0 ? flat : null, gainDb: 0 });
    });
    out.forEach((channel, c) => {
      channel.forEach((sample, i) => {
        if (Math.abs(sample - (sound[c]?.[i] ?? 0)) > 1e-6) throw new Error(`at ${String(i)}`);
      });
    });
  });

  it('glides its gain, and reaches it', () => {
    const filter = new GlidingFilter(RATE_HZ, 2, { setting: null, gainDb: 0 });
    const out = run(filter, (piece) => {
      if (piece === 5) filter.glide({ setting: null, gainDb: -20 });
    });
    const at = (i: number): number => (out[0]?.[i] ?? 0) / (sound[0]?.[i] ?? 1);
    expect(at(5 * PIECE - 1)).toBe(1);
    // Ten milliseconds on, it has come all but 1/e of the way.
    expect(at(5 * PIECE + 479)).toBeCloseTo(0.1 + 0.9 / Math.E, 2);
    expect(at(249 * PIECE)).toBeCloseTo(0.1, 5);
  });

  it('takes channels that are not there for silence', () => {
    const filter = new GlidingFilter(RATE_HZ, 2, { setting: WARM, gainDb: 0 });
    const out = [new Float32Array(PIECE).fill(1), new Float32Array(PIECE).fill(1)];
    filter.process([], out);
    expect(out.every((channel) => channel.every((sample) => sample === 0))).toBe(true);
  });
});
