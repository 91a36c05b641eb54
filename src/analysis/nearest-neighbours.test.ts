import { describe, expect, it } from 'vitest';
import { neighbourAccuracy } from './nearest-neighbours';

/** Twenty points of class 0 around −1 and twenty of class 1 around 1, on a line. */
const known = {
  points: Array.from({ length: 40 }, (_, i) => (i < 20 ? -1 : 1) + (i % 20) / 100),
  labels: Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1)),
};

describe('neighbourAccuracy', () => {
  it('weighs classes alike, however many rows they have', () => {
    // Nine rows of class 0 told right, the one of class 1 told wrong.
    const points = [...Array<number>(9).fill(-0.9), -0.8];
    const labels = [...Array<number>(9).fill(0), 1];
    expect(neighbourAccuracy(known, { points, labels }, 1)).toBe(0.5);
  });

  it('asks fifteen neighbours', () => {
    const few = {
      points: [0, 0.1, ...Array<number>(13).fill(5)],
      labels: [1, 1, ...Array<number>(13).fill(0)],
    };
    expect(neighbourAccuracy(few, { points: [0], labels: [0] }, 1)).toBe(1);
  });

  it('lets nearer neighbours settle a draw', () => {
    const draw = { points: [1, 2, 3, 4], labels: [0, 1, 1, 0] };
    expect(neighbourAccuracy(draw, { points: [0], labels: [0] }, 1)).toBe(1);
    expect(neighbourAccuracy(draw, { points: [2.9], labels: [1] }, 1)).toBe(1);
  });

  it('is null where nothing can be told', () => {
    expect(neighbourAccuracy(known, { points: [], labels: [] }, 1)).toBeNull();
    expect(
      neighbourAccuracy({ points: [1], labels: [0] }, { points: [1], labels: [0] }, 1),
    ).toBeNull();
  });
});
