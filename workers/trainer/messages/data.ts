/** The data set: read, looked over, cleaned. */
import * as v from 'valibot';
import type { AuditReport, Cleaning } from '../../../src/data/audit/report';
import type { GuessedMapping } from '../../../src/data/column-mapping';
import { readChoicesSchema, type Reading } from '../../../src/data/reading';
import type { RejectedRow, WordCount } from '../../../src/data/rows';
import { settingSchema } from '../../../src/eq/setting-schema';
import { auditChoicesSchema } from '../../../src/recipe/audit-choices';
import { file, fileName } from './bounds';

/** What the page calls a file: file systems allow 255 bytes. */

export const dataCommands = [
  /**
   * A data file. Answered by data-loaded, columns-needed or refused, unless cancel-reading, read-again
   * or another load-data comes before that: then by nothing, and what was loaded stands.
   */
  v.strictObject({
    type: v.literal('load-data'),
    bytes: file,
    name: v.exactOptional(fileName),
    synthetic: v.boolean(),
    choices: v.exactOptional(readChoicesSchema),
  }),
  /**
   * The data set's file, or the one whose columns are needed, read with other choices. Answered as
   * load-data.
   */
  v.strictObject({ type: v.literal('read-again'), choices: readChoicesSchema }),
  /** Give up the reading that was asked for last, or the file whose columns are needed. */
  v.strictObject({ type: v.literal('cancel-reading') }),
  /** A setting and a word for it, as a row more of the data. Answered by data-loaded or refused. */
  v.strictObject({
    type: v.literal('add-row'),
    label: v.pipe(v.string(), v.maxLength(200)),
    setting: settingSchema,
  }),
  /** The row that was added last goes again. Answered by data-loaded or refused. */
  v.strictObject({ type: v.literal('take-back-row') }),
  /** The data as a CSV file. Answered by file or refused. */
  v.strictObject({ type: v.literal('export-data') }),
  /** What is there to find in the loaded data? Answered by audit or refused. */
  v.strictObject({ type: v.literal('audit') }),
  /** What would these choices leave of the loaded data? Answered by cleaned or refused. */
  v.strictObject({ type: v.literal('clean'), choices: auditChoicesSchema }),
] as const;

export type DataEvent =
  | {
      type: 'data-loaded';
      /** As the file was sent; null where the data set was kept, or nobody named it. */
      name: string | null;
      sha256: string;
      synthetic: boolean;
      rows: number;
      contributors: number;
      /** The first of them: a hopeless file has more than anyone would read. */
      rejected: RejectedRow[];
      rejectedTotal: number;
      /** null for a data set that was kept by a version that did not say. */
      reading: Reading | null;
      /** The last row was added in this visit, to data that there were before: it can be taken back. */
      takeBack?: true;
    }
  /** How much of a file is read, where that takes its time, 0 to 1; null once none is being read. */
  | { type: 'reading'; share: number | null }
  /** The file has a header of its own: somebody has to say which column is what. */
  | { type: 'columns-needed'; names: string[]; guess: GuessedMapping }
  | { type: 'audit'; report: AuditReport }
  /** `words`: all that the choices leave. */
  | { type: 'cleaned'; cleaning: Cleaning; words: WordCount[] };
