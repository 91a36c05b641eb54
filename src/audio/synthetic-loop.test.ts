import { describe, expect, it } from 'vitest';
import { syntheticLoop } from './synthetic-loop';

const RATE_HZ = 48_000;
const channels = syntheticLoop(RATE_HZ);

const peak = (samples: Float32Array): number =>
  samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);

/** To compare quickly. */
const bytesOf = ({ buffer }: Float32Array): Buffer => Buffer.from(buffer);

describe('the synthetic loop', () => {
  it('lasts four bars at 100 beats a minute', () => {
    for (const channel of channels) expect(channel.length).toBe(9.6 * RATE_HZ);
  });

  it('is nowhere above −3 dBFS', () => {
    expect(Math.max(...channels.map(peak))).toBeCloseTo(10 ** (-4 / 20), 6);
  });

  it('begins again without a seam: what sounded last goes on sounding', () => {
    for (const channel of channels) {
      // A bend larger than a millisecond before and after would be a click.
      const around = Float32Array.from({ length: 100 }, (_, i) => channel.at(i - 50) ?? 0);
      const bends = around
        .slice(2)
        .map((x, i) => Math.abs(x - 2 * (around[i + 1] ?? 0) + (around[i] ?? 0)));
      const atSeam = Math.max(...bends.slice(46, 52));
      const before = Math.max(...bends.slice(0, 46));
      expect(peak(around)).toBeGreaterThan(0.001);
      expect(atSeam).toBeLessThan(Math.max(0.01, 3 * before));
    }
  });

  it('sounds in every bar, and differs between left and right', () => {
    const [left, right] = channels;
    for (let bar = 0; bar < 4; bar++) {
      expect(peak(left.subarray(bar * 2.4 * RATE_HZ, (bar + 1) * 2.4 * RATE_HZ))).toBeGreaterThan(
        0.3,
      );
    }
    expect(bytesOf(left).equals(bytesOf(right))).toBe(false);
  });

  it('is the same every time', () => {
    syntheticLoop(RATE_HZ).forEach((again, i) => {
      const channel = channels[i] ?? new Float32Array();
      expect(bytesOf(again).equals(bytesOf(channel))).toBe(true);
    });
  });
});
