/** A finished blind test for tests of what is done with it. */
import { ListeningSession, type ListeningSetup } from '../listening/listening-session';
import type { ListeningTest } from '../listening/listening-test';
import type { Side } from '../listening/trial-plan';
import { FLAT_SETTING } from '../eq/parameters';

const WARM = FLAT_SETTING.map((value, i) => (i === 0 ? 5 : value));

export const LISTENING_SETUP: ListeningSetup = {
  id: 'one',
  startedAt: '2026-05-01T10:00:00.000Z',
  kind: 'abx',
  question: null,
  compared: [
    { name: 'warm', setting: WARM, matchedLu: -1.25 },
    { name: 'bypass', setting: [...FLAT_SETTING], matchedLu: 0 },
  ],
  material: { name: 'Pink noise', startS: 0, endS: 10 },
  levelMatched: true,
  loweredDb: 0.5,
  seed: 7,
  planned: 8,
};

/** Listens to all of a trial and gives an answer after two seconds. */
export function answerTrial(session: ListeningSession, answer: Side): void {
  for (const interval of session.intervals) session.listened(interval, 1);
  session.answer(answer, 2);
}

/** A test answered so, trial by trial. */
export function answeredTest(answers: string, setup: Partial<ListeningSetup> = {}): ListeningTest {
  const session = new ListeningSession({ ...LISTENING_SETUP, ...setup });
  for (const answer of answers) answerTrial(session, answer === 'A' ? 'A' : 'B');
  return session.record();
}
