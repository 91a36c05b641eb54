import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import type { PlateauState } from './progress';
import {
  afterEpoch,
  contrastiveWeight,
  initialPlateau,
  klWeight,
  learningRateIn,
} from './schedule';

/** The learning rate each epoch runs with, given the losses the epochs end with. */
function rates(losses: readonly number[], patience: number, start = 0.001): number[] {
  let state: PlateauState = initialPlateau(start);
  return losses.map((loss) => {
    const { learningRate } = state;
    state = afterEpoch(state, loss, patience);
    return learningRate;
  });
}

describe('contrastiveWeight', () => {
  const recipe = { epochs: 150, contrastiveStart: 0.1, contrastiveEnd: 0.5 };

  it('starts in the first epoch and ends in the last', () => {
    expect(contrastiveWeight(recipe, 1)).toBe(0.1);
    expect(contrastiveWeight(recipe, 150)).toBeCloseTo(0.5, 15);
  });

  it('is linear between', () => {
    // 0.1 + 0.4 · 49/149
    expect(contrastiveWeight(recipe, 50)).toBeCloseTo(0.231_543_624_161_073_8, 15);
    const falling = { epochs: 3, contrastiveStart: 1, contrastiveEnd: 0 };
    expect([1, 2, 3].map((epoch) => contrastiveWeight(falling, epoch))).toEqual([1, 0.5, 0]);
  });

  it('is the start in a run of one epoch', () => {
    expect(contrastiveWeight({ ...recipe, epochs: 1 }, 1)).toBe(0.1);
  });
});

describe('klWeight', () => {
  it('is 0 up to an epoch, then grows by a step an epoch, up to a most', () => {
    const flowEq = { klFrom: 50, klStep: 1 / 5000, klMost: 0.001 };
    const epochs = [1, 50, 51, 52, 54, 55, 56, 300];
    const weights = epochs.map((epoch) => klWeight(flowEq, epoch));
    const expected = [0, 0, 0.0002, 0.0004, 0.0008, 0.001, 0.001, 0.001];
    weights.forEach((weight, i) => {
      expect(weight).toBeCloseTo(expected[i] ?? NaN, 15);
    });
  });

  it('is the most from the first epoch on where the step is as large', () => {
    expect(klWeight({ klFrom: 0, klStep: 0.5, klMost: 0.5 }, 1)).toBe(0.5);
  });

  it('stays 0 where nothing was set', () => {
    expect(klWeight({ klFrom: 0, klStep: 0, klMost: 0 }, 10)).toBe(0);
  });
});

describe('afterEpoch', () => {
  it('halves after patience + 1 epochs in a row without a better loss', () => {
    // Patience 2: bad epochs 2, 3 are borne, the fourth loss (third bad) halves; then again.
    expect(rates([1, 1, 1, 1, 1, 1, 1, 1], 2)).toEqual([
      0.001, 0.001, 0.001, 0.001, 0.0005, 0.0005, 0.0005, 0.00025,
    ]);
  });

  it('starts counting again at a better loss', () => {
    expect(rates([1, 2, 2, 0.5, 2, 2, 2, 2], 2)).toEqual([
      0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.001, 0.0005,
    ]);
  });

  it('calls a loss better only below the best by one part in ten thousand', () => {
    const best: PlateauState = { learningRate: 0.1, best: 2, badEpochs: 3 };
    // 2 · (1 − 1e-4) = 1.9998
    expect(afterEpoch(best, 1.9998, 20)).toEqual({ learningRate: 0.1, best: 2, badEpochs: 4 });
    expect(afterEpoch(best, 1.9997, 20)).toEqual({ learningRate: 0.1, best: 1.9997, badEpochs: 0 });
  });

  it('keeps a falling loss whose every step is too small as no improvement on the best', () => {
    // Each loss is below its neighbour, none is 1e-4 below the first.
    expect(rates([1, 0.999_97, 0.999_94, 0.999_91], 1)).toEqual(
      [0.1, 0.1, 0.1, 0.05].map((r) => r / 100),
    );
  });

  it('makes no change of 1e-8 or less', () => {
    const state: PlateauState = { learningRate: 2e-8, best: 1, badEpochs: 1 };
    expect(afterEpoch(state, 1, 1)).toEqual({ learningRate: 2e-8, best: 1, badEpochs: 0 });
  });

  it('never halves with patience 0', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true })), (losses) => {
        expect(new Set(rates(losses, 0)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('leaves the memory it was given alone', () => {
    const before = initialPlateau(0.001);
    afterEpoch(before, 1, 20);
    expect(before).toEqual({ learningRate: 0.001, best: null, badEpochs: 0 });
  });
});

describe('learningRateIn', () => {
  const recipe = { learningRate: 0.01, warmUp: 0.2, epochs: 10 };
  const plateau = { learningRate: 0.003, best: 1, badEpochs: 0 };

  it('is the plateau schedule’s, where that is chosen', () => {
    expect(learningRateIn({ ...recipe, schedule: 'plateau' }, 4, plateau)).toBe(0.003);
  });

  it('grows in the warm-up, then falls down a half cosine, and never is 0', () => {
    const rates = Array.from({ length: 10 }, (_, i) =>
      learningRateIn({ ...recipe, schedule: 'cosine' }, i + 1, plateau),
    );
    expect(rates[0]).toBeCloseTo(0.0025, 12);
    expect(rates[1]).toBeCloseTo(0.0075, 12);
    // The cosine's middle lies between epochs 6 and 7.
    expect(((rates[5] ?? 0) + (rates[6] ?? 0)) / 2).toBeCloseTo(0.005, 12);
    expect(rates[9]).toBeCloseTo(0.005 * (1 - Math.cos(Math.PI / 16)), 12);
    expect(rates.toSpliced(0, 2)).toEqual(rates.slice(2).sort((a, b) => b - a));
    expect(Math.min(...rates)).toBeGreaterThan(0);
  });

  it('begins at once without a warm-up', () => {
    const none = { ...recipe, schedule: 'cosine', warmUp: 0, epochs: 1000 } as const;
    expect(learningRateIn(none, 1, plateau)).toBeCloseTo(0.01, 7);
  });
});
