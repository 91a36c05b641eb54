/** A saved run as the list of runs shows it. */
import * as v from 'valibot';
import { checked } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { scoreboardSchema } from '../model/model';
import { LONGEST_NOTE } from '../base/library-bounds';
import { LONGEST_THUMBNAIL } from '../figures/thumbnail';

/** More words of a run are not searched. */
export const MOST_WORDS = 1000;
/** Of a recipe in words. */
export const LONGEST_RECIPE = 200;

/** A text of one's own: of lines, without other control characters. */
export const noteSchema = v.pipe(
  v.string(),
  v.maxLength(LONGEST_NOTE, `a note has at most ${String(LONGEST_NOTE)} characters`),
  v.check(
    (text) => !/[^\P{Cc}\n]/u.test(text),
    'it holds a control character other than a line break',
  ),
);

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const runSummarySchema = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  name: v.pipe(v.string(), v.maxLength(200)),
  /** Milliseconds since 1970 of the last change. */
  savedAt: v.pipe(v.number(), v.finite()),
  epochs: count,
  plannedEpochs: count,
  finished: v.boolean(),
  synthetic: v.boolean(),
  scoreboard: v.nullable(scoreboardSchema),
  /** Size of the run's file. */
  bytes: count,
  /** How often the run was saved; left out by versions that did not count. */
  revision: v.optional(count),
  /** In label order. Left out, as what follows, by versions that kept nothing for a library. */
  words: v.optional(
    v.pipe(
      v.array(v.strictObject({ word: v.pipe(v.string(), v.maxLength(200)), rows: count })),
      v.maxLength(MOST_WORDS),
    ),
  ),
  /** The recipe in words. */
  recipe: v.optional(v.pipe(v.string(), v.maxLength(LONGEST_RECIPE))),
  /** See thumbnail.ts; left out where there is no map. */
  thumbnail: v.optional(
    v.pipe(
      v.instance(Uint8Array),
      v.check(({ length }) => length <= LONGEST_THUMBNAIL, 'it is too long'),
    ),
  ),
  /** What its owner wrote about it; left out where that is nothing. */
  note: v.optional(noteSchema),
});

export type RunSummary = v.InferOutput<typeof runSummarySchema>;

/** What a saver last knew of a run's record: by it a record is told that another tab has changed. */
export interface SavedAs {
  readonly revision: number;
  readonly name: string;
}

/** What is known of a run by its summary. */
export function savedAs({ revision = 0, name }: RunSummary): SavedAs {
  return { revision, name };
}

/**
 * The record that takes a stored one's place.
 *
 * @param record as the storage has it; undefined where it has none
 * @param known  what the saver last knew of it; null for a run that is new
 * @returns the summary under the name that another tab may have given the run meanwhile
 * @throws InputError where another tab has saved or deleted the run
 */
export function nextRecord(
  record: unknown,
  summary: RunSummary,
  known: SavedAs | null,
): RunSummary & SavedAs {
  const stored = record === undefined ? null : checked(runSummarySchema, record, 'The saved run');
  if ((stored === null) !== (known === null)) {
    throw new InputError(
      stored === null
        ? 'This run was deleted in another tab, so it is not saved any more: download the model to keep it.'
        : 'A run of that id is saved here already.',
    );
  }
  if (stored === null || known === null) return { ...summary, revision: 1 };
  const { revision, name } = savedAs(stored);
  if (revision !== known.revision) {
    throw new InputError(
      'This run was saved by another tab meanwhile, and that stands: open it again to go on from there, or download the model that is shown here.',
    );
  }
  const { note } = stored;
  return {
    ...summary,
    // Nobody who trains a run knows what was written about it meanwhile.
    ...(note !== undefined && { note }),
    name: name === known.name ? summary.name : name,
    revision: revision + 1,
  };
}

/**
 * The summaries among the records, the one saved last first; damaged records are left out. A run goes
 * by its record's key, by which alone it can be opened and deleted, whatever id stands inside.
 *
 * @param entries key and record, as the storage has them
 */
export function summariesOf(entries: readonly (readonly [unknown, unknown])[]): RunSummary[] {
  return entries
    .flatMap(([id, record]) => {
      const result = v.safeParse(runSummarySchema, record);
      return result.success && typeof id === 'string' ? [{ ...result.output, id }] : [];
    })
    .sort((a, b) => b.savedAt - a.savedAt);
}

/**
 * A stored run's summary under another name.
 *
 * @param record as the storage has it; undefined where it has none
 * @throws InputError when the run is not there, its record is damaged or the name cannot be used
 */
export function renamedRecord(record: unknown, name: string): RunSummary {
  if (record === undefined) {
    throw new InputError('This run is no longer saved here, so it cannot be renamed.');
  }
  const summary = checked(runSummarySchema, record, 'The saved run');
  return checked(runSummarySchema, { ...summary, name }, "The run's new name");
}

/**
 * A stored run's summary with another note; an empty one takes the note away.
 *
 * @param record as the storage has it; undefined where it has none
 * @throws InputError when the run is not there, its record is damaged or the note cannot be kept
 */
export function notedRecord(record: unknown, text: string): RunSummary {
  if (record === undefined) {
    throw new InputError('This run is no longer saved here, so its note cannot be kept.');
  }
  const summary = checked(runSummarySchema, record, 'The saved run');
  const note = checked(noteSchema, text, 'The note');
  return { ...summary, note: note === '' ? undefined : note };
}

/** What a run's file says of it, for the list. */
export type Description = Pick<RunSummary, 'words' | 'recipe' | 'thumbnail'>;

/**
 * A record of an earlier version, with what its run's file says of it.
 *
 * @param record as the storage has it; undefined where it has none
 * @param known  the summary that the description is of
 * @throws InputError where somebody has saved or deleted the run meanwhile: then nothing is amiss
 */
export function describedRecord(
  record: unknown,
  known: RunSummary,
  description: Description,
): RunSummary {
  const stored = checked(runSummarySchema, record, 'The saved run');
  if (savedAs(stored).revision !== savedAs(known).revision) {
    throw new InputError('The run was saved again meanwhile.');
  }
  return { ...stored, ...description };
}
