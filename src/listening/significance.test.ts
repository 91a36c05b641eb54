import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { balancedP, binomialP, forcedChoiceDPrime, wilsonInterval } from './significance';

/** Values of SciPy 1.17: binomtest(correct, trials, 0.5, 'greater'), its Wilson interval too. */
const SCIPY = [
  [16, 16, 1.52587890625e-5, 0.8063923194655637, 1],
  [12, 16, 0.0384063720703125, 0.5050168346449122, 0.8981793250878696],
  [11, 16, 0.1050567626953125, 0.44404355834740666, 0.8583535614521796],
  [8, 16, 0.5981903076171875, 0.27999563610326017, 0.7200043638967398],
  [0, 16, 1, 0, 0.1936076805344365],
  [5, 5, 0.03125, 0.5655175352168251, 1],
  [60, 100, 0.028443966820490444, 0.5020025867910618, 0.6905987135675411],
  [63, 100, 0.0060164878626817395, 0.5322052958094291, 0.7181763946567546],
  [100, 100, 7.888609052210118e-31, 0.9630065017930143, 1],
  [260, 500, 0.19775538571742923, 0.47622345295527013, 0.5634715734262677],
] as const;

const test = fc
  .integer({ min: 1, max: 50 })
  .chain((trials) => fc.tuple(fc.integer({ min: 0, max: trials - 1 }), fc.constant(trials)));

describe('the p-value against coin tosses', () => {
  it.each(SCIPY)('of %i in %i is that of SciPy', (correct, trials, p) => {
    expect(Math.abs(binomialP(correct, trials) / p - 1)).toBeLessThan(1e-12);
  });

  it('is exact by hand', () => {
    expect(binomialP(3, 5)).toBe((10 + 5 + 1) / 32);
    expect(binomialP(7, 7)).toBe(2 ** -7);
    expect(binomialP(1000, 1000)).toBe(2 ** -1000);
    expect(binomialP(0, 0)).toBe(1);
  });

  it('falls with every right answer, and its two tails make up the whole', () => {
    fc.assert(
      fc.property(test, ([correct, trials]) => {
        expect(binomialP(correct + 1, trials)).toBeLessThan(binomialP(correct, trials));
        const below = binomialP(trials - correct, trials);
        expect(binomialP(correct + 1, trials) + below).toBeCloseTo(1, 14);
      }),
    );
  });

  it('is refused for counts that cannot be', () => {
    for (const [correct, trials] of [
      [3, 2],
      [-1, 2],
      [0.5, 2],
      [1, 1001],
      [0, -1],
    ] as const) {
      expect(() => binomialP(correct, trials)).toThrow(RangeError);
    }
  });
});

describe('the p-value for a balanced order', () => {
  it('is that of the lady who tastes tea', () => {
    // Four of eight cups, all told: 1 in 70; three of the four: 17 in 70.
    expect(balancedP(8, 8, 4, 4)).toBe(1 / 70);
    expect(balancedP(6, 8, 4, 4)).toBe(17 / 70);
  });

  it('is larger than that of coins for who balances the answers too', () => {
    // (28² + 8² + 1) / 12870, where coins give 0.038.
    expect(balancedP(12, 16, 8, 8)).toBeCloseTo(849 / 12870, 15);
    expect(binomialP(12, 16)).toBeLessThan(0.04);
  });

  it('says nothing against who always answers the same', () => {
    expect(balancedP(8, 16, 8, 16)).toBe(1);
    expect(balancedP(3, 5, 2, 0)).toBe(1);
  });

  it('is what all orders together say, one by one', () => {
    // Answers AABABB, three of them A, against every order of 3 A and 3 B.
    const answers = 'AABABB';
    const orders = Array.from({ length: 64 }, (_, bits) =>
      Array.from(answers, (_side, i) => ((bits >> i) & 1 ? 'A' : 'B')),
    ).filter((order) => order.filter((side) => side === 'A').length === 3);
    const right = orders.map((order) => order.filter((side, i) => side === answers[i]).length);
    for (const correct of [0, 2, 4, 6]) {
      const share = right.filter((count) => count >= correct).length / orders.length;
      expect(balancedP(correct, 6, 3, 3)).toBeCloseTo(share, 15);
    }
  });

  it('is refused for counts that contradict one another', () => {
    expect(() => balancedP(7, 8, 4, 4)).toThrow(RangeError);
    expect(() => balancedP(8, 8, 4, 2)).toThrow(RangeError);
  });
});

describe('the interval of the share of right answers', () => {
  it.each(SCIPY)('of %i in %i is SciPy’s Wilson interval', (correct, trials, _p, low, high) => {
    const interval = wilsonInterval(correct, trials);
    expect(interval[0]).toBeCloseTo(low, 13);
    expect(interval[1]).toBeCloseTo(high, 13);
  });
});

describe('d′ of a forced choice', () => {
  it('is √2 times the normal quantile of the share, as SciPy has it', () => {
    expect(forcedChoiceDPrime(8, 16)).toBeCloseTo(0, 13);
    expect(forcedChoiceDPrime(12, 16)).toBeCloseTo(0.9538725524089398, 12);
    expect(forcedChoiceDPrime(90, 100)).toBeCloseTo(1.8123876048736465, 12);
    expect(forcedChoiceDPrime(4, 16)).toBeCloseTo(-0.9538725524089398, 12);
  });

  it('has an end where all are right', () => {
    expect(forcedChoiceDPrime(16, 16)).toBeCloseTo(2.6343006699722618, 12);
    expect(forcedChoiceDPrime(0, 16)).toBeCloseTo(-2.6343006699722618, 12);
  });
});
