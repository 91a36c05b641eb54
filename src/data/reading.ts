/** How a data file was read: what was recognised, what was chosen, and the sentences that say so. */
import * as v from 'valibot';
import { columnMappingSchema } from './column-mapping';
import { delimiterName, type Dialect } from './csv-dialect';

/** What somebody can choose of how a file is read. */
export const readChoicesSchema = v.strictObject({
  /** Which columns are what, in a file with a header of its own. */
  mapping: v.exactOptional(columnMappingSchema),
  /** Whose words are read, of a file in several languages; "all" for everyone's. */
  language: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
});
export type ReadChoices = v.InferOutput<typeof readChoicesSchema>;

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const readingSchema = v.strictObject({
  format: v.picklist(['safe-db', 'columns', 'socialfx']),
  /** How the file was read, a sentence each; none for SAFE-DB as it is published. */
  notes: v.array(v.string()),
  /** False where the file does not say who gave a row: each row then counts as a contributor. */
  contributorsKnown: v.boolean(),
  /** Of a file in several languages: how many rows each has, most rows first. */
  languages: v.array(v.strictObject({ name: v.string(), rows: count })),
  /** As they were followed. */
  choices: readChoicesSchema,
});
export type Reading = v.InferOutput<typeof readingSchema>;

export const EACH_ROW_ITS_OWN =
  'The file does not say who gave a row, so each row counts as a contributor of its own: nothing can be held out by person, and figures on held-out rows may flatter.';

/** "Read as UTF-16 with semicolons, decimal commas and a header line."; none where nothing is unusual. */
export function dialectNotes(
  { delimiter, decimalComma }: Dialect,
  encoding: string,
  header: boolean,
): string[] {
  const written = [
    ...(delimiter === ',' ? [] : [delimiterName(delimiter)]),
    ...(decimalComma ? ['decimal commas'] : []),
    ...(header ? ['a header line'] : []),
  ];
  const utf16 = encoding === 'utf-8' ? '' : ' as UTF-16';
  if (utf16 === '' && written.length === 0) return [];
  const last = written.at(-1) ?? '';
  const listed = written.length > 1 ? `${written.slice(0, -1).join(', ')} and ${last}` : last;
  return [`Read${utf16}${listed === '' ? '' : ` with ${listed}`}.`];
}
