import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { answeredTest } from '../testing/listening-test';
import { listeningTestSchema } from './listening-test';

const whole = answeredTest('ABABABAB');
const forced = answeredTest('ABABABAB', { kind: '2ifc', question: '=warm' });
const unfinished = answeredTest('ABA');

describe('the record of a blind test', () => {
  it('comes back from JSON as it was', () => {
    for (const test of [whole, forced, unfinished, answeredTest('')]) {
      expect(v.parse(listeningTestSchema, JSON.parse(JSON.stringify(test)))).toEqual(test);
    }
  });

  it('has d′ in a forced choice only', () => {
    expect(whole.outcome?.dPrime).toBeNull();
    expect(forced.outcome?.dPrime).toBeTypeOf('number');
  });

  it('is refused when damaged, or when its parts contradict one another', () => {
    const damaged = [
      null,
      { ...whole, format: 'another' },
      { ...whole, version: 2 },
      { ...whole, more: 1 },
      { ...whole, startedAt: 'yesterday' },
      { ...whole, seed: 2 ** 32 },
      { ...whole, planned: 4 },
      { ...whole, planned: 7 },
      { ...whole, planned: 9 },
      { ...whole, outcome: null },
      { ...whole, outcome: { ...whole.outcome, correct: 8 } },
      { ...whole, outcome: { ...whole.outcome, p: 2 } },
      { ...whole, question: 'warm' },
      { ...forced, question: null },
      { ...whole, trials: whole.trials.map((trial) => ({ ...trial, answer: 'X' })) },
      { ...unfinished, outcome: whole.outcome },
      { ...whole, compared: [whole.compared[0]] },
      { ...whole, compared: whole.compared.map((one) => ({ ...one, setting: [1, 2] })) },
    ];
    for (const record of damaged) expect(v.is(listeningTestSchema, record)).toBe(false);
  });
});
