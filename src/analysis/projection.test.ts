import { describe, expect, it } from 'vitest';
import { randomUniform } from '../math/threefry';
import fc from '../testing/fast-check';
import { fitProjection, project, type Projection } from './projection';

const ROWS = 80;
const LATENT = 6;

/** A cloud with a different width along each axis, every axis mixed a little into the next. */
function cloud(widths: readonly number[]): Float32Array {
  const points = new Float32Array(ROWS * LATENT);
  for (let i = 0; i < points.length; i++) {
    const noise = (k: number): number => 2 * randomUniform(5, 999, 0, k) - 1;
    const column = i % LATENT;
    points[i] = 3 + noise(i) * (widths[column] ?? 0) + 0.2 * (column > 0 ? noise(i - 1) : 0);
  }
  return points;
}

const points = cloud([1, 5, 0.5, 3, 1.5, 0.1]);

/** The same plane seen from another side. */
function turned({ origin, axes }: Projection, angle: number, mirror: 1 | -1): Projection {
  const x = axes.subarray(0, LATENT);
  const y = axes.subarray(LATENT);
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return {
    origin,
    axes: Float32Array.of(
      ...x.map((value, d) => c * value + s * (y[d] ?? NaN)),
      ...x.map((value, d) => mirror * (c * (y[d] ?? NaN) - s * value)),
    ),
  };
}

/** Sum of squared distances between two maps of the same rows, each about its own middle. */
function movement(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (const axis of [0, 1]) {
    const steps = Array.from(a, (value, i) => value - (b[i] ?? NaN)).filter(
      (_, i) => i % 2 === axis,
    );
    const mean = steps.reduce((x, y) => x + y) / steps.length;
    sum += steps.reduce((total, step) => total + (step - mean) ** 2, 0);
  }
  return sum;
}

function expectSame(a: Float32Array, b: Float32Array, digits = 4): void {
  expect(a.length).toBe(b.length);
  a.forEach((value, i) => {
    expect(value).toBeCloseTo(b[i] ?? NaN, digits);
  });
}

describe('fitProjection', () => {
  it('finds the two widest directions, the widest first', () => {
    const { axes } = fitProjection(points, LATENT, null);
    expect(axes[1]).toBeGreaterThan(0.98);
    expect(axes[LATENT + 3]).toBeGreaterThan(0.98);
  });

  it('puts the mean of the rows at (0, 0) and keeps axes orthonormal', () => {
    const projection = fitProjection(points, LATENT, null);
    const mapped = project(points, projection);
    for (const axis of [0, 1]) {
      const mean = mapped.filter((_, i) => i % 2 === axis).reduce((a, b) => a + b) / ROWS;
      expect(mean).toBeCloseTo(0, 5);
    }
    const [x, y] = [projection.axes.subarray(0, LATENT), projection.axes.subarray(LATENT)];
    expect(Math.hypot(...x)).toBeCloseTo(1, 6);
    expect(Math.hypot(...y)).toBeCloseTo(1, 6);
    expect(x.reduce((sum, value, d) => sum + value * (y[d] ?? NaN), 0)).toBeCloseTo(0, 6);
  });

  it('gives the same for the same rows, and looks at included rows only', () => {
    expect(fitProjection(points, LATENT, null)).toEqual(fitProjection(points, LATENT, null));
    const half = points.slice(0, (ROWS / 2) * LATENT);
    const outlier = points.slice().fill(1e6, half.length);
    expect(fitProjection(outlier, LATENT, null, [...Array(ROWS / 2).keys()])).toEqual(
      fitProjection(half, LATENT, null),
    );
  });

  it('turns back to the previous frame, however that was rotated or mirrored', () => {
    const fitted = fitProjection(points, LATENT, null);
    const angles = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    fc.assert(
      fc.property(angles, fc.constantFrom<1 | -1>(1, -1), (angle, mirror) => {
        const previous = turned(fitted, angle, mirror);
        expectSame(fitProjection(points, LATENT, previous).axes, previous.axes, 5);
      }),
    );
  });

  it('holds the map steady while two widths pass each other and the components swap', () => {
    let previous = fitProjection(cloud([1, 5, 0, 4, 1, 0]), LATENT, null);
    for (let frame = 1; frame <= 40; frame++) {
      const latents = cloud([1, 5 - 0.05 * frame, 0, 4 + 0.05 * frame, 1, 0]);
      const next = fitProjection(latents, LATENT, previous);
      const moved = movement(project(latents, next), project(latents, previous)) / ROWS;
      expect(moved).toBeLessThan(0.01);
      previous = next;
    }
  });

  it('moves rows no more than any other turn of the new plane would', () => {
    const previous = fitProjection(cloud([4, 1, 3, 2, 1, 0]), LATENT, null);
    const best = fitProjection(points, LATENT, previous);
    const before = project(points, previous);
    const least = movement(project(points, best), before);
    for (let step = 0; step < 64; step++) {
      for (const mirror of [1, -1] as const) {
        const other = turned(best, (step / 32) * Math.PI, mirror);
        expect(movement(project(points, other), before)).toBeGreaterThan(least - 1e-3);
      }
    }
  });

  it('maps equal rows to (0, 0), with or without a previous frame', () => {
    const equal = new Float32Array(ROWS * LATENT).fill(0.7);
    const previous = fitProjection(points, LATENT, null);
    for (const frame of [null, previous]) {
      const projection = fitProjection(equal, LATENT, frame);
      expect(projection.axes.every(Number.isFinite)).toBe(true);
      expectSame(project(equal, projection), new Float32Array(ROWS * 2), 6);
    }
  });

  it('has no second axis for a latent of one dimension', () => {
    const line = Float32Array.of(1, 2, 4, 5);
    const first = fitProjection(line, 1, null);
    expect(first).toEqual({ origin: Float32Array.of(3), axes: Float32Array.of(1, 0) });
    expect(project(line, first)).toEqual(Float32Array.of(-2, 0, -1, 0, 1, 0, 2, 0));
    const flipped = fitProjection(line, 1, { ...first, axes: Float32Array.of(-1, 0) });
    expectSame(flipped.axes, Float32Array.of(-1, 0), 12);
  });

  it('passes over a previous frame of another size, and works without rows', () => {
    const other = fitProjection(Float32Array.of(1, 2, 4, 5), 1, null);
    expect(fitProjection(points, LATENT, other)).toEqual(fitProjection(points, LATENT, null));
    const none = fitProjection(points, LATENT, null, []);
    expect([...none.origin, ...none.axes].every(Number.isFinite)).toBe(true);
  });
});
