import { describe, expect, it } from 'vitest';
import { QPinch } from './q-pinch';

describe('two fingers on a bell', () => {
  it('make it wider as they go apart, in any direction, and back to what it was', () => {
    const pinch = new QPinch(1.2, [
      [7, [100, 100]],
      [9, [200, 100]],
    ]);
    expect(pinch.move(9, [300, 100])).toBeCloseTo(0.6, 12);
    expect(pinch.move(7, [100, 100])).toBeCloseTo(0.6, 12);
    expect(pinch.move(9, [100, 150])).toBeCloseTo(2.4, 12);
    expect(pinch.move(9, [200, 100])).toBeCloseTo(1.2, 12);
  });

  it('know no third one, and no distance of nothing', () => {
    const pinch = new QPinch(1, [
      [1, [0, 0]],
      [2, [48, 0]],
    ]);
    expect([pinch.has(1), pinch.has(3)]).toEqual([true, false]);
    expect(pinch.move(3, [1000, 0])).toBe(1);
    expect(pinch.move(2, [0, 0])).toBe(2);
  });
});
