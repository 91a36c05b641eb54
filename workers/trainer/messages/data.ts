/** The data set: read, looked over, cleaned. */
import * as v from 'valibot';
import type { AuditReport, Cleaning } from '../../../src/data/audit/report';
import type { RejectedRow, WordCount } from '../../../src/data/rows';
import { auditChoicesSchema } from '../../../src/recipe/audit-choices';
import { file } from './bounds';

export const dataCommands = [
  /** A SAFE-DB file. Answered by data-loaded or refused. */
  v.strictObject({ type: v.literal('load-data'), bytes: file, synthetic: v.boolean() }),
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
    }
  | { type: 'audit'; report: AuditReport }
  /** `words`: all that the choices leave. */
  | { type: 'cleaned'; cleaning: Cleaning; words: WordCount[] };
