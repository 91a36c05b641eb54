/** Blind tests as one table, a row a trial, for other programs. */
import type { Cell, TextTable } from '../base/table-text';
import type { ListeningTest } from './listening-test';

const COLUMNS = [
  'test',
  'started at',
  'kind',
  'question',
  'first setting',
  'second setting',
  'material',
  'loop start s',
  'loop end s',
  'level matched',
  'first matched by LU',
  'second matched by LU',
  'all lowered by dB',
  'seed',
  'planned trials',
  'trial',
  'right answer',
  'answer',
  'correct',
  'seconds',
  'score',
  'binomial p',
  'Fisher p for the balanced order',
] as const;

/**
 * Everything but the settings' numbers. Score and p are those of the whole test, on each of its
 * rows, and empty for an unfinished one. A test without an answer has one row, without a trial.
 */
export function listeningTable(tests: readonly ListeningTest[]): TextTable {
  return { columns: COLUMNS, rows: tests.flatMap(rowsOf) };
}

function rowsOf(test: ListeningTest): Cell[][] {
  const { compared, material, outcome, trials } = test;
  const [first, second] = compared;
  const session = [
    test.id,
    test.startedAt,
    test.kind,
    test.question,
    first.name,
    second.name,
    material.name,
    String(material.startS),
    String(material.endS),
    test.levelMatched ? 'yes' : 'no',
    String(first.matchedLu),
    String(second.matchedLu),
    String(test.loweredDb),
    String(test.seed),
    String(test.planned),
  ];
  const score =
    outcome === null
      ? [null, null, null]
      : [String(outcome.correct), String(outcome.p), String(outcome.balancedP)];
  if (trials.length === 0) return [[...session, null, null, null, null, null, ...score]];
  return trials.map(({ truth, answer, seconds }, i) => [
    ...session,
    String(i + 1),
    truth,
    answer,
    truth === answer ? 'yes' : 'no',
    seconds.toFixed(2),
    ...score,
  ]);
}
