import { describe, expect, it } from 'vitest';
import { dbAt, edgeFor, hzAt, PLOT_FRAME, xOf, yOf } from './eq-plot';

const plot = { width: 700, height: 300, edgeDb: 18 };

describe('the equaliser’s graph', () => {
  it('goes from 20 Hz to 20 kHz, with a decade a third', () => {
    const { left, right } = PLOT_FRAME;
    expect(xOf(20, plot)).toBe(left);
    expect(xOf(20_000, plot)).toBe(plot.width - right);
    expect(xOf(2000, plot)).toBeCloseTo(left + (2 / 3) * (plot.width - left - right), 9);
  });

  it('has loud above, and 0 dB in the middle', () => {
    const { top, bottom } = PLOT_FRAME;
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

  it('widens in whole steps for what is louder', () => {
    expect(edgeFor([3, -11])).toBe(18);
    expect(edgeFor([3, -18.1])).toBe(24);
    expect(edgeFor([])).toBe(18);
  });
});
