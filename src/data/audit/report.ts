/** What the data doctor says of a data set, as a document that can be read again. */
import * as v from 'valibot';
import { auditChoicesSchema } from '../../recipe/audit-choices';
import type { SwitchId } from '../../recipe/switch-id';
import type { FitSummary } from '../fit-errors';

const switchIds = [
  'labelVariants',
  'misspellings',
  'exactDuplicates',
  'nearDuplicates',
  'copies',
  'conflicts',
  'pluginDefaults',
  'silentBands',
  'rails',
  'unsortedBells',
  'oneContributorWords',
  'sessions',
] as const satisfies readonly SwitchId[];

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const lines = v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1)));

const exampleSchema = v.strictObject({
  text: v.string(),
  /** The first lines of the file that it is about. */
  lines,
  /** The 13 values of the first row, as the file has them; null where no single row is meant. */
  setting: v.nullable(v.array(v.pipe(v.number(), v.finite()))),
});
export type Example = v.InferOutput<typeof exampleSchema>;

const findingSchema = v.strictObject({
  id: v.picklist([...switchIds, 'personalColumns']),
  title: v.string(),
  /** How many, of `unit`. */
  count,
  unit: v.picklist(['rows', 'words', 'groups', 'sessions', 'columns']),
  /** What was counted and why it matters, in a sentence or two. */
  explanation: v.string(),
  /** The first few. */
  examples: v.array(exampleSchema),
  /** Lines of the file that the rows concerned start on. */
  lines,
});
export type Finding = v.InferOutput<typeof findingSchema>;
export type FindingId = Finding['id'];

const misspellingSchema = v.strictObject({
  from: v.string(),
  to: v.string(),
  /** Of the misspelt word, and of the other, before they are merged. */
  rows: count,
  toRows: count,
});
/** One word that is likely a misspelling of another. */
export type Misspelling = v.InferOutput<typeof misspellingSchema>;

const variantsSchema = v.strictObject({
  word: v.string(),
  /** The labels as the file has them, with the number of rows of each; most rows first. */
  labels: v.array(v.strictObject({ label: v.string(), rows: count })),
});
/** How the labels of one word are written. */
export type Variants = v.InferOutput<typeof variantsSchema>;

const decibels = v.pipe(v.number(), v.finite(), v.minValue(0));

const fitSchema = v.strictObject({
  /** Half of the rows, and nine in ten, are nearer to their curves than that, dB RMS. */
  medianDb: decibels,
  ninthDecileDb: decibels,
  /** Every row by its line, the worst first. */
  rows: v.array(
    v.strictObject({
      line: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
      word: v.string(),
      errorDb: decibels,
    }),
  ),
}) satisfies v.GenericSchema<unknown, FitSummary>;

const auditReportSchema = v.strictObject({
  version: v.literal(2),
  dataSha256: v.string(),
  rows: count,
  contributors: count,
  /** Labels as the file has them, and what is left of them once trimmed and in lower case. */
  rawLabels: count,
  words: count,
  findings: v.array(findingSchema),
  /** The merges that the switch for label variants does. */
  variants: v.array(variantsSchema),
  /** The merges that the switch for misspellings does. */
  misspellings: v.array(misspellingSchema),
  /** Those that it does not do, for want of evidence; a person may ask for each. */
  doubtful: v.optional(v.array(misspellingSchema), []),
  /** Of a file that has curves: how well its rows' settings fit them. */
  fit: v.exactOptional(fitSchema),
  /** Rows that the seed log's choices leave, and the sensible ones. */
  rowsLeft: v.strictObject({ founding: count, sensible: count }),
});
export type AuditReport = v.InferOutput<typeof auditReportSchema>;

const cleaningSchema = v.strictObject({
  choices: auditChoicesSchema,
  rowsLeft: count,
  /** What each switch set to drop took out, in the order they were used in; rows. */
  dropped: v.array(v.strictObject({ id: v.picklist(switchIds), rows: count })),
});
/** What choices leave of a data set. */
export type Cleaning = v.InferOutput<typeof cleaningSchema>;

/** What is exported: the report, and what the choices made of the data. */
export const auditDocumentSchema = v.strictObject({
  ...auditReportSchema.entries,
  chosen: cleaningSchema,
});
export type AuditDocument = v.InferOutput<typeof auditDocumentSchema>;

/** The document that page and command line export. */
export function auditDocument(report: AuditReport, chosen: Cleaning): AuditDocument {
  return { ...report, chosen };
}
