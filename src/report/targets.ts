/** What Warmbright is meant to reach on the SAFE-DB file, and whether it does. */
import type { Spread } from '../math/spread';
import type { PeopleFigure } from '../analysis/metrics/people-figure';
import type { PeoplePart } from './people-part';
import type { Report } from './report';
import type { SettingsPart } from './settings-part';

export interface Target {
  readonly what: string;
  readonly goal: string;
  readonly reached: boolean;
  readonly value: number;
  readonly deviation: number | null;
  /** Where it is not reached: what was tried, and what is in the way; else null. */
  readonly tried: string | null;
}

/** What was tried for each kind of target, for those who want to go on from there. */
const TRIED = {
  response:
    'Tried on inner folds of training people: widths from 64 to 256, one to four blocks, with and ' +
    'without layer normalisation, plain layers, learning rates from 0.004 to 0.012, batches from 64 to ' +
    '256, 2 to 16 augmented rows a row, bands exchanged from a quarter of the time to always, drawn at ' +
    'random up to two fifths of it, jittered or turned round, Adam’s β₂ from 0.97 to 0.999, weight decay ' +
    '0 and 0.1, ranges 5 % wider. What helps is more steps, and settings of more people.',
  accuracy:
    'Tried: weights of the word head from 0.1 to 2. In the way: people’s own words, of which curves ' +
    'less their mean level tell no more.',
  curves:
    'Tried: the mean curve, the medoid, and the curve of least distance to the training rows’. In ' +
    'the way: people who use the word differ by more than these curves do.',
  proposals:
    'Tried on inner folds of training people: k-medoids and k-medians of curves, with rows counted by ' +
    'several powers of how many a person gave, distances cut at several lengths, and other words’ ' +
    'rows. In the way: held-out people whose practice nobody in the training rows has.',
  settings:
    'Tried: least squares on the curve, the gains and the bands that work against each other. In the ' +
    'way: curves that five bands make in no other way.',
  worth: 'In the way: people who mean other things by the word, and few of them.',
} as const;

/** Goals for the response error by the encoder alone over all people, by the latent’s size. */
const PEOPLE_GOALS: Readonly<Record<string, number>> = {
  'Warmbright, 2-D': 2,
  'Warmbright, 3-D': 1.5,
};
/** Goals for three and five proposals of the two words that the public split is of. */
const PROPOSAL_GOALS: Readonly<Record<string, readonly [number, number]>> = {
  warm: [2.9, 2.7],
  bright: [2.9, 2.5],
};
/** Shares that may fight or jump, and dB that the response error may grow by. */
const SETTING_GOALS = { fighting: 0.03, jumping: 0.01, errorDb: 0.02 } as const;

/** The targets that the report's data can tell of, means over its seeds. */
export function targetsOf({ response, plain, curves, settings, people }: Report): Target[] {
  return [
    ...response.flatMap(({ dimensions, encoder, curveComponents }) =>
      dimensions === 8
        ? [
            target(
              `Response error by the encoder alone, ${String(dimensions)} dimensions, dB, against PCA on curves`,
              encoder,
              `below ${curveComponents.mean.toFixed(3)}`,
              encoder.mean < curveComponents.mean,
              TRIED.response,
            ),
          ]
        : [],
    ),
    ...(people === null ? [] : peopleTargets(people)),
    target(
      `Neighbour accuracy of ${String(plain.words.length)} words, against the curves' own`,
      plain.neighbourAccuracy,
      `at least ${plain.curveAccuracy.mean.toFixed(3)}`,
      plain.neighbourAccuracy.mean >= plain.curveAccuracy.mean,
      TRIED.accuracy,
    ),
    ...(settings === null ? [] : settingTargets(settings)),
    ...curves.flatMap(({ word, oneCurve, medoid, threeProposals, fiveProposals }) => {
      const [three, five] = PROPOSAL_GOALS[word] ?? [];
      const within = (count: string, spread: Spread, goal: number | undefined): Target[] =>
        goal === undefined
          ? []
          : [atMost(`${count} proposals for “${word}”, LSD in dB`, spread, goal, TRIED.proposals)];
      return [
        target(
          `One curve for “${word}”, LSD in dB, against the medoid`,
          oneCurve,
          `below ${medoid.mean.toFixed(2)}`,
          oneCurve.mean < medoid.mean,
          TRIED.curves,
        ),
        ...within('Three', threeProposals, three),
        ...within('Five', fiveProposals, five),
      ];
    }),
  ];
}

function peopleTargets({ response, accuracy, frequentWords }: PeoplePart): Target[] {
  const model = accuracy.models.find(({ name }) => name === 'Warmbright, 8-D');
  return [
    ...response.flatMap(({ name, errorDb }) => {
      const goal = PEOPLE_GOALS[name];
      const what = `Response error by the encoder alone over everybody, ${name}, dB`;
      return goal === undefined ? [] : [atMost(what, overRows(errorDb), goal, TRIED.response)];
    }),
    ...(model === undefined
      ? []
      : [
          target(
            `Neighbour accuracy of ${accuracy.words.join(' and ')} over everybody, against the curves' own`,
            overRows(model.accuracy),
            `at least ${accuracy.curves.byRows.toFixed(3)}`,
            model.accuracy.byRows >= accuracy.curves.byRows,
            TRIED.accuracy,
          ),
        ]),
    ...frequentWords.map(({ word, gain }) =>
      target(
        `Lower end of what it is worth to know “${word}”, by people, dB`,
        single(gain.peopleInterval?.[0] ?? Number.NaN),
        'above 0',
        gain.peopleInterval !== null && gain.peopleInterval[0] > 0,
        TRIED.worth,
      ),
    ),
  ];
}

function settingTargets(part: SettingsPart): Target[] {
  const { offeredFighting, rowsFighting, placesFighting, stepsJumping, errorChangeDb } = part;
  const { fighting, jumping, errorDb } = SETTING_GOALS;
  const limited = (what: string, value: number, goal: number): Target =>
    atMost(what, single(value), goal, TRIED.settings);
  return [
    limited('Words and kinds that fight', offeredFighting, 0),
    limited('Share of held-out reconstructions that fight', rowsFighting, fighting),
    limited('Share of places on the map that fight', placesFighting, fighting),
    limited('Share of steps at which a knob jumps', stepsJumping, jumping),
    limited('Response error that canonical settings add, dB', errorChangeDb, errorDb),
  ];
}

function overRows({ byRows }: PeopleFigure): Spread {
  return single(byRows);
}

function single(value: number): Spread {
  return { mean: value, deviation: null, values: [value] };
}

function atMost(what: string, spread: Spread, goal: number, tried: string): Target {
  return target(what, spread, `at most ${String(goal)}`, spread.mean <= goal, tried);
}

function target(
  what: string,
  { mean, deviation }: Spread,
  goal: string,
  reached: boolean,
  tried: string,
): Target {
  return { what, goal, reached, value: mean, deviation, tried: reached ? null : tried };
}
