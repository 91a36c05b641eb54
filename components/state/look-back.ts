/** What is kept of the epoch that is looked back at; the model itself where none is. */
import type { Scoreboard } from '../../src/model/model';
import { frameAt, scoreboardAt, type TimelineFrame } from '../../src/timeline/timeline';
import type { PageState } from './page-state';

type LookedAt = Pick<PageState, 'cursor' | 'timeline' | 'model'>;

/** Epochs that can be looked at, the model's own last; empty where there is nothing to look back at. */
export function epochsToLookAt({ timeline, model }: LookedAt): readonly number[] {
  const newest = model?.document.run?.epochs ?? 0;
  const before = timeline.frames.map(({ epoch }) => epoch).filter((epoch) => epoch < newest);
  return before.length === 0 ? [] : [...before, newest];
}

/** The frame of that epoch; null: the model's own map and words. */
export function frameLookedAt({ cursor, timeline }: LookedAt): TimelineFrame | null {
  return cursor === null ? null : frameAt(timeline, cursor);
}

/** The figures that were known by then; null where none were. */
export function scoreboardLookedAt({ cursor, timeline, model }: LookedAt): Scoreboard | null {
  if (cursor !== null) return scoreboardAt(timeline, cursor);
  return model?.document.run?.scoreboard ?? null;
}
