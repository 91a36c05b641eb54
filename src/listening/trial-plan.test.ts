import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { FEWEST_TRIALS, MOST_TRIALS, trialPlan, USUAL_TRIALS } from './trial-plan';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const lengths = fc.integer({ min: FEWEST_TRIALS, max: MOST_TRIALS });
const timesA = (plan: readonly string[]): number => plan.filter((side) => side === 'A').length;

describe('the plan of a blind test', () => {
  it('is the same for the same seed', () => {
    expect(trialPlan(7, 8).join('')).toBe('BBAABBAA');
    fc.assert(
      fc.property(seeds, lengths, (seed, n) => {
        expect(trialPlan(seed, n)).toEqual(trialPlan(seed, n));
      }),
    );
  });

  it('has each side in half of the trials', () => {
    fc.assert(
      fc.property(seeds, lengths, (seed, n) => {
        const plan = trialPlan(seed, n);
        expect(plan).toHaveLength(n);
        expect(Math.abs(2 * timesA(plan) - n)).toBe(n % 2);
      }),
    );
  });

  it('favours neither side, at any place or where the number is odd', () => {
    const plans = Array.from({ length: 4000 }, (_, seed) => trialPlan(seed, USUAL_TRIALS));
    for (let place = 0; place < USUAL_TRIALS; place++) {
      const a = plans.filter((plan) => plan[place] === 'A').length;
      // Four standard deviations of 4000 coins.
      expect(Math.abs(a - 2000)).toBeLessThan(127);
    }
    const odd = Array.from({ length: 4000 }, (_, seed) => timesA(trialPlan(seed, 5)));
    expect(Math.abs(odd.filter((times) => times === 3).length - 2000)).toBeLessThan(127);
  });

  it('cannot be told from one trial to the next', () => {
    // A trial is like the one before in 7 of 15 cases where 8 of 16 are A: not more, not less.
    const plans = Array.from({ length: 2000 }, (_, seed) => trialPlan(seed, USUAL_TRIALS));
    const alike = plans.map(
      (plan) => plan.filter((side, i) => i > 0 && side === plan[i - 1]).length,
    );
    const share = alike.reduce((sum, n) => sum + n, 0) / (2000 * 15);
    expect(Math.abs(share - 7 / 15)).toBeLessThan(0.012);
    expect(new Set(plans.map((plan) => plan.join(''))).size).toBeGreaterThan(1700);
  });
});
