/** A saved run as the list of runs shows it. */
import * as v from 'valibot';
import { scoreboardSchema } from '../model/model';
import { LONGEST_NOTE, LONGEST_THUMBNAIL } from '../base/library-bounds';

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
