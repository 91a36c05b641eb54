import { describe, expect, it } from 'vitest';
import { answeredTest, LISTENING_SETUP } from '../testing/listening-test';
import { trialPlan } from './trial-plan';
import { comparative, meaningOf, percentText, pText, titleOf } from './words';

const plan = trialPlan(LISTENING_SETUP.seed, LISTENING_SETUP.planned).join('');
const swapped = plan.replaceAll(/./g, (side) => (side === 'A' ? 'B' : 'A'));
const forced = { kind: '2ifc', question: 'warm' } as const;

describe('the comparative of a word', () => {
  it('has its ending where English has one', () => {
    const words = ['warm', 'airy', 'thin', 'close', 'bright', 'bass', 'cálido'];
    expect(words.map(comparative)).toEqual([
      'warmer',
      'airier',
      'thinner',
      'closer',
      'brighter',
      'more “bass”',
      'more “cálido”',
    ]);
  });
});

describe('what a result means', () => {
  it('says what was heard where guessing is unlikely', () => {
    // 2^-8 against coins; 1 in 70 for a balanced order, which is the one that counts.
    expect(meaningOf(answeredTest(plan)).join(' ')).toBe(
      'You identified X correctly in 8 of 8 trials. Someone who only guesses does at least as well in ' +
        '1.4 % of such tests, so it is likely that you can tell “warm” from “bypass” on this sound.',
    );
    expect(meaningOf(answeredTest(plan, forced)).join(' ')).toMatch(
      /^You found “warm” warmer than “bypass” in 8 of 8 .* likely that to you “warm” is warmer/,
    );
  });

  it('never says that two sounds are the same', () => {
    const constant = meaningOf(answeredTest('AAAAAAAA')).join(' ');
    expect(constant).toContain('in 4 of 8 trials');
    expect(constant).toContain('at least as well in 100 % of such tests');
    expect(constant).toContain('does not show that there is none either');
    expect(constant).not.toContain('taken for each other');
  });

  it('points out answers that are wrong too often', () => {
    expect(meaningOf(answeredTest(swapped)).at(-1)).toContain('taken for each other');
    expect(meaningOf(answeredTest(swapped, forced)).at(-1)).toContain('rather be “bypass”');
  });

  it('goes by the larger of the two p-values', () => {
    // 12 of 16 with 8 answers of A: 0.038 against coins, 0.066 for the balanced order.
    const long = trialPlan(1, 16);
    let flips = { A: 2, B: 2 };
    const answers = long.map((side) => {
      if (flips[side] === 0) return side;
      flips = { ...flips, [side]: flips[side] - 1 };
      return side === 'A' ? 'B' : 'A';
    });
    const test = answeredTest(answers.join(''), { seed: 1, planned: 16 });
    expect(test.outcome?.p).toBeCloseTo(0.0384, 4);
    expect(meaningOf(test).join(' ')).toContain('6.6 % of such tests, so this test does not show');
  });

  it('gives no figure for an unfinished test', () => {
    expect(meaningOf(answeredTest('AB')).join(' ')).toMatch(/after 2 of 8 trials.*no p-value/);
  });
});

describe('names and figures', () => {
  it('name what was compared', () => {
    expect(titleOf(answeredTest(plan))).toBe('ABX: warm and bypass');
    expect(titleOf(answeredTest(plan, forced))).toBe('Which is warmer? warm or bypass');
  });

  it('have two figures that count', () => {
    expect([0.5, 0.03841, 2 ** -16, 1e-12].map(percentText)).toEqual([
      '50 %',
      '3.8 %',
      '0.0015 %',
      'less than 0.000001 %',
    ]);
    expect([1, 0.03841, 2 ** -16, 2 ** -30].map(pText)).toEqual([
      '1',
      '0.038',
      '0.000015',
      'less than 0.000001',
    ]);
  });
});
