/** State after the worker told something of a sweep; see fold.ts. */
import type { Told } from '../../workers/trainer/protocol';
import { LossHistory } from './loss-history';
import type { PageState } from './page-state';
import {
  isTraining,
  progressOf,
  type SweepMember,
  type SweepOutcome,
  type SweepState,
} from './sweep-state';

type SweepTold = Extract<Told, { type: 'sweep' | `sweep-${string}` }>;

/** @param now milliseconds of a clock that only goes forward */
export function foldSweep(state: PageState, told: SweepTold, now: number): PageState {
  if (told.type === 'sweep') {
    const members = told.runs.map((run) => ({
      ...run,
      history: new LossHistory(),
      epochs: 0,
      outcome: null,
    }));
    return {
      ...state,
      sweep: { members, words: told.words, engine: null, phase: 'training', pace: null },
      sweepAsked: false,
      sweepShown: true,
      announcement: `A sweep of ${String(members.length)} runs is set up.`,
    };
  }
  const { sweep } = state;
  if (sweep === null) return state;
  switch (told.type) {
    case 'sweep-engine':
      return { ...state, sweep: { ...sweep, engine: told.reason } };
    case 'sweep-epochs':
      return { ...state, sweep: withEpochs(sweep, told.epochs, now) };
    case 'sweep-run': {
      const { run, id, scoreboard, map } = told;
      return withOutcome(state, sweep, run, { kind: 'finished', id, scoreboard, map });
    }
    case 'sweep-failed':
      return withOutcome(state, sweep, told.run, { kind: 'failed', reason: told.reason });
    case 'sweep-ended': {
      const { finished, failed } = progressOf(sweep);
      return {
        ...state,
        sweep: { ...sweep, phase: told.stopped ? 'stopped' : 'ended' },
        announcement:
          `The sweep has ${told.stopped ? 'been stopped' : 'ended'}: ` +
          `${String(finished)} of ${String(sweep.members.length)} runs finished, ${String(failed)} failed.`,
      };
    }
  }
}

/** The worker went down, and a sweep that trained or was asked for with it. */
export function breakSweep(state: PageState): PageState {
  const { sweep } = state;
  const broken = sweep !== null && isTraining(sweep);
  return {
    ...state,
    sweep: broken ? { ...sweep, phase: 'broken' } : sweep,
    sweepAsked: false,
  };
}

function withEpochs(
  sweep: SweepState,
  told: Extract<Told, { type: 'sweep-epochs' }>['epochs'],
  now: number,
): SweepState {
  const members = [...sweep.members];
  for (const { run, record } of told) {
    const member = members[run];
    if (member === undefined) continue;
    // A run whose device was lost begins anew.
    const history = record.epoch <= member.epochs ? new LossHistory() : member.history;
    history.append(record);
    members[run] = { ...member, history, epochs: record.epoch };
  }
  const { pace } = sweep;
  return {
    ...sweep,
    members,
    pace:
      pace === null
        ? { first: now, last: now, epochs: 0 }
        : { ...pace, last: now, epochs: pace.epochs + told.length },
  };
}

function withOutcome(
  state: PageState,
  sweep: SweepState,
  run: number,
  outcome: SweepOutcome,
): PageState {
  const members = sweep.members.map((member, index): SweepMember =>
    index === run ? { ...member, outcome } : member,
  );
  return {
    ...state,
    sweep: { ...sweep, members },
    announcement: `Run ${String(run + 1)} of ${String(members.length)} ${
      outcome.kind === 'finished' ? 'has finished.' : `failed: ${outcome.reason}`
    }`,
  };
}
