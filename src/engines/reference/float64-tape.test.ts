import { describe, expect, it } from 'vitest';
import { initialWeights } from '../../model/initialise';
import { parameterTable } from '../../model/parameter-table';
import { float64Gradient, float64Losses } from '../../testing/float64-step';
import { CASES, madeUpExamples } from '../../testing/spec-grid';
import { Float64Tape } from './float64-tape';

describe('the float64 tape', () => {
  it.each(CASES)('agrees with the formulas, and their finite differences: %s', (_, task) => {
    const { spec, settings, rows } = task;
    const batch = madeUpExamples(rows);
    const weights = initialWeights(spec, 11).map((weight) => 2 * weight);
    const moment = new Float32Array(parameterTable(spec).total);
    const state = { weights, firstMoment: moment, secondMoment: moment };
    const tape = new Float64Tape(spec, state, batch, settings);
    const order = Uint32Array.from({ length: rows }, (_, i) => i);
    const values = { first: 0, rows, step: 41, stepSize: 0, secondScale: 1 };
    const result = tape.gradients(order, values, 0.3);

    const step = { spec, batch, settings, step: 41, contrastiveWeight: 0.3 };
    const losses = float64Losses(step, Float64Array.from(weights));
    expect(result.reconstruction).toBeCloseTo(losses.reconstruction, 12);
    expect(result.contrastive).toBeCloseTo(losses.contrastive, 12);
    const expected = float64Gradient(step, weights);
    const length = Math.hypot(...expected);
    const error = Math.hypot(...result.gradient.map((g, i) => g - (expected[i] ?? Number.NaN)));
    expect(error / length).toBeLessThan(1e-7);
  });
});
