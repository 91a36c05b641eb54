/** A scoreboard as text. */
import { counted } from '../base/number-text';
import {
  figureText,
  intervalText,
  scoreTable,
  VERDICTS,
  wordSummary,
  type ScoreRow,
  type WordScoreRow,
} from '../analysis/scoreboard/score-table';
import type { Scoreboard } from '../model/model';

/** Figures beside the training rows' and the baselines, then a line for every word. */
export function scoreboardText(board: Scoreboard): string {
  const table = scoreTable(board);
  const titles = [table.on, ...(table.training === null ? [] : [table.training])];
  const cells = table.rows.map((row) => [
    `  ${row.title}${row.unit === '' ? '' : ` (${row.unit})`}`,
    `${figureText(row, row.value)}${row.interval === null ? '' : ` [${intervalText(row, row.interval)}]`}`,
    ...(table.training === null ? [] : [figureText(row, row.training)]),
    baselinesText(row),
  ]);
  const summary = wordSummary(table);
  const each = table.rows.find(({ key }) => key === 'word-head')?.aside;
  return [
    ...aligned([['', ...titles, ''], ...cells]),
    ...(each == null ? [] : [`Word accuracy, word by word: ${each}.`]),
    ...table.notes,
    ...(summary === null
      ? []
      : [
          '',
          'Distance of each word’s one curve to held-out people’s, median, dB [95 % interval]',
          ...aligned(
            table.words.flatMap((row) => (row.distances === null ? [] : [wordCells(row)])),
          ),
          summary,
          ...table.words.flatMap(({ sentence }) => sentence ?? []),
        ]),
  ].join('\n');
}

function baselinesText(row: ScoreRow): string {
  const beside = row.baselines
    .map(({ name, value, verdict }) => {
      const told = verdict === null ? '' : ` (${VERDICTS[verdict]})`;
      return `${name} ${figureText(row, value)}${told}`;
    })
    .join(' · ');
  // The word head's has a line for every word under the table.
  return row.key === 'word-head' ? beside : [row.aside ?? '', beside].filter(Boolean).join(' · ');
}

function wordCells({
  word,
  heldOutRows,
  heldOutContributors,
  headAccuracy,
  distances,
}: WordScoreRow): string[] {
  if (distances === null) return [];
  const { medians, modelInterval, person } = distances;
  const text = (value: number | null): string => figureText({ digits: 2 }, value);
  return [
    `  ${word}`,
    `${counted(heldOutRows, 'row')} of ${String(heldOutContributors)}`,
    `${text(medians.model)}${modelInterval === null ? '' : ` [${intervalText({ digits: 2 }, modelInterval)}]`}`,
    `flat ${text(medians.flat)}`,
    `mean ${text(medians.mean)}`,
    `medoid ${text(medians.medoid)}`,
    `another person ${text(person)}`,
    ...(headAccuracy === null ? [] : [`word head ${(100 * headAccuracy).toFixed(1)} %`]),
  ];
}

/** Lines of cells under one another. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
