/** What takes the place of a saved run's record. Pure; apart from the list, which needs none of it. */
import { checked } from '../base/checked-json';
import { InputError } from '../base/input-error';
import { noteSchema, runSummarySchema, type RunSummary } from './run-summary';

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
  return checked(runSummarySchema, { ...summary, name }, 'The run’s new name');
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
