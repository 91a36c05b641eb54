/** What Warmbright is meant to reach on the SAFE-DB file, and whether it does. */
import type { Spread } from '../math/spread';
import type { Report } from './report';

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
    'Tried: wider layers, tanh, parameters as input, with and without augmented rows, other rates. ' +
    'Training rows come nearer, so what is missing is settings of more people.',
  pair:
    'Tried: contrastive weights from 8 to 100, temperatures from 0.3 to 3, words of 15 to 151 ' +
    'neighbours, wider layers, steeper first weights of the decoder.',
  allWords:
    'Tried: the contrastive loss on people’s own words and on their neighbours’, and none. In the ' +
    'way: settings of different words are alike, as the accuracy of 15 neighbours by curves shows.',
  curves:
    'Tried: the mean curve, the medoid, and the curve of least distance to the training rows’. In ' +
    'the way: people who use the word differ by more than these curves do.',
  schools:
    'Tried: k-means and k-medians of curves. In the way: held-out people whose practice nobody in ' +
    'the training rows has.',
} as const;

/** Goals for the response error, by the latent's size. */
const RESPONSE_GOALS: Readonly<Record<number, number>> = { 2: 2, 3: 1.45, 8: 0.6 };
const SILHOUETTE_GOAL = 0.7;
const PAIR_ERROR_GOAL = 0.75;
/** Goals for three clusters of the two words that the public split is of. */
const CLUSTER_GOALS: Readonly<Record<string, number>> = { warm: 3.4, bright: 3.1 };

/** The targets that the report's data can tell of, means over its seeds. */
export function targetsOf({ response, twoWords, allWords, plain, curves }: Report): Target[] {
  const atMost = (what: string, spread: Spread, goal: number, tried: string): Target =>
    target(what, spread, `at most ${String(goal)}`, spread.mean <= goal, tried);
  const { silhouette, neighbourAccuracy, curveAccuracy, searchedErrorDb, twoPoints } = twoWords;
  const twoPointsApart =
    `${TRIED.pair} In the way: people’s own words. Were each row in one of two points, that of the ` +
    `word its 15 neighbours by curves tell, the silhouette would be ${twoPoints.mean.toFixed(3)}; ` +
    'that is no upper bound, for another classifier, as of 31 neighbours, may come higher.';
  const two = twoWords.words.join(' and ');
  const best = allWords.silhouette.mean > plain.silhouette.mean ? allWords : plain;
  return [
    ...response.flatMap(({ dimensions, warmbright }) => {
      const goal = RESPONSE_GOALS[dimensions];
      const what = `Response error, ${String(dimensions)} dimensions, dB`;
      return goal === undefined ? [] : [atMost(what, warmbright, goal, TRIED.response)];
    }),
    target(
      `Silhouette of ${two}`,
      silhouette,
      `at least ${String(SILHOUETTE_GOAL)}`,
      silhouette.mean >= SILHOUETTE_GOAL,
      twoPointsApart,
    ),
    target(
      `Neighbour accuracy of ${two}, against the curves' own`,
      neighbourAccuracy,
      `at least ${curveAccuracy.mean.toFixed(3)}`,
      neighbourAccuracy.mean >= curveAccuracy.mean,
      TRIED.pair,
    ),
    atMost(`Response error of the same model, dB`, searchedErrorDb, PAIR_ERROR_GOAL, TRIED.pair),
    target(
      `Silhouette of ${String(best.words.length)} words (far off)`,
      best.silhouette,
      'above 0',
      best.silhouette.mean > 0,
      TRIED.allWords,
    ),
    ...curves.flatMap(({ word, oneCurve, medoid, threeSchools }) => {
      const goal = CLUSTER_GOALS[word];
      return [
        target(
          `One curve for “${word}”, LSD in dB, against the medoid`,
          oneCurve,
          `below ${medoid.mean.toFixed(2)}`,
          oneCurve.mean < medoid.mean,
          TRIED.curves,
        ),
        ...(goal === undefined
          ? []
          : [atMost(`Three clusters of “${word}”, LSD in dB`, threeSchools, goal, TRIED.schools)]),
      ];
    }),
  ];
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
