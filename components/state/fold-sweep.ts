/** State after the worker told something of a sweep; see fold.ts. */
import type { TrainerEvent } from '../../workers/trainer/messages';
import { LossHistory } from './loss-history';
import type { PageState } from './page-state';
import {
  isTraining,
  progressOf,
  type SweepMember,
  type SweepOutcome,
  type SweepState,
} from './sweep-state';

type SweepTrainerEvent = Extract<TrainerEvent, { type: 'sweep' | `sweep-${string}` }>;

/** @param now milliseconds of a clock that only goes forward */
export function foldSweep(state: PageState, event: SweepTrainerEvent, now: number): PageState {
  if (event.type === 'sweep') {
    const members = event.runs.map((run) => ({
      ...run,
      history: new LossHistory(),
      epochs: 0,
      outcome: null,
    }));
    return {
      ...state,
      sweep: { members, words: event.words, engine: null, phase: 'training', pace: null },
      sweepAsked: false,
      announcement: `A sweep of ${String(members.length)} runs is set up.`,
    };
  }
  const { sweep } = state;
  if (sweep === null) return state;
  switch (event.type) {
    case 'sweep-engine':
      return { ...state, sweep: { ...sweep, engine: event.reason } };
    case 'sweep-epochs':
      return { ...state, sweep: withEpochs(sweep, event.epochs, now) };
    case 'sweep-run': {
      const { run, id, scoreboard, map } = event;
      return withOutcome(state, sweep, run, { kind: 'finished', id, scoreboard, map });
    }
    case 'sweep-failed':
      return withOutcome(state, sweep, event.run, { kind: 'failed', reason: event.reason });
    case 'sweep-ended': {
      const { finished, failed } = progressOf(sweep);
      return {
        ...state,
        sweep: { ...sweep, phase: event.stopped ? 'stopped' : 'ended' },
        announcement:
          `The sweep has ${event.stopped ? 'been stopped' : 'ended'}: ` +
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
  event: Extract<TrainerEvent, { type: 'sweep-epochs' }>['epochs'],
  now: number,
): SweepState {
  const members = [...sweep.members];
  for (const { run, record } of event) {
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
        : { ...pace, last: now, epochs: pace.epochs + event.length },
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
