import { describe, expect, it } from 'vitest';
import { specOf } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import { initialWeights } from './initialise';
import { parameterTable } from './parameter-table';

const seedV2 = specOf(RECIPES['seed-v2'].recipe);

describe('initialWeights', () => {
  const weights = initialWeights(seedV2, 7);

  it('fills linear layers evenly within ±1/√fan-in, norms with 1 and 0', () => {
    for (const { name, role, offset, size, fanIn } of parameterTable(seedV2).entries) {
      const values = weights.subarray(offset, offset + size);
      if (role === 'scale' || role === 'shift') {
        expect(new Set(values), name).toEqual(new Set([role === 'scale' ? 1 : 0]));
        continue;
      }
      const bound = 1 / Math.sqrt(fanIn);
      const scaled = values.map((value) => Math.abs(value) / bound);
      expect(Math.max(...scaled), name).toBeLessThanOrEqual(1);
      if (size < 1000) continue;
      expect(Math.max(...scaled), name).toBeGreaterThan(0.99);
      // A uniform distribution: mean of |x| one half, mean of x zero.
      expect(scaled.reduce((a, b) => a + b) / size, name).toBeCloseTo(0.5, 1);
      expect(values.reduce((a, b) => a + b) / size / bound, name).toBeCloseTo(0, 1);
    }
  });

  it('begins steep where the decoder sees a point of a sphere, and nowhere else', () => {
    const pair = specOf(RECIPES['warmbright-pair'].recipe);
    const onSphere = initialWeights(pair, 7);
    const unbounded = initialWeights({ ...pair, latentActivation: 'none' }, 7);
    for (const { name, offset, size } of parameterTable(pair).entries) {
      const ratio = (onSphere[offset + size - 1] ?? 0) / (unbounded[offset + size - 1] ?? 1);
      const seesLatent = /^decoder\.decoder_layers\.0\.(main_path\.0|skip)\.weight$/.test(name);
      expect(ratio, name).toBeCloseTo(seesLatent ? 16 : 1, 5);
    }
  });

  it('is the same for the same seed and another for another', () => {
    const same = (seed: number): boolean =>
      initialWeights(seedV2, seed).every((value, i) => value === weights[i]);
    expect(same(7)).toBe(true);
    expect(same(8)).toBe(false);
  });
});
