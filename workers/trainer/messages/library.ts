/** Saved runs. */
import * as v from 'valibot';
import type { ModelDocument, ModelMap } from '../../../src/model/model';
import { MOST_COMPARED } from '../../../src/report/most-compared';
import type { Timeline } from '../../../src/timeline/timeline';
import { noteSchema, type RunSummary } from '../../../src/storage/run-summary';
import type { EpochRecord } from '../../../src/training/progress';
import { fileName, id, libraryFile, name } from './bounds';

export const libraryCommands = [
  /** Answered by runs. */
  v.strictObject({ type: v.literal('list-runs') }),
  /** Show a saved run; an unfinished one can then be resumed. Answered by model or refused. */
  v.strictObject({ type: v.literal('open-run'), id }),
  v.strictObject({ type: v.literal('rename-run'), id, name }),
  v.strictObject({ type: v.literal('delete-run'), id }),
  /** Keep a note with a run; an empty one takes it away. Answered by runs or refused. */
  v.strictObject({ type: v.literal('note-run'), id, note: noteSchema }),
  /** Keep a run once more, under another name. Answered by runs or refused. */
  v.strictObject({ type: v.literal('duplicate-run'), id }),
  /**
   * Put right what a tab left half done, and add what earlier versions did not keep for the list.
   * Answered by runs, and by library-notice where a run came back.
   */
  v.strictObject({ type: v.literal('look-over-runs') }),
  /** All runs in one file. Answered by file or refused. */
  v.strictObject({ type: v.literal('export-library') }),
  /** Keep the runs of such a file beside what is kept. Answered by runs and library-notice, or refused. */
  v.strictObject({
    type: v.literal('import-library'),
    bytes: libraryFile,
    name: v.exactOptional(fileName),
  }),
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
  /** `unreadable`: records that are damaged, or of a later version. */
  | { type: 'runs'; runs: readonly RunSummary[]; unreadable: number }
  /** What came of a command, as a sentence. */
  | { type: 'library-notice'; kind: 'info' | 'success' | 'warning'; text: string }
  /** In the order asked for. */
  | { type: 'compared'; runs: StoredRun[] };
