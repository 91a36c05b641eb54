/** The data set: read, looked over, cleaned. */
import * as v from 'valibot';
import type { AuditReport, Cleaning } from '../../../src/data/audit/report';
import type { GuessedMapping } from '../../../src/data/column-mapping';
import { readChoicesSchema, type Reading } from '../../../src/data/reading';
import type { RejectedRow, WordCount } from '../../../src/data/rows';
import { auditChoicesSchema } from '../../../src/recipe/audit-choices';
import { file } from './bounds';

export const dataCommands = [
  /** A data file. Answered by data-loaded, columns-needed or refused. */
  v.strictObject({
    type: v.literal('load-data'),
    bytes: file,
    synthetic: v.boolean(),
    choices: v.exactOptional(readChoicesSchema),
  }),
  /** The file that was sent last, read with other choices. Answered as load-data. */
  v.strictObject({ type: v.literal('read-again'), choices: readChoicesSchema }),
  /** What is there to find in the loaded data? Answered by audit or refused. */
  v.strictObject({ type: v.literal('audit') }),
  /** What would these choices leave of the loaded data? Answered by cleaned or refused. */
  v.strictObject({ type: v.literal('clean'), choices: auditChoicesSchema }),
] as const;

export type DataEvent =
  | {
      type: 'data-loaded';
      sha256: string;
      synthetic: boolean;
      rows: number;
      contributors: number;
      /** The first of them: a hopeless file has more than anyone would read. */
      rejected: RejectedRow[];
      rejectedTotal: number;
      /** null for a data set that was kept by a version that did not say. */
      reading: Reading | null;
    }
  /** The file has a header of its own: somebody has to say which column is what. */
  | { type: 'columns-needed'; names: string[]; guess: GuessedMapping }
  | { type: 'audit'; report: AuditReport }
  /** `words`: all that the choices leave. */
  | { type: 'cleaned'; cleaning: Cleaning; words: WordCount[] };
