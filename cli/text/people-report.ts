/** What the report says of people: how fresh the held-out rows are, and figures over everybody. */
import { counted } from '../../src/base/number-text';
import type { Interval } from '../../src/analysis/metrics/bootstrap';
import {
  FEWEST_PEOPLE,
  type InstrumentDifference,
} from '../../src/analysis/instrument-differences';
import type { PeopleFigure } from '../../src/analysis/metrics/people-figure';
import type { WordValue } from '../../src/analysis/word-values';
import type { PeoplePart } from '../../src/report/people-part';
import type { SeedOverlap } from '../../src/report/seed-overlap';
import { table } from './report-table';

/** How much the seeds' held-out rows are new. */
export function overlapText(overlaps: readonly SeedOverlap[]): string {
  return overlaps.map(ofWords).join('\n');
}

function ofWords({ words, seenSeeds, seen, shared, neverHeldOut }: SeedOverlap): string {
  const named = words.length === 2 ? words.join(' and ') : `${String(words.length)} words`;
  const pairs =
    shared === null
      ? ''
      : ` Two of these seeds share ${percent(shared.mean)} of their held-out rows (${percent(shared.least)} to ${percent(shared.most)}).`;
  const never = neverHeldOut
    .map(({ contributor, rows }) => `${String(contributor)} (${String(rows)} rows)`)
    .join(', ');
  const share = neverHeldOut.reduce((sum, own) => sum + own.share, 0);
  return (
    `Of ${named}, ${percent(seen)} of the rows that these seeds hold out were held out by seeds 1 to ` +
    `${String(seenSeeds)}, too, while the recipes were made: those are no fresh rows.${pairs}` +
    (never === ''
      ? ''
      : ` Never held out by any of seeds 1 to 40: contributors ${never}, who gave ${percent(share)} of the rows.`)
  );
}

/** Figures over everybody; a sentence where there are none. */
export function peopleTexts(part: PeoplePart | null): string[] {
  if (part === null) return ['Too few people gave the rows for folds that hold everybody out.'];
  const { folds, words, rows, people, accuracy, response } = part;
  return [
    `Everybody held out once, in ${String(folds)} folds: ${String(rows)} rows of ${String(people)} people, ` +
      `${String(words.length)} words (${words.join(', ')}). Counted by rows and by people, with 95 % intervals over people.`,
    `Accuracy of 15 neighbours on ${accuracy.words.join(' and ')}: share told right.\n` +
      table(
        ['', 'by rows', '', 'by people', ''],
        [
          ['curves less their mean level, no model', ...figureCells(accuracy.curves)],
          ...accuracy.models.map((model) => [model.name, ...figureCells(model.accuracy)]),
        ],
      ) +
      '\n\nOf those who gave most rows of them:\n' +
      table(
        ['', 'rows', 'by curves', 'Warmbright, 8-D'],
        accuracy.people.map((person) => [
          `contributor ${String(person.contributor)}`,
          String(person.rows),
          decimals(person.curves),
          decimals(person.model),
        ]),
      ),
    'Response error in dB, the encoder’s answer alone.\n' +
      table(
        ['', 'by rows', '', 'by people', ''],
        response.map(({ name, errorDb }) => [name, ...figureCells(errorDb)]),
      ),
    'What a word is worth: energy score in dB (less is better), and the chance to come nearer to a\n' +
      'held-out setting than a training row of the word drawn at random. “The word” draws such a row,\n' +
      '“other words” one of the others, “word unknown” one of all.',
    ...part.frequentWords.map((value) => valueText(value, accuracy.words)),
    ...(part.rareWords.length === 0 ? [] : [rareText(part.rareWords)]),
  ];
}

function valueText(
  { word, rows, people, ways, gain }: WordValue,
  words: readonly string[],
): string {
  return (
    `“${word}”, ${String(rows)} rows of ${String(people)} people, compared with ${words
      .filter((other) => other !== word)
      .map((other) => `“${other}”`)
      .join(', ')}.\n` +
    table(
      ['', 'by rows', '', 'by people', '', 'wins, by rows', ''],
      ways.map(({ way, energyScore, winRate }) => [
        way,
        ...figureCells(energyScore),
        decimals(winRate.byRows),
        intervalText(winRate.rowsInterval),
      ]),
    ) +
    `\n\n${gainText(word, gain)}`
  );
}

function gainText(
  word: string,
  { byPeople, peopleInterval, byRows, rowsInterval }: PeopleFigure,
): string {
  const tells = peopleInterval !== null && peopleInterval[0] > 0;
  return (
    `To know “${word}” is worth ${decimals(byPeople)} dB ${intervalText(peopleInterval)} by people, ` +
    `${decimals(byRows)} ${intervalText(rowsInterval)} by rows: ` +
    (tells ? 'it tells something of what a person does.' : 'that it tells anything is not shown.')
  );
}

function rareText(values: readonly WordValue[]): string {
  const score = ({ ways }: WordValue, wanted: string): PeopleFigure | undefined =>
    ways.find(({ way }) => way === wanted)?.energyScore;
  return (
    'The other words, compared with all: energy scores by people, and what knowing the word is worth.\n' +
    table(
      ['', 'rows', 'people', 'flat', 'the word', 'unknown', 'worth', ''],
      values.map((value) => [
        value.word,
        String(value.rows),
        String(value.people),
        ...['flat', 'the word', 'word unknown'].map((way) =>
          decimals(score(value, way)?.byPeople ?? Number.NaN),
        ),
        decimals(value.gain.byPeople),
        intervalText(value.gain.peopleInterval),
      ]),
    )
  );
}

/** Whether words mean something else on an instrument; nothing where the file offers none. */
export function instrumentTexts(differences: readonly InstrumentDifference[]): string[] {
  if (differences.length === 0) return [];
  return [
    'Instruments: energy distance between the curves of people who mostly used a word on one and of\n' +
      'those who used it on others, each person counted once, and its chance (permutation of people).\n' +
      differences.map(differenceText).join('\n'),
  ];
}

function differenceText({
  word,
  instrument,
  people,
  otherPeople,
  distanceDb,
  p,
}: InstrumentDifference): string {
  const counts = `“${word}” on ${instrument} by ${counted(people, 'person', 'people')}, on others by ${counted(otherPeople, 'person', 'people')}: `;
  if (distanceDb === null || p === null) {
    return `  ${counts}whether it differs cannot be told of fewer than ${String(FEWEST_PEOPLE)} on either side.`;
  }
  const told = p < 0.05 ? 'it differs' : 'no difference is shown';
  return `  ${counts}${told}, ${decimals(distanceDb)} dB, p = ${decimals(p)}.`;
}

function figureCells({ byRows, rowsInterval, byPeople, peopleInterval }: PeopleFigure): string[] {
  return [
    decimals(byRows),
    intervalText(rowsInterval),
    decimals(byPeople),
    intervalText(peopleInterval),
  ];
}

function intervalText(interval: Interval | null): string {
  return interval === null ? '' : `[${interval.map(decimals).join(', ')}]`;
}

function decimals(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(3);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
