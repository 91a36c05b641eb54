/** The report as text. */
import type { Spread } from '../../src/math/spread';
import type { Report, WordsPart } from '../../src/report/report';
import type { Target } from '../../src/report/targets';

export function reportText(report: Report, targets: readonly Target[], seconds: number): string {
  const {
    firstSeed,
    seeds,
    epochs,
    manyWords,
    response,
    twoWords,
    allWords,
    plain,
    foundingModel,
    curves,
  } = report;
  const quick = epochs === null ? '' : `, ${String(epochs)} epochs in place of the recipes'`;
  return `${[
    `Held-out rows, whole contributors; mean ± standard deviation over the seeds ` +
      `${String(firstSeed)} to ${String(firstSeed + seeds - 1)}, each with a split of its own that nobody ` +
      `looked at while the recipes were made${quick}. Data set ${report.dataSha256.slice(0, 12)}…`,
    `Response error in dB, ${String(manyWords.length)} words (${manyWords.join(', ')}).\n` +
      'Warmbright: the nearest curve it can make, searched from the encoder’s answer, as principal\n' +
      'components give theirs; beside it the encoder’s answer alone.\n' +
      table(
        [
          'dimensions',
          'Warmbright',
          'encoder alone',
          '(training)',
          'PCA curves',
          'PCA param.',
          'flat',
        ],
        response.map((part) => [
          String(part.dimensions),
          text(part.warmbright),
          text(part.encoder),
          text(part.training),
          text(part.curveComponents),
          text(part.parameterComponents),
          text(part.flat),
        ]),
      ),
    'Words in the latent. Neighbours: balanced accuracy of the 15 nearest training rows, beside that\n' +
      'by level-free curves, which needs no model. Errors: searched as above, where that was done, and the\n' +
      'encoder’s answer alone.\n' +
      table(
        ['', 'silhouette', '(training)', 'neighbours', 'by curves', 'error, dB', 'encoder alone'],
        [
          wordsRow(`${twoWords.words.join(', ')}: Warmbright, two words`, twoWords),
          wordsRow(`${String(allWords.words.length)} words: the same recipe`, allWords),
          wordsRow(`${String(plain.words.length)} words: Warmbright, 8-D`, plain),
          wordsRow(`${String(foundingModel.words.length)} words: Seed V2`, foundingModel),
        ],
      ) +
      `\n\nWere each row of ${twoWords.words.join(' and ')} in one of two points, that of the word its neighbours\n` +
      `by curves tell, their silhouette would be ${text(twoWords.twoPoints)}.`,
    'One curve a word: median distance (LSD, dB) to held-out people’s curves; and three kinds: mean\n' +
      'distance to the nearest, as settings, beside three centres of plain k-means.\n' +
      table(
        ['', 'one curve', 'model', 'medoid', 'mean', 'flat', '3 kinds', '3-means'],
        curves.map((part) => [
          part.word,
          ...[part.oneCurve, part.model, part.medoid, part.mean, part.flat].map(text),
          text(part.threeSchools),
          text(part.kMeans),
        ]),
      ),
    'Targets\n' +
      table(
        ['', 'goal', 'is', ''],
        targets.map(({ what, goal, reached, value, deviation }) => [
          what,
          goal,
          text({ mean: value, deviation }),
          reached ? 'reached' : 'NOT reached',
        ]),
      ),
    ...targets.flatMap(({ what, tried }) =>
      tried === null ? [] : [`${what}: not reached. ${tried}`],
    ),
    `${seconds.toFixed(0)} s.`,
  ].join('\n\n')}\n`;
}

function wordsRow(name: string, part: WordsPart): string[] {
  return [
    name,
    text(part.silhouette),
    text(part.trainingSilhouette),
    text(part.neighbourAccuracy),
    text(part.curveAccuracy),
    part.searchedErrorDb === null ? '–' : text(part.searchedErrorDb),
    text(part.responseErrorDb),
  ];
}

function text({ mean, deviation }: Pick<Spread, 'mean' | 'deviation'>): string {
  if (Number.isNaN(mean)) return 'none';
  return deviation === null ? mean.toFixed(3) : `${mean.toFixed(3)} ± ${deviation.toFixed(3)}`;
}

/** Columns wide enough for their longest cell; the first to the left, the others to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...lines.map((line) => (line[i] ?? '').length)));
  return lines
    .map((line) =>
      `  ${line
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')}`.trimEnd(),
    )
    .join('\n');
}
