import { describe, expect, it } from 'vitest';
import { curvePath, dbAt, hzAt, xOf, yOf } from './eq-plot';

const frame = { left: 34, right: 10, top: 8, bottom: 22 };
const plot = { width: 700, height: 300, edgeDb: 18, frame };

describe('a plot of responses', () => {
  it('goes from 20 Hz to 20 kHz, with a decade a third', () => {
    const { left, right } = frame;
    expect(xOf(20, plot)).toBe(left);
    expect(xOf(20_000, plot)).toBe(plot.width - right);
    expect(xOf(2000, plot)).toBeCloseTo(left + (2 / 3) * (plot.width - left - right), 9);
  });

  it('has loud above, and 0 dB in the middle', () => {
    const { top, bottom } = frame;
    expect(yOf(18, plot)).toBe(top);
    expect(yOf(-18, plot)).toBe(plot.height - bottom);
    expect(yOf(0, plot)).toBe((top + plot.height - bottom) / 2);
  });

  it('finds back from a place to what is there', () => {
    for (const value of [20, 113, 999, 20_000])
      expect(hzAt(xOf(value, plot), plot)).toBeCloseTo(value, 8);
    for (const value of [-18, -0.3, 0, 7.5])
      expect(dbAt(yOf(value, plot), plot)).toBeCloseTo(value, 9);
  });

  it('draws a response from point to point', () => {
    const path = curvePath(Float64Array.of(20, 20_000), Float64Array.of(18, 0), plot);
    expect(path).toBe('M34.0,8.0L690.0,143.0');
  });
});
