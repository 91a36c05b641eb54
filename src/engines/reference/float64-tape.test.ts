import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialise';
import { parameterTable } from '../../model/parameter-table';
import { Stream, randomUniform } from '../../math/threefry';
import { float64Losses } from '../../testing/float64-step';
import { CASES, taskExamples, taskOrder } from '../../testing/spec-grid';
import { Float64Tape } from './float64-tape';

const STEP = 41;
const WEIGHTS = { contrastiveWeight: 0.3, klWeight: 0.7 };

describe('the float64 tape', () => {
  it.each(CASES)('agrees with the formulas, and their differences: %s', (_, task) => {
    const { spec, settings, rows } = task;
    const examples = taskExamples(task);
    const order = taskOrder(task);
    const weights = initialWeights(spec, 11).map((weight) => 2 * weight);
    const { entries } = parameterTable(spec);
    const tape = new Float64Tape(spec, { weights }, examples, settings);
    const values = { first: 0, rows, step: STEP, stepSize: 0, secondScale: 1, beta2: 0, kept: 1 };
    const result = tape.gradients({ order, ...WEIGHTS }, values);

    const lossesOf = float64Losses({ spec, examples, order, settings, step: STEP, ...WEIGHTS });
    const losses = lossesOf(Float64Array.from(weights));
    // Relative: heads give losses in squared Hz.
    expect(Math.abs(result.reconstruction / losses.reconstruction - 1)).toBeLessThan(1e-12);
    expect(result.contrastive).toBeCloseTo(losses.contrastive, 12);
    expect(result.kl).toBeCloseTo(losses.kl, 12);
    expect(result.kl > 0).toBe(spec.variational);

    // Each tensor's gradient, along a direction of random length in each element.
    const delta = 1e-6;
    for (const [number, { name, offset, size }] of entries.entries()) {
      const direction = Float64Array.from(
        { length: size },
        (_, i) => 2 * randomUniform(number, Stream.sample, 0, i) - 1,
      );
      const lossAt = (distance: number): number => {
        const moved = Float64Array.from(weights);
        direction.forEach((d, i) => {
          moved[offset + i] = (weights[offset + i] ?? 0) + distance * d;
        });
        return lossesOf(moved).total;
      };
      const rise = (distance: number): number => lossAt(distance) - lossAt(-distance);
      // The rule of five points: response curves bend too much for that of three.
      const slope = (8 * rise(delta) - rise(2 * delta)) / (12 * delta);
      const gradient = result.gradient.subarray(offset, offset + size);
      const along = direction.reduce((sum, d, i) => sum + d * (gradient[i] ?? Number.NaN), 0);
      // What rounding leaves of a difference of losses grows with them.
      const scale = Math.max(1, losses.total);
      expect(Math.abs(along - slope), name).toBeLessThan(5e-9 * scale);
    }
  });
});
