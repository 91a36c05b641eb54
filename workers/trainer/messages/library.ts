/** Saved runs. */
import * as v from 'valibot';
import type { ModelDocument, ModelMap } from '../../../src/model/model';
import { MOST_COMPARED } from '../../../src/report/most-compared';
import type { Timeline } from '../../../src/timeline/timeline';
import type { RunSummary } from '../../../src/storage/run-summary';
import type { EpochRecord } from '../../../src/training/progress';
import { id, name } from './bounds';

export const libraryCommands = [
  /** Answered by runs. */
  v.strictObject({ type: v.literal('list-runs') }),
  /** Show a saved run; an unfinished one can then be resumed. Answered by model or refused. */
  v.strictObject({ type: v.literal('open-run'), id }),
  v.strictObject({ type: v.literal('rename-run'), id, name }),
  v.strictObject({ type: v.literal('delete-run'), id }),
  /** Keep the model that is shown among the runs, under an id that none has yet. Answered by runs or refused. */
  v.strictObject({ type: v.literal('keep-model'), id }),
  /** What saved runs did and learnt, side by side. Answered by compared or refused. */
  v.strictObject({
    type: v.literal('compare'),
    ids: v.pipe(
      v.array(id),
      v.minLength(2, 'choose at least two runs'),
      v.maxLength(MOST_COMPARED, `choose at most ${String(MOST_COMPARED)} runs`),
      v.check((ids) => new Set(ids).size === ids.length, 'choose every run once'),
    ),
  }),
] as const;

/** A saved run, as much of it as is compared. */
export interface StoredRun {
  id: string;
  document: ModelDocument;
  weights: Float32Array;
  map: ModelMap | null;
  /** Empty where the file is a model alone. */
  history: EpochRecord[];
  timeline: Timeline;
}

export type LibraryEvent =
  | { type: 'runs'; runs: RunSummary[] }
  /** In the order asked for. */
  | { type: 'compared'; runs: StoredRun[] };
