/** The record of a blind test: what is kept, exported and shown when it is over. */
import * as v from 'valibot';
import { PARAMETER_COUNT } from '../eq/parameters';
import { balancedP, binomialP, forcedChoiceDPrime, wilsonInterval } from './significance';
import { FEWEST_TRIALS, MOST_TRIALS } from './trial-plan';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const finite = v.pipe(v.number(), v.finite());
const from0 = v.pipe(finite, v.minValue(0));
const share = v.pipe(finite, v.minValue(0), v.maxValue(1));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const side = v.picklist(['A', 'B']);

const comparedSchema = v.strictObject({
  name,
  setting: v.pipe(v.array(finite), v.length(PARAMETER_COUNT, 'a setting has 13 numbers')),
  /** What brought it to the loudness of the unprocessed sound, in LU. */
  matchedLu: finite,
});

const trialSchema = v.strictObject({
  /** The right answer: what X was; or, in a forced choice, where the first setting lay. */
  truth: side,
  answer: side,
  /** From the trial's beginning to the answer. */
  seconds: from0,
});

const outcomeSchema = v.strictObject({
  correct: count,
  /** One-sided, against coin tosses. */
  p: share,
  /** One-sided, against someone who answered A as often, given how often A was right. */
  balancedP: share,
  /** 95 % interval of the share of right answers. */
  interval: v.strictTuple([share, share]),
  /** Of a forced choice; for ABX it depends on how a listener compares, so none is given. */
  dPrime: v.nullable(finite),
});

export const listeningTestSchema = v.pipe(
  v.strictObject({
    format: v.literal('warmbright-listening-test'),
    version: v.literal(1),
    id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
    /** ISO 8601, when the first trial began. */
    startedAt: v.pipe(v.string(), v.isoTimestamp('must be a date and time')),
    kind: v.picklist(['abx', '2ifc']),
    /** The word that was asked for: "which is warmer?"; null in ABX. */
    question: v.nullable(name),
    /** ABX: A and B. Forced choice: the one that should be more so, and the other. */
    compared: v.strictTuple([comparedSchema, comparedSchema]),
    material: v.strictObject({ name, startS: from0, endS: from0 }),
    levelMatched: v.boolean(),
    /** What all were lowered by so that none clipped, in dB. */
    loweredDb: from0,
    seed: v.pipe(count, v.maxValue(2 ** 32 - 1)),
    /** How many trials there were to be, said beforehand. */
    planned: v.pipe(count, v.minValue(FEWEST_TRIALS), v.maxValue(MOST_TRIALS)),
    trials: v.pipe(v.array(trialSchema), v.maxLength(MOST_TRIALS)),
    /**
     * Null where not all of the trials were answered: a p-value holds for a number of trials that
     * was fixed beforehand, and not where the listener decides when to stop.
     */
    outcome: v.nullable(outcomeSchema),
  }),
  v.check(({ trials, planned }) => trials.length <= planned, 'has more trials than were planned'),
  v.check(
    ({ trials, planned, outcome }) => (outcome === null) === trials.length < planned,
    'has an outcome if and only if all trials were answered',
  ),
  v.check(
    ({ trials, outcome }) => outcome === null || outcome.correct === correctOf(trials),
    'must count its right answers',
  ),
  v.check(
    ({ kind, question }) => (kind === 'abx') === (question === null),
    'asks for a word in a forced choice, and only there',
  ),
);

export type ListeningTest = v.InferOutput<typeof listeningTestSchema>;
export type Trial = v.InferOutput<typeof trialSchema>;
type Outcome = v.InferOutput<typeof outcomeSchema>;

/** The outcome of all the trials of a test. */
export function outcomeOf(kind: ListeningTest['kind'], trials: readonly Trial[]): Outcome {
  const correct = correctOf(trials);
  const timesA = (which: 'truth' | 'answer'): number =>
    trials.filter((trial) => trial[which] === 'A').length;
  const [low, high] = wilsonInterval(correct, trials.length);
  return {
    correct,
    p: binomialP(correct, trials.length),
    balancedP: balancedP(correct, trials.length, timesA('truth'), timesA('answer')),
    interval: [low, high],
    dPrime: kind === '2ifc' ? forcedChoiceDPrime(correct, trials.length) : null,
  };
}

function correctOf(trials: readonly Trial[]): number {
  return trials.filter(({ truth, answer }) => truth === answer).length;
}
