/** What the data doctor finds in rows: repeats, contradictions, and settings to doubt. */
import { EQ_PARAMETERS } from '../../eq/parameters';
import { groupBy } from '../../base/group-by';
import type { SafeData, SafeRow } from '../rows';
import { COPY_DB, copiesAcrossPeople, type Copy } from './copies';
import { conflicts, exactDuplicates, nearDuplicates } from './duplicates';
import { EXAMPLES, exampleOf, linesOf, quote } from './examples';
import type { Example, Finding } from './report';
import {
  bellsOf,
  gainsAtRails,
  hasUnsortedBells,
  isPluginDefault,
  SILENT_DB,
  silentBands,
} from './settings';

export function duplicateFindings(data: SafeData): Finding[] {
  const { rows } = data;
  const exact = exactDuplicates(rows);
  const near = nearDuplicates(rows);
  const conflicting = conflicts(rows);
  const beyondFirst = (groups: readonly SafeRow[][]): SafeRow[] =>
    groups.flatMap((group) => group.slice(1));
  const ofOnePerson = (group: readonly SafeRow[]): Example =>
    exampleOf(
      `${quote(group[0]?.word ?? '')}, contributor ${String(group[0]?.contributor ?? 0)}, ` +
        `${String(group.length)} rows`,
      group,
    );
  const wordsOf = (group: readonly SafeRow[]): string =>
    [...new Set(group.map(({ word }) => word))].map(quote).join(', ');
  return [
    {
      id: 'exactDuplicates',
      title: 'Exact duplicates',
      count: beyondFirst(exact).length,
      unit: 'rows',
      explanation:
        'Rows that repeat an earlier one: same word, same contributor, same 13 values. They count ' +
        'one opinion several times. Dropping leaves the first.',
      examples: exact.slice(0, EXAMPLES).map(ofOnePerson),
      lines: linesOf(beyondFirst(exact)),
    },
    {
      id: 'nearDuplicates',
      title: 'Near duplicates',
      count: beyondFirst(near).length,
      unit: 'rows',
      explanation:
        'Rows within 0.1 dB and 1 % of an earlier one of the same word and contributor, but not ' +
        'equal to it. Nobody could hear them apart. Dropping leaves the first.',
      examples: near.slice(0, EXAMPLES).map(ofOnePerson),
      lines: linesOf(beyondFirst(near)),
    },
    copiesFinding(copiesAcrossPeople(data)),
    {
      id: 'conflicts',
      title: 'Equal settings under different words',
      count: conflicting.length,
      unit: 'groups',
      explanation:
        'The same 13 values, called two things or more. No model can tell these words apart here; ' +
        'people may well mean both. Dropping takes all rows of a group.',
      examples: conflicting
        .slice(0, EXAMPLES)
        .map((group) => exampleOf(`${wordsOf(group)}, ${String(group.length)} rows`, group)),
      lines: linesOf(conflicting.flat()),
    },
  ];
}

function copiesFinding(copies: readonly Copy[]): Finding {
  const copiers = [...groupBy(copies, ({ row }) => row.contributor).values()].sort(
    (a, b) => b.length - a.length,
  );
  return {
    id: 'copies',
    title: 'Copies across people',
    count: copies.length,
    unit: 'rows',
    explanation:
      `Rows whose curve is within ${String(COPY_DB)} dB of an earlier one by another contributor: ` +
      'settings that were saved again, not made anew. Held out while the model learns the first, ' +
      'they would flatter it. Dropping leaves the first; joining holds a copy out with the rows of ' +
      'the person it repeats.',
    examples: copiers.slice(0, EXAMPLES).map((own) =>
      exampleOf(
        `contributor ${String(own[0]?.row.contributor ?? 0)}, ${String(own.length)} rows that repeat ` +
          peopleText(new Set(own.map(({ of }) => of.contributor))),
        own.map(({ row }) => row),
      ),
    ),
    lines: linesOf(copies.map(({ row }) => row)),
  };
}

function peopleText(people: ReadonlySet<number>): string {
  const [one] = people;
  return people.size === 1
    ? `contributor ${String(one)}’s`
    : `those of ${String(people.size)} others`;
}

export function settingFindings(rows: readonly SafeRow[]): Finding[] {
  const untouched = rows.filter(({ setting }) => isPluginDefault(setting));
  const silent = rows.filter(({ setting }) => silentBands(setting).length > 0);
  const railed = rows.filter(({ setting }) => gainsAtRails(setting).length > 0);
  const unsorted = rows.filter(({ setting }) => hasUnsortedBells(setting));
  const examples = (
    found: readonly SafeRow[],
    what: (row: SafeRow) => string = () => '',
  ): Example[] =>
    found.slice(0, EXAMPLES).map((row) => exampleOf(`${quote(row.word)}${what(row)}`, [row]));
  return [
    {
      id: 'pluginDefaults',
      title: 'The plug-in as it starts',
      count: untouched.length,
      unit: 'rows',
      explanation:
        'All 13 values are the defaults: nobody touched a knob, so the label says nothing about sound.' +
        underWords(new Set(untouched.map(({ word }) => word)).size),
      examples: examples(untouched),
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
      examples: examples(
        silent,
        ({ setting }) => `, ${String(silentBands(setting).length)} of 5 bands`,
      ),
      lines: linesOf(silent),
    },
    {
      id: 'rails',
      title: 'Gains at their limits',
      count: railed.length,
      unit: 'rows',
      explanation:
        'At least one gain is exactly −12 or +12 dB: as much as the plug-in gives, whatever was ' +
        `wanted. ${railCounts(rows)}`.trim(),
      examples: examples(
        railed,
        ({ setting }) => `, ${gainsAtRails(setting).map(nameOf).join(', ')}`,
      ),
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
      examples: examples(
        unsorted,
        ({ setting }) =>
          `, ${bellsOf(setting)
            .map(({ frequencyHz }) => String(Math.round(frequencyHz)))
            .join(', ')} Hz`,
      ),
      lines: linesOf(unsorted),
    },
  ];
}

/** The gain that is most often at a bound. */
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

/** Nothing where there are none. */
function underWords(count: number): string {
  if (count === 0) return '';
  return count === 1 ? ' All under one word.' : ` Under ${String(count)} different words.`;
}
