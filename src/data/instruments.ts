/** What was played while a setting was made, as SAFE-DB's rows say, and by which of it to choose rows. */
import * as v from 'valibot';
import { InputError } from '../base/input-error';
import { groupBy } from '../base/group-by';
import type { Reading } from './reading';
import type { SafeRow } from './rows';
import { ADDRESS } from './safe-row';

/** What rows need, to be offered as a data set of their own. */
const LEAST_ROWS = 20;
const LEAST_PEOPLE = 5;

/** Longer names come of slipped columns. */
const NAME_LENGTH = 40;

/** An instrument's or genre's name as rows keep it. */
export const sourceNameSchema = v.pipe(
  v.string(),
  v.transform(folded),
  v.minLength(1),
  v.maxLength(NAME_LENGTH),
  v.check((name) => !ADDRESS.test(name) && !/\p{Cc}/u.test(name)),
);

type Instrument = NonNullable<Reading['instruments']>[number];

/** A cell's name; none where it is empty or cannot be one. */
export function sourceName(cell: string): string | null {
  const { success, output } = v.safeParse(sourceNameSchema, cell);
  return success ? output : null;
}

/**
 * Instruments of at least 20 rows by 5 contributors, most rows first, then by name; not one that all
 * rows are of, for to choose it would leave nothing out.
 */
export function instrumentsOf(
  rows: readonly Pick<SafeRow, 'instrument' | 'contributor'>[],
): Instrument[] {
  const named = rows.flatMap(({ instrument, contributor }) =>
    instrument === undefined ? [] : [{ instrument, contributor }],
  );
  return [...groupBy(named, ({ instrument }) => instrument)]
    .map(([name, own]) => ({
      name,
      rows: own.length,
      contributors: new Set(own.map(({ contributor }) => contributor)).size,
    }))
    .filter(
      (found) =>
        found.rows >= LEAST_ROWS && found.contributors >= LEAST_PEOPLE && found.rows < rows.length,
    )
    .sort((a, b) => b.rows - a.rows || (a.name < b.name ? -1 : 1));
}

/**
 * The name of an offered instrument as rows have it.
 *
 * @throws InputError where it is not offered
 */
export function chosenInstrument(offered: readonly Instrument[], wanted: string): string {
  const name = folded(wanted);
  if (offered.some((instrument) => instrument.name === name)) return name;
  const why = `at least ${String(LEAST_ROWS)} rows by ${String(LEAST_PEOPLE)} contributors`;
  throw new InputError(
    offered.length === 0
      ? `The rows cannot be chosen by instrument: of none does the file have ${why}.`
      : `The file does not have ${why} of the instrument “${wanted}”; choose ${offered.map((each) => each.name).join(' or ')}.`,
  );
}

function folded(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
