/** A saved run as the list of runs shows it. */
import * as v from 'valibot';
import { checked } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { scoreboardSchema } from '../model/model';

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
