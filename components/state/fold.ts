/** State after the worker told something. Pure, except that the history grows in place. */
import { counted, plural, thousands } from '../../src/base/number-text';
import type { Scoreboard } from '../../src/model/model';
import { EMPTY_TIMELINE, mostFrames, withFrame, withScoreboard } from '../../src/timeline/timeline';
import type { EventOf, TrainerEvent } from '../../workers/trainer/messages';
import { withApart } from './drawn-apart';
import { withModel } from './explore';
import { foldSweep } from './fold-sweep';
import { LossHistory } from './loss-history';
import type { CleanedData, PageState, ResponseErrors, RunState, ShownModel } from './page-state';
import { wordsWithRows } from './usual-words';

/** Share of the newest epoch in the smoothed pace. */
const PACE_SHARE = 0.2;
/** How many times a run's progress is announced to screen readers. */
const ANNOUNCEMENTS = 10;

type Folded = Exclude<
  TrainerEvent,
  { type: 'file' | 'link' | 'library-notice' | 'refused' | 'trouble' }
>;

/** @param now milliseconds of a clock that only goes forward */
export function fold(state: PageState, event: Folded, now = performance.now()): PageState {
  switch (event.type) {
    case 'data-loaded': {
      const { sha256, rows, contributors, rejected, rejectedTotal, synthetic, reading } = event;
      const name = event.name ?? 'data set of the open run';
      return {
        ...state,
        // Another file may have been sent meanwhile.
        reading: state.reading?.name === event.name ? null : state.reading,
        foreignColumns: null,
        data: {
          ...{ name, sha256, synthetic, rows, contributors, rejected, rejectedTotal, reading },
          ...(event.takeBack === true && { takeBack: true }),
        },
        audit: null,
        evaluation: null,
        cleaned: null,
        chosenWords: new Set(),
        announcement: `${name}: ${thousands(rows)} ${plural(rows, 'row')} read, ${thousands(rejectedTotal)} not usable.`,
      };
    }
    case 'reading':
      return foldReading(state, event.share);
    case 'columns-needed': {
      const { names, guess } = event;
      return { ...state, foreignColumns: { names, guess } };
    }
    case 'audit':
      return { ...state, audit: event.report };
    case 'cleaned': {
      const cleaned = { ...event.cleaning, words: event.words };
      return { ...state, cleaned, chosenWords: chosenAmong(state, cleaned) };
    }
    case 'engine': {
      const { choice, name, device, reason } = event;
      return { ...state, engineChoice: choice, engine: { choice, name, device, reason } };
    }
    case 'run': {
      const history = new LossHistory(event.history);
      const run = runOf(event);
      return {
        ...state,
        run,
        recipe: run.recipe,
        history,
        timeline: EMPTY_TIMELINE,
        cursor: null,
        epochs: history.length,
        errors: [],
        secondsPerEpoch: null,
        stepsPerSecond: null,
        savedEpoch: history.length > 0 ? history.length : null,
        measuring: null,
        announcement: `Run ${run.name} is set up.`,
      };
    }
    case 'phase':
      return {
        ...state,
        phase: event.phase,
        announcement:
          event.phase === 'done' || event.phase === 'paused'
            ? `Training is ${event.phase} after ${counted(state.epochs, 'epoch')}.`
            : state.announcement,
      };
    case 'epoch':
      return foldEpoch(state, event);
    case 'model': {
      const { source, document, weights, map } = event;
      const { settings, contributors } = event.sameRows === true ? rowsBefore(state) : event;
      const model = { source, document, weights, map, settings, contributors };
      const opened = source !== 'training' && source !== 'run';
      return {
        ...state,
        model,
        modelLink: null,
        evaluation: null,
        sharedFile: null,
        apart: null,
        ...withModel(state, model),
        ...(opened && {
          run: null,
          history: new LossHistory(),
          timeline: EMPTY_TIMELINE,
          cursor: null,
          epochs: 0,
          errors: [],
          phase: 'idle',
        }),
        ...(!opened && { errors: withErrors(state.errors, document.run?.scoreboard ?? null) }),
        ...(opened && {
          announcement: `A model of ${String(document.words.length)} words is open.`,
        }),
      };
    }
    case 'map-drawn':
      return { ...state, ...withApart(event.apart) };
    case 'timeline':
      return foldTimeline(state, event);
    case 'shared-file':
      return { ...state, sharedFile: event.bytes };
    case 'evaluated': {
      const { scoreboard, note } = event;
      return {
        ...state,
        evaluation: { scoreboard, note },
        announcement: 'The model is measured on the loaded data.',
      };
    }
    case 'saved':
      return { ...state, savedEpoch: event.epoch };
    case 'measuring':
      return { ...state, measuring: event.share };
    case 'runs':
      return {
        ...state,
        runs: event.runs,
        unreadableRuns: event.unreadable,
        runsProblem: null,
        leaving: state.leaving.filter(({ id }) => event.runs.some((run) => run.id === id)),
      };
    case 'compared':
      return {
        ...state,
        compared: event.runs,
        announcement: `${String(event.runs.length)} runs are compared.`,
      };
    case 'listening-tests':
      return { ...state, listening: { kept: event.kept, problem: null } };
    case 'sweep':
    case 'sweep-engine':
    case 'sweep-epochs':
    case 'sweep-run':
    case 'sweep-failed':
    case 'sweep-ended':
      return foldSweep(state, event, now);
  }
}

/** With what was added to the run's timeline, after the rest. */
function foldTimeline(state: PageState, { frames, scoreboards }: EventOf<'timeline'>): PageState {
  const words = state.run?.words.length ?? 0;
  return {
    ...state,
    timeline: {
      frames: frames.reduce(
        (all, frame) => withFrame(all, frame, mostFrames(frame.points.length / 2, words)),
        state.timeline.frames,
      ),
      scoreboards: scoreboards.reduce(withScoreboard, state.timeline.scoreboards),
    },
    errors: scoreboards.reduce(withErrors, state.errors),
  };
}

/** Most frames bring figures that are known already. */
function withErrors(
  errors: readonly ResponseErrors[],
  scoreboard: Scoreboard | null,
): readonly ResponseErrors[] {
  const { epoch = null, on, training, responseErrorDb = null } = scoreboard ?? {};
  if (epoch === null || responseErrorDb === null || epoch <= (errors.at(-1)?.epoch ?? 0)) {
    return errors;
  }
  const beside = training?.responseErrorDb ?? null;
  const both = on === 'held-out rows' && beside !== null;
  return [
    ...errors,
    both
      ? { epoch, heldOut: responseErrorDb, training: beside }
      : { epoch, heldOut: null, training: responseErrorDb },
  ];
}

/**
 * The words to train on once there are other words than before: those ticked by default, unless
 * somebody has chosen; what they chose stays chosen as long as it is offered.
 */
function chosenAmong(state: PageState, cleaned: CleanedData): ReadonlySet<string> {
  const { chosenWords, minimumRows } = state;
  const before = wordsWithRows(state, minimumRows);
  const untouched =
    before.size === chosenWords.size && [...before].every((word) => chosenWords.has(word));
  if (untouched) return wordsWithRows({ ...state, cleaned }, minimumRows);
  const offered = cleaned.words.filter(({ rows }) => rows >= minimumRows).map(({ word }) => word);
  return new Set(offered.filter((word) => chosenWords.has(word)));
}

/** That a file takes its time is announced once; how far it is can be looked up. */
function foldReading(state: PageState, share: number | null): PageState {
  const { reading } = state;
  if (reading === null) return state;
  return {
    ...state,
    reading: { ...reading, share },
    announcement:
      reading.share === null && share !== null
        ? `Reading ${reading.name}, which can be cancelled.`
        : state.announcement,
  };
}

function foldEpoch(state: PageState, event: Extract<TrainerEvent, { type: 'epoch' }>): PageState {
  const { record, steps, seconds } = event;
  state.history.append(record);
  const secondsPerEpoch =
    state.secondsPerEpoch === null
      ? seconds
      : state.secondsPerEpoch + PACE_SHARE * (seconds - state.secondsPerEpoch);
  const planned = state.run?.recipe.epochs ?? record.epoch;
  const stride = Math.max(1, Math.round(planned / ANNOUNCEMENTS));
  return {
    ...state,
    epochs: state.history.length,
    secondsPerEpoch,
    stepsPerSecond: steps / secondsPerEpoch,
    announcement:
      record.epoch % stride === 0
        ? `Epoch ${String(record.epoch)} of ${String(planned)}, total loss ${record.total.toFixed(3)}.`
        : state.announcement,
  };
}

function runOf(event: Extract<TrainerEvent, { type: 'run' }>): RunState {
  const { id, name, recipe, words, trainingRows, heldOutRows } = event;
  const { stepsPerEpoch, resumable, reason, history } = event;
  return {
    ...{ id, name, recipe, words, trainingRows, heldOutRows, stepsPerEpoch, resumable, reason },
    openedAt: history.length,
  };
}

/** What the model before was of. */
function rowsBefore({ model }: PageState): Pick<ShownModel, 'settings' | 'contributors'> {
  return { settings: model?.settings ?? null, contributors: model?.contributors ?? null };
}
