/** The data doctor: everything about a data set that a careful reader would want to know first. */
import { EQ_PARAMETERS } from '../../eq/parameters';
import type { SafeData, SafeRow } from '../rows';
import type { AuditChoices } from './choices';
import { conflicts, exactDuplicates, nearDuplicates } from './duplicates';
import { labelVariants, misspellings, type Misspelling } from './labels';
import { DOUBTED_ROWS, oneContributorWords, sessions } from './people';
import {
  gainsAtRails,
  hasUnsortedBells,
  isPluginDefault,
  SILENT_DB,
  silentBands,
} from './settings';

/** What can be found; all but the last have a switch of the same name in {@link AuditChoices}. */
export type FindingId = Exclude<keyof AuditChoices, 'unmerged'> | 'personalColumns';

interface Finding {
  readonly id: FindingId;
  readonly title: string;
  /** How many, of `unit`. */
  readonly count: number;
  readonly unit: 'rows' | 'words' | 'groups' | 'sessions' | 'columns';
  /** What it means and what was counted, in a sentence or two. */
  readonly explanation: string;
  /** The first few, a line of text each. */
  readonly examples: readonly string[];
  /** Lines of the file that the rows concerned start on. */
  readonly lines: readonly number[];
}

export interface AuditReport {
  readonly version: 1;
  readonly dataSha256: string;
  readonly rows: number;
  readonly contributors: number;
  /** Labels as the file has them, and what is left of them once trimmed and in lower case. */
  readonly rawLabels: number;
  readonly words: number;
  readonly findings: readonly Finding[];
  /** The merges that the switch for misspellings does. */
  readonly misspellings: readonly Misspelling[];
}

const EXAMPLES = 6;

export function auditData({ rows, sha256 }: SafeData): AuditReport {
  const misspelt = misspellings(rows);
  return {
    version: 1,
    dataSha256: sha256,
    rows: rows.length,
    contributors: new Set(rows.map(({ contributor }) => contributor)).size,
    rawLabels: new Set(rows.map(({ word, label = word }) => label)).size,
    words: new Set(rows.map(({ word }) => word)).size,
    findings: [
      variantsFinding(rows),
      misspellingsFinding(rows, misspelt),
      ...duplicateFindings(rows),
      ...settingFindings(rows),
      ...peopleFindings(rows),
      PERSONAL_COLUMNS,
    ],
    misspellings: misspelt,
  };
}

function variantsFinding(rows: readonly SafeRow[]): Finding {
  const variants = labelVariants(rows);
  const words = new Set(variants.map(({ word }) => word));
  return {
    id: 'labelVariants',
    title: 'Labels that differ in case or white space only',
    count: variants.length,
    unit: 'words',
    explanation: 'Merged, they are one word: trimmed and in lower case.',
    examples: variants
      .slice(0, EXAMPLES)
      .map(({ labels }) =>
        labels.map(({ label, rows: n }) => `${quote(label)} ${String(n)}`).join(', '),
      ),
    lines: linesOf(rows.filter(({ word }) => words.has(word))),
  };
}

function misspellingsFinding(rows: readonly SafeRow[], found: readonly Misspelling[]): Finding {
  const words = new Set(found.map(({ from }) => from));
  return {
    id: 'misspellings',
    title: 'Likely misspellings',
    count: found.length,
    unit: 'words',
    explanation: 'Rare words one keystroke away from a word at least ten times as frequent.',
    examples: found
      .slice(0, EXAMPLES)
      .map(({ from, to, rows: n }) => `${quote(from)} (${String(n)}) for ${quote(to)}`),
    lines: linesOf(rows.filter(({ word }) => words.has(word))),
  };
}

function duplicateFindings(rows: readonly SafeRow[]): Finding[] {
  const exact = exactDuplicates(rows);
  const near = nearDuplicates(rows);
  const conflicting = conflicts(rows);
  const beyondFirst = (groups: readonly SafeRow[][]): number =>
    groups.reduce((sum, group) => sum + group.length - 1, 0);
  const describe = (group: readonly SafeRow[]): string =>
    `${quote(group[0]?.word ?? '')}, contributor ${String(group[0]?.contributor ?? 0)}: ${lineList(group)}`;
  return [
    {
      id: 'exactDuplicates',
      title: 'Exact duplicates',
      count: beyondFirst(exact),
      unit: 'rows',
      explanation:
        'Rows that repeat an earlier one: same word, same contributor, same 13 values. ' +
        'Dropping leaves the first.',
      examples: exact.slice(0, EXAMPLES).map(describe),
      lines: linesOf(exact.flatMap((group) => group.slice(1))),
    },
    {
      id: 'nearDuplicates',
      title: 'Near duplicates',
      count: beyondFirst(near),
      unit: 'rows',
      explanation:
        'Rows within 0.1 dB and 1 % of an earlier one of the same word and contributor, but not ' +
        'equal to it.',
      examples: near.slice(0, EXAMPLES).map(describe),
      lines: linesOf(near.flatMap((group) => group.slice(1))),
    },
    {
      id: 'conflicts',
      title: 'Equal settings under different words',
      count: conflicting.length,
      unit: 'groups',
      explanation: 'The same 13 values, called two things or more. No model can tell them apart.',
      examples: conflicting
        .slice(0, EXAMPLES)
        .map(
          (group) =>
            `${[...new Set(group.map(({ word }) => word))].map(quote).join(', ')}: ${lineList(group)}`,
        ),
      lines: linesOf(conflicting.flat()),
    },
  ];
}

function settingFindings(rows: readonly SafeRow[]): Finding[] {
  const untouched = rows.filter(({ setting }) => isPluginDefault(setting));
  const silent = rows.filter(({ setting }) => silentBands(setting).length > 0);
  const railed = rows.filter(({ setting }) => gainsAtRails(setting).length > 0);
  const unsorted = rows.filter(({ setting }) => hasUnsortedBells(setting));
  const example = ({ word, line }: SafeRow): string => `${quote(word)}, line ${String(line)}`;
  return [
    {
      id: 'pluginDefaults',
      title: 'The plug-in as it starts',
      count: untouched.length,
      unit: 'rows',
      explanation: `All 13 values are the defaults: nobody touched a knob. Under ${String(
        new Set(untouched.map(({ word }) => word)).size,
      )} different words.`,
      examples: untouched.slice(0, EXAMPLES).map(example),
      lines: linesOf(untouched),
    },
    {
      id: 'silentBands',
      title: 'Silent bands',
      count: silent.length,
      unit: 'rows',
      explanation:
        `At least one band has less than ${String(SILENT_DB)} dB of gain, so its frequency and Q ` +
        'are noise. Masking leaves them out of the loss on the parameters.',
      examples: silent
        .slice(0, EXAMPLES)
        .map((row) => `${example(row)}: ${String(silentBands(row.setting).length)} of 5 bands`),
      lines: linesOf(silent),
    },
    {
      id: 'rails',
      title: 'Gains at the rails',
      count: railed.length,
      unit: 'rows',
      explanation: `At least one gain is exactly −12 or +12 dB. ${railCounts(rows)}`,
      examples: railed
        .slice(0, EXAMPLES)
        .map((row) => `${example(row)}: ${gainsAtRails(row.setting).map(nameOf).join(', ')}`),
      lines: linesOf(railed),
    },
    {
      id: 'unsortedBells',
      title: 'Bells out of order',
      count: unsorted.length,
      unit: 'rows',
      explanation:
        'The three bells are not in the order of their frequencies, so the same sound has several ' +
        'spellings. Sorting changes nothing that can be heard.',
      examples: unsorted
        .slice(0, EXAMPLES)
        .map(
          (row) =>
            `${example(row)}: ${[3, 6, 9].map((i) => String(Math.round(row.setting[i] ?? 0))).join(', ')} Hz`,
        ),
      lines: linesOf(unsorted),
    },
  ];
}

function peopleFindings(rows: readonly SafeRow[]): Finding[] {
  const words = oneContributorWords(rows);
  const runs = sessions(rows);
  return [
    {
      id: 'oneContributorWords',
      title: 'Words of one contributor',
      count: words.length,
      unit: 'words',
      explanation: `Words of ${String(DOUBTED_ROWS)} rows or more that one person gave all of: what a model learns of them is a habit.`,
      examples: words
        .slice(0, EXAMPLES)
        .map(({ word, rows: own }) => `${quote(word)}: ${String(own.length)} rows`),
      lines: linesOf(words.flatMap(({ rows: own }) => own)),
    },
    {
      id: 'sessions',
      title: 'Long sessions',
      count: runs.length,
      unit: 'sessions',
      explanation:
        'Runs of 20 consecutive rows or more by one contributor: rows of a session are alike, so ' +
        'they belong on one side of a split.',
      examples: runs
        .slice(0, EXAMPLES)
        .map(
          ({ contributor, rows: own }) =>
            `contributor ${String(contributor)}: ${String(own.length)} rows from line ${String(own[0]?.line ?? 0)}`,
        ),
      lines: linesOf(runs.flatMap(({ rows: own }) => own)),
    },
  ];
}

/** The parser never keeps them, so there is nothing to count but the columns. */
const PERSONAL_COLUMNS: Finding = {
  id: 'personalColumns',
  title: 'Personal columns',
  count: 5,
  unit: 'columns',
  explanation:
    'Address, location, experience, age and language. The address serves to number contributors ' +
    'while the file is read; none of the five is kept.',
  examples: [],
  lines: [],
};

/** The gains that are most often at a bound. */
function railCounts(rows: readonly SafeRow[]): string {
  const counts = new Map<string, number>();
  for (const { setting } of rows) {
    for (const place of gainsAtRails(setting)) {
      const key = `${nameOf(place)} at ${setting[place] === -12 ? '−12' : '+12'} dB`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return most === undefined ? '' : `Most often: ${most[0]}, ${String(most[1])} rows.`;
}

function nameOf(place: number): string {
  return EQ_PARAMETERS[place]?.name ?? '';
}

function quote(text: string): string {
  return `“${text}”`;
}

function lineList(group: readonly SafeRow[]): string {
  const shown = group.slice(0, EXAMPLES).map(({ line }) => String(line));
  return `lines ${shown.join(', ')}${group.length > shown.length ? ' …' : ''}`;
}

function linesOf(rows: readonly SafeRow[]): number[] {
  return rows.map(({ line }) => line).sort((a, b) => a - b);
}
