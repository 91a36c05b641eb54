import { describe, expect, it } from 'vitest';
import fc from '../testing/fast-check';
import { answeredTest, answerTrial, LISTENING_SETUP } from '../testing/listening-test';
import { HEARD_S, ListeningSession } from './listening-session';
import { trialPlan } from './trial-plan';

const [WARM, BYPASS] = LISTENING_SETUP.compared.map(({ setting }) => setting);
const FORCED = { ...LISTENING_SETUP, kind: '2ifc', question: 'warm' } as const;

describe('a session of ABX', () => {
  it('plays the same A and B in every trial, and as X the one that the plan says', () => {
    const session = new ListeningSession(LISTENING_SETUP);
    for (const truth of trialPlan(LISTENING_SETUP.seed, LISTENING_SETUP.planned)) {
      expect(session.settingOf('A')).toBe(WARM);
      expect(session.settingOf('B')).toBe(BYPASS);
      expect(session.settingOf('X')).toBe(truth === 'A' ? WARM : BYPASS);
      answerTrial(session, 'A');
    }
    expect(session.over).toBe(true);
  });

  it('takes no answer before A, B and X have each been heard', () => {
    const session = new ListeningSession(LISTENING_SETUP);
    for (const interval of ['A', 'B', 'X'] as const) {
      expect(session.canAnswer).toBe(false);
      expect(() => {
        session.answer('A', 1);
      }).toThrow('yet');
      session.listened(interval, HEARD_S / 2);
      expect(session.heard(interval)).toBe(false);
      session.listened(interval, HEARD_S / 2);
      expect(session.heard(interval)).toBe(true);
    }
    session.answer('A', 1);
    // And the next trial begins with nothing heard.
    expect(session.canAnswer).toBe(false);
    expect(session.answered).toBe(1);
  });
});

describe('a session of forced choice', () => {
  it('plays the first setting where the plan says, and the other in the other place', () => {
    const session = new ListeningSession(FORCED);
    expect(session.intervals).toEqual(['A', 'B']);
    for (const truth of trialPlan(FORCED.seed, FORCED.planned)) {
      expect(session.settingOf(truth)).toBe(WARM);
      expect(session.settingOf(truth === 'A' ? 'B' : 'A')).toBe(BYPASS);
      answerTrial(session, 'B');
    }
  });
});

describe('the record of a session', () => {
  it('has all that was right and answered, and the score when it is over', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        fc.array(fc.constantFrom('A', 'B'), { minLength: 5, maxLength: 100 }),
        (seed, answers) => {
          const planned = answers.length;
          const { trials, outcome } = answeredTest(answers.join(''), { seed, planned });
          expect(trials.map(({ truth }) => truth)).toEqual(trialPlan(seed, planned));
          expect(trials.map(({ answer }) => answer)).toEqual(answers);
          const correct = trials.filter(({ truth, answer }) => truth === answer).length;
          expect(outcome?.correct).toBe(correct);
        },
      ),
    );
  });

  it('of who knows every answer has p = ½ to the power of the trials', () => {
    const plan = trialPlan(3, 20).join('');
    const { outcome } = answeredTest(plan, { seed: 3, planned: 20 });
    expect(outcome).toMatchObject({ correct: 20, p: 2 ** -20, balancedP: 1 / 184_756 });
  });

  it('of some of the trials has no outcome', () => {
    const { trials, outcome } = answeredTest('AAA');
    expect(trials).toHaveLength(3);
    expect(outcome).toBeNull();
  });
});
