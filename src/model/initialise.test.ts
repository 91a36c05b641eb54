import { describe, expect, it } from 'vitest';
import type { ModelSpec } from '../recipe/model-spec';
import { specOf } from '../recipe/recipe';
import { RECIPES } from '../recipe/recipes';
import { SMALL_SPEC } from '../testing/small-spec';
import { encodeRows } from './inference';
import { beginLatentSkip, initialWeights } from './initialise';
import { parameterTable } from './parameter-table';

const seedV2 = specOf(RECIPES['seed-v2'].recipe, 14);

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
    const pair: ModelSpec = {
      ...SMALL_SPEC,
      latent: 8,
      latentActivation: 'unit',
      normalisation: 'none',
    };
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

  it('begins a linear skip as whitened principal components, and what stands beside it small', () => {
    const spec = { ...SMALL_SPEC, latent: 3, latentSkip: true, latentActivation: 'none' } as const;
    const own = initialWeights(spec, 7);
    const skipless = initialWeights({ ...spec, latentSkip: false }, 7);
    const { entries } = parameterTable(spec);
    const last = entries.find(({ name }) => name === 'encoder.to_latent.2.weight');
    expect((own[last?.offset ?? 0] ?? 0) / (skipless[last?.offset ?? 0] ?? 1)).toBeCloseTo(0.1, 6);

    // Rows vary along two directions only, four times as much along the first.
    const rows = 500;
    const inputs = Float32Array.from({ length: rows * 13 }, (_, i) => {
      const [row, column] = [Math.floor(i / 13), i % 13];
      const along = 4 * Math.sin(2.3 * row) * (column === 2 ? 1 : 0);
      const across = Math.cos(5.1 * row) * (column === 7 ? 1 : 0);
      return 0.5 + along + across;
    });
    beginLatentSkip(own, spec, inputs);
    // Nothing but the skip.
    for (const { name, offset, size } of entries) {
      if (name.startsWith('encoder.to_latent.2')) own.fill(0, offset, offset + size);
    }
    const latents = encodeRows(spec, own, inputs);
    for (let k = 0; k < 3; k++) {
      const column = Array.from({ length: rows }, (_, row) => latents[row * 3 + k] ?? Number.NaN);
      const mean = column.reduce((sum, x) => sum + x, 0) / rows;
      const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / rows;
      expect(mean).toBeCloseTo(0, 4);
      expect(variance).toBeCloseTo(k < 2 ? 1 : 0, 4);
    }
    const first = Array.from({ length: rows }, (_, row) => latents[row * 3] ?? Number.NaN);
    const wanted = first.map((_, row) => (inputs[row * 13 + 2] ?? 0) - 0.5);
    const products = first.reduce((sum, x, i) => sum + x * (wanted[i] ?? 0), 0);
    const lengths = Math.hypot(...first) * Math.hypot(...wanted);
    expect(Math.abs(products / lengths)).toBeCloseTo(1, 3);
  });
});
