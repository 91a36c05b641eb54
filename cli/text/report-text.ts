/** The report as text. */
import { counted } from '../../src/base/number-text';
import type { Report, WordsPart } from '../../src/report/report';
import type { Target } from '../../src/report/targets';
import { instrumentTexts, overlapText, peopleTexts } from './people-report';
import { table, text } from './report-table';
import type { SettingsPart } from '../../src/report/settings-part';

export function reportText(report: Report, targets: readonly Target[], seconds: number): string {
  const {
    firstSeed,
    seeds,
    epochs,
    manyWords,
    response,
    twoWords,
    plain,
    foundingModel,
    curves,
    drawnApart,
    seedOverlaps,
    settings,
    people,
    instruments,
  } = report;
  const quick = epochs === null ? '' : `, ${counted(epochs, 'epoch')} in place of the recipes'`;
  return `${[
    `Held-out rows, whole contributors; mean ± standard deviation over the seeds ` +
      `${String(firstSeed)} to ${String(firstSeed + seeds - 1)}, each with a split of its own${quick}. ` +
      `Data set ${report.dataSha256.slice(0, 12)}…`,
    overlapText(seedOverlaps),
    `Response error in dB, ${String(manyWords.length)} words (${manyWords.join(', ')}).\n` +
      'These are all words with five rows or more, so that the figures are of the words that others measured;\n' +
      'those that the page leaves out as suspect, placeholders and words of one person, are among them.\n' +
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
    'Words in the latent. Word head: balanced accuracy of the layer that names a latent’s word. Neighbours:\n' +
      'that of the 15 nearest training rows, beside that by curves less their mean level, which needs no model. Errors:\n' +
      'searched as above, where that was done, and the encoder’s answer alone. Silhouettes are of the latent\n' +
      'as it is, nothing drawn apart (A = 0).\n' +
      table(
        [
          ...['', 'word head', 'neighbours', 'by curves', 'error, dB', 'encoder alone'],
          ...['silhouette', '(training)'],
        ],
        [
          wordsRow(`${twoWords.words.join(', ')}: Warmbright on these two`, twoWords),
          wordsRow(`${String(plain.words.length)} words: Warmbright, 8-D`, plain),
          wordsRow(`${String(foundingModel.words.length)} words: Seed V2`, foundingModel),
        ],
      ) +
      `\n\n${headText(plain)}\n\n` +
      `With words drawn apart by A, which changes no setting and nothing that the word head says, the\n` +
      `silhouette of held-out rows of ${twoWords.words.join(' and ')} in Warmbright of ${String(plain.words.length)} words, 8-D, is\n` +
      `${drawnApart.map(({ amount, silhouette }) => `${text(silhouette)} at A = ${String(amount)}`).join(', ')}.\n` +
      `Were each row in one of two points, that of the word its 15 neighbours by curves tell, it would be\n` +
      `${text(twoWords.twoPoints)}. That is what this one classifier gives, and no upper bound: on splits of the\n` +
      'SAFE-DB file where 15 neighbours gave 0.681, 31 gave 0.690, and other places of the rows 0.702.',
    'One curve a word: median distance (LSD, dB) to held-out people’s curves; and several: mean distance\n' +
      'to the nearest of three kinds, of three centres of plain k-means, and of three and five proposals.\n' +
      table(
        [
          ...['', 'one curve', 'model', 'medoid', 'mean', 'flat', '3 kinds', '3-means'],
          ...['3 proposals', '5 proposals'],
        ],
        curves.map((part) => [
          part.word,
          ...[part.oneCurve, part.model, part.medoid, part.mean, part.flat].map(text),
          text(part.threeSchools),
          text(part.kMeans),
          text(part.threeProposals),
          text(part.fiveProposals),
        ]),
      ),
    ...(settings === null ? [] : [settingsText(settings)]),
    ...peopleTexts(people),
    ...instrumentTexts(instruments),
    'Targets\n' +
      table(
        ['', 'goal', 'is', ''],
        targets.map(({ what, goal, reached, value, deviation }) => [
          what,
          goal,
          // A count, as of words, is no measured figure.
          deviation === null && Number.isInteger(value)
            ? String(value)
            : text({ mean: value, deviation }),
          reached ? 'reached' : 'NOT reached',
        ]),
      ),
    ...[...new Set(targets.flatMap(({ tried }) => tried ?? []))].map(
      (tried) =>
        `Not reached:\n${targets
          .filter((target) => target.tried === tried)
          .map(({ what }) => `  ${what}\n`)
          .join('')}${tried}`,
    ),
    `${seconds.toFixed(0)} s.`,
  ].join('\n\n')}\n`;
}

function settingsText(part: SettingsPart): string {
  const share = (of: number): string => `${(100 * of).toFixed(1)} %`;
  return (
    'Settings of the 8-D model of the first seed. Bands fight where two of opposite sign and 2 dB or more\n' +
    'lie within an octave; a knob jumps where the gain of a band that is heard moves by more than 3 dB,\n' +
    'or its frequency by more than half an octave.\n' +
    table(
      ['', 'share'],
      [
        ['people’s rows that fight', share(part.people)],
        [
          'words and kinds that fight',
          `${String(part.offeredFighting)} of ${String(part.offered)}`,
        ],
        [
          `reconstructions of ${String(part.rows)} held-out rows that fight`,
          share(part.rowsFighting),
        ],
        ['the same, as the decoder says them', share(part.decodedFighting)],
        ['response error, against the decoder’s', `${part.errorChangeDb.toFixed(3)} dB`],
        [`places on the map that fight, of ${String(part.places)}`, share(part.placesFighting)],
        [`steps of 1 % of the map at which a knob jumps`, share(part.stepsJumping)],
      ],
    )
  );
}

/** "Word head, word by word: warm 0.901 ± 0.012, …": accuracies on held-out rows. */
function headText({ words, headWords }: WordsPart): string {
  const each = headWords.map(({ word, accuracy }) => `${word} ${text(accuracy)}`).join(', ');
  return `Word head of ${String(words.length)} words, share of each word’s held-out rows told right: ${each}.`;
}

function wordsRow(name: string, part: WordsPart): string[] {
  return [
    name,
    part.headAccuracy === null ? '–' : text(part.headAccuracy),
    text(part.neighbourAccuracy),
    text(part.curveAccuracy),
    part.searchedErrorDb === null ? '–' : text(part.searchedErrorDb),
    text(part.responseErrorDb),
    text(part.silhouette),
    text(part.trainingSilhouette),
  ];
}
