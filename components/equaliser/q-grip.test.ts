import { describe, expect, it } from 'vitest';
import fc from '../../src/testing/fast-check';
import { eqFrame, xOf } from '../kit/eq-plot';
import { gripPlace, qAtReach, qReaching, upperEnd } from './q-grip';

describe('the grip of a bell’s Q', () => {
  it('lies where the bell’s band ends, whose ends multiply to its frequency squared', () => {
    // Half an octave each way: Q is √2.
    expect(upperEnd(1000, Math.SQRT2)).toBeCloseTo(1000 * Math.SQRT2, 9);
    expect(qReaching(1000, 2000)).toBeCloseTo(2 / 3, 9);
  });

  it('gives the Q back', () => {
    const q = fc.double({ min: 0.1, max: 10, noNaN: true });
    const hz = fc.double({ min: 82, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(hz, q, (frequency, value) => {
        expect(qReaching(frequency, upperEnd(frequency, value))).toBeCloseTo(value, 6);
      }),
    );
  });

  it('at or below the bell’s frequency is as narrow as can be', () => {
    expect(qReaching(1000, 1000)).toBe(Infinity);
    expect(qReaching(1000, 10)).toBe(Infinity);
  });
});

describe('the grip on the plot', () => {
  const plot = { width: 600, height: 300, edgeDb: 18, frame: eqFrame(1) };

  it('lies at the bell’s upper end, and at the lower one where there is no room', () => {
    const wide = gripPlace({ frequencyHz: 500, q: 0.5 }, plot);
    expect(wide.x).toBeCloseTo(xOf(500, plot) + wide.reach, 9);
    expect(wide.x).toBeCloseTo(xOf(upperEnd(500, 0.5), plot), 9);
    const last = gripPlace({ frequencyHz: 10_000, q: 0.5 }, plot);
    expect(last.side).toBe(-1);
    expect(last.x).toBeCloseTo(xOf(10_000, plot) - last.reach, 9);
  });

  it('keeps off the handle of a narrow bell, and still says how far it reaches', () => {
    const narrow = gripPlace({ frequencyHz: 500, q: 8 }, plot);
    expect(narrow.x).toBeCloseTo(xOf(500, plot) + 44, 9);
    expect(narrow.reach).toBeLessThan(44);
    expect(qAtReach(500, narrow.reach, plot)).toBeCloseTo(8, 6);
    expect(qAtReach(500, narrow.reach + 20, plot)).toBeLessThan(8);
  });
});
