/** What the data doctor finds about the people behind the rows, without saying who they are. */
import type { SafeData, SafeRow } from '../rows';
import { EXAMPLES, linesOf, quote, textExample } from './examples';
import { DOUBTED_ROWS, oneContributorWords, sessions } from './people';
import type { Finding } from './report';

export function peopleFindings(rows: readonly SafeRow[]): Finding[] {
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
        .map(({ word, rows: own }) =>
          textExample(`${quote(word)}, ${String(own.length)} rows`, own),
        ),
      lines: linesOf(words.flatMap(({ rows: own }) => own)),
    },
    {
      id: 'sessions',
      title: 'Long sessions',
      count: runs.length,
      unit: 'sessions',
      explanation:
        'Runs of 20 consecutive rows or more by one contributor: rows of a session are alike, so ' +
        'they belong on one side of a split, which a split by contributor sees to.',
      examples: runs.slice(0, EXAMPLES).map(({ contributor, rows: own }) => ({
        text:
          `contributor ${String(contributor)}, ${String(own.length)} rows, ` +
          `lines ${String(own[0]?.line ?? 0)} to ${String(own.at(-1)?.line ?? 0)}`,
        lines: [],
        setting: null,
      })),
      lines: linesOf(runs.flatMap(({ rows: own }) => own)),
    },
  ];
}

/** By column from 1. */
const PERSONAL_NAMES: Readonly<Record<number, string>> = {
  3: 'network address',
  21: 'location',
  22: 'experience',
  23: 'age',
  24: 'language',
};

/** How many personal columns held anything; what they held was dropped while reading. */
export function personalColumnsFinding({ personal, rows, reading }: SafeData): Finding {
  const filled = (personal ?? []).filter((column) => column.rows > 0);
  return {
    id: 'personalColumns',
    title: 'Personal columns',
    count: filled.length,
    unit: 'columns',
    explanation:
      (reading?.format ?? 'safe-db') === 'safe-db'
        ? 'Address, location, experience, age and language were dropped while the file was read; the ' +
          'address served to number contributors before. None of the five is kept, drawn or shared. ' +
          (personal === undefined
            ? 'This data set was kept by a version that did not count which of them were filled.'
            : `${String(filled.length)} of them were filled.`)
        : 'Of this file only words and equaliser settings are kept. A column that tells contributors ' +
          'apart served to number them; it and all other columns were dropped while the file was read.',
    examples: filled.map(({ column, rows: n }) => ({
      text: `column ${String(column)}, ${PERSONAL_NAMES[column] ?? 'personal'}: filled in ${String(n)} of ${String(rows.length)} rows`,
      lines: [],
      setting: null,
    })),
    lines: [],
  };
}
