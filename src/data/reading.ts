/** How a data file was read: what was recognised, and what was chosen. */
import * as v from 'valibot';
import { count } from '../base/bounds';
import { columnMappingSchema } from './column-mapping-schema';

/** What somebody can choose of how a file is read. */
export const readChoicesSchema = v.strictObject({
  /** Which columns are what, in a file with a header of its own. */
  mapping: v.exactOptional(columnMappingSchema),
  /** Whose words are read, of a file in several languages; "all" for everyone's. */
  language: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
  /** The instrument whose rows alone are read; left out: all rows. */
  instrument: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
});
export type ReadChoices = v.InferOutput<typeof readChoicesSchema>;

export const readingSchema = v.strictObject({
  format: v.picklist(['safe-db', 'columns', 'socialfx']),
  /** How the file was read, a sentence each; none for SAFE-DB as it is published. */
  notes: v.array(v.string()),
  /** False where the file does not say who gave a row: each row then counts as a contributor. */
  contributorsKnown: v.boolean(),
  /** Of a file in several languages: how many rows each has, most rows first. */
  languages: v.array(v.strictObject({ name: v.string(), rows: count })),
  /** Instruments that a SAFE-DB file can be narrowed to, most rows first; left out where none. */
  instruments: v.exactOptional(
    v.array(v.strictObject({ name: v.string(), rows: count, contributors: count })),
  ),
  /** As they were followed. */
  choices: readChoicesSchema,
});
export type Reading = v.InferOutput<typeof readingSchema>;
