/** `warmbright audit`: what a careful reader would want to know of a data set before training. */
import { auditData } from '../../src/data/audit/audit';
import { fitNote } from '../../src/data/fit-errors';
import type { AuditChoices } from '../../src/recipe/audit-choices';
import { cleanAndCount } from '../../src/data/audit/clean';
import { auditDocument, type AuditDocument, type Finding } from '../../src/data/audit/report';
import { namedChoices, withChoice } from '../options/choose-audit';
import { DATA_HELP, DATA_OPTIONS } from '../options/data-options';
import { readData } from '../options/files';
import { needed, readOptions } from '../options/options';
import type { Output } from '../output';

const HELP = `npm run cli -- audit --data FILE [--choices NAME] [--set KEY=VALUE] [--json]

Looks a SAFE-DB file over: labels written in several ways, duplicates, contradictions, settings that
nobody touched, silent bands, gains at their limits, unsorted bells, words and sessions of one person;
and says what choices about these findings would leave.

  --data FILE       the SAFE-DB file (CSV)
  --choices NAME    founding (what the seed log did) or sensible (default)
  --set KEY=VALUE   another choice about one finding, as in --set conflicts=drop; as often as wanted;
                    unmerged=wram keeps a misspelt word apart, merged=bold:cold merges a doubtful one
  --json            print one JSON document, with the lines of all rows concerned
${DATA_HELP}`;

/** Runs the command; the report goes to standard output. */
export async function audit(args: readonly string[], output: Output): Promise<void> {
  const options = readOptions(
    args,
    HELP,
    {
      data: { type: 'string' },
      choices: { type: 'string', default: 'sensible' },
      set: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      ...DATA_OPTIONS,
    },
    output,
  );
  if (options === null) return;
  const choices = options.set.reduce((made: AuditChoices, change) => {
    const [key = '', ...value] = change.split('=');
    return withChoice(made, key, value.join('='));
  }, namedChoices(options.choices));
  const data = await readData(needed('--data', options.data), options, output);
  const report = auditDocument(auditData(data), cleanAndCount(data, choices).cleaning);
  const known = data.reading?.contributorsKnown !== false;
  output.print(options.json ? `${JSON.stringify(report, null, 2)}\n` : asText(report, known));
}

/** @param contributorsKnown whether the file says who gave a row */
function asText(report: AuditDocument, contributorsKnown: boolean): string {
  const { rows, contributors, rawLabels, words, findings } = report;
  const people = contributorsKnown
    ? `by ${String(contributors)} contributors`
    : 'by contributors whom the file does not tell apart';
  const head =
    `${String(rows)} rows ${people}. ` +
    `${String(rawLabels)} labels as written, ${String(words)} words in lower case and trimmed.`;
  const found = findings.map(({ title, count, unit, explanation, examples }) =>
    [
      `${title}: ${String(count)} ${count === 1 ? unit.slice(0, -1) : unit}`,
      `  ${explanation}`,
      ...examples.map(({ text, lines }) => `  · ${text}${linesText(lines)}`),
    ].join('\n'),
  );
  return `${[head, ...fitText(report), ...found, choicesText(report)].join('\n\n')}\n`;
}

/** Rows that five bands fit worst; --json has every row. */
const WORST_SHOWN = 6;

function fitText({ fit }: AuditDocument): string[] {
  if (fit === undefined) return [];
  const worst = fit.rows
    .slice(0, WORST_SHOWN)
    .map(
      ({ line, word, errorDb }) => `  · line ${String(line)}, “${word}”: ${errorDb.toFixed(2)} dB`,
    );
  return [[`Curves fitted by five bands\n  ${fitNote(fit)} The worst:`, ...worst].join('\n')];
}

function linesText(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  return `: ${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`;
}

/** What is done about each finding, and what that leaves. */
function choicesText({ findings, chosen, rowsLeft }: AuditDocument): string {
  const { choices, dropped } = chosen;
  const choiceOf = ({ id }: Finding): string[] => {
    if (id === 'personalColumns' || choices[id] === 'keep') return [];
    const rows = dropped.find((drop) => drop.id === id)?.rows;
    return [`  ${choices[id]} ${id}${rows === undefined ? '' : `: ${String(rows)} rows`}`];
  };
  return [
    `These choices leave ${String(chosen.rowsLeft)} rows ` +
      `(the seed log's ${String(rowsLeft.founding)}, the sensible ones ${String(rowsLeft.sensible)}):`,
    ...findings.flatMap(choiceOf),
  ].join('\n');
}
