/** `warmbright audit`: what a careful reader would want to know of a data set before training. */
import { parseArgs } from 'node:util';
import { auditData, type AuditReport } from '../src/data/audit/audit';
import { FOUNDING_CHOICES, SENSIBLE_CHOICES } from '../src/data/audit/choices';
import { cleanData } from '../src/data/audit/clean';
import type { SafeData } from '../src/data/rows';
import { readData } from './files';
import { needed, readOptions } from './options';

const HELP = `npm run cli -- audit --data FILE [--json] [--skip-bad-rows]

Looks a SAFE-DB file over: labels written in several ways, duplicates, contradictions, settings that
nobody touched, silent bands, gains at the rails, unsorted bells, words and sessions of one person.

  --data FILE       the SAFE-DB file (CSV)
  --json            print one JSON document, with the lines of all rows concerned
  --skip-bad-rows   leave out rows that cannot be used, instead of stopping at the first
`;

interface Audit extends AuditReport {
  /** Rows that are left once the sensible choices about the findings are made, and the founding log's. */
  readonly rowsLeft: { readonly sensible: number; readonly founding: number };
}

/** Runs the command; the report goes to standard output. */
export async function audit(args: readonly string[]): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    (args) =>
      parseArgs({
        args,
        options: {
          data: { type: 'string' },
          json: { type: 'boolean', default: false },
          'skip-bad-rows': { type: 'boolean', default: false },
        },
      }).values,
  );
  if (options === null) return;
  const data = await readData(needed('--data', options.data), options['skip-bad-rows']);
  const report = auditOf(data);
  process.stdout.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : asText(report));
}

function auditOf(data: SafeData): Audit {
  return {
    ...auditData(data),
    rowsLeft: {
      sensible: cleanData(data, SENSIBLE_CHOICES).rows.length,
      founding: cleanData(data, FOUNDING_CHOICES).rows.length,
    },
  };
}

function asText({ rows, contributors, rawLabels, words, findings, rowsLeft }: Audit): string {
  const head =
    `${String(rows)} rows by ${String(contributors)} contributors. ` +
    `${String(rawLabels)} labels as written, ${String(words)} words in lower case and trimmed.`;
  const found = findings.map(({ title, count, unit, explanation, examples }) =>
    [
      `${title}: ${String(count)} ${count === 1 ? unit.slice(0, -1) : unit}`,
      `  ${explanation}`,
      ...(count === 0 ? [] : examples.map((example) => `  · ${example}`)),
    ].join('\n'),
  );
  const left =
    `Merging misspellings and dropping exact duplicates, the plug-in as it starts and words of one ` +
    `contributor leaves ${String(rowsLeft.sensible)} rows.`;
  return `${[head, ...found, left].join('\n\n')}\n`;
}
