/** What it is worth to know a word, where another person's setting is to be foretold. */
import { groupBy } from '../base/group-by';
import type { SafeRow } from '../data/rows';
import { CURVE_POINTS, curvesOf, logSpectralDistance } from './metrics/curves';
import { CurveDistances, energyScore, winRate } from './metrics/energy-score';
import { peopleFigure, type PeopleFigure } from './metrics/people-figure';
import { meanCurve } from './metrics/word-distances';

/** One split of the rows, and what models that learnt from its training rows say of the words. */
export interface ValuedFold {
  /** Which rows are held out, [rows], 1 where they are. */
  readonly heldOut: ArrayLike<number>;
  /** A word's curve as each model has it, [256]; null where it has none. */
  readonly models: readonly {
    readonly name: string;
    readonly curveOf: (word: string) => Float64Array | null;
  }[];
}

/** How a way of foretelling held-out people's settings of a word does. */
interface ValuedWay {
  /** "flat", "mean", "medoid", a model's name, "the word", "other words" or "word unknown". */
  readonly way: string;
  /** Energy score, dB; the smaller the better. */
  readonly energyScore: PeopleFigure;
  /** Chance to come nearer than the setting of the word in a training row drawn at random. */
  readonly winRate: PeopleFigure;
}

export interface WordValue {
  readonly word: string;
  /** Held-out rows, and the people who gave them. */
  readonly rows: number;
  readonly people: number;
  readonly ways: readonly ValuedWay[];
  /** How much better than “word unknown” “the word” does, dB: above 0, the word says something. */
  readonly gain: PeopleFigure;
}

/** How one way foretells one held-out row. */
interface Scored {
  readonly way: string;
  readonly contributor: number;
  readonly energyScore: number;
  readonly winRate: number;
}

const WAYS = { word: 'the word', others: 'other words', unknown: 'word unknown' } as const;

type Row = Pick<SafeRow, 'word' | 'contributor' | 'setting'>;

/** Rows and all that is known of their curves. */
interface Curves {
  readonly rows: readonly Row[];
  readonly distances: CurveDistances;
  /** A row's curve, [256]. */
  readonly curveOf: (row: number) => Float64Array;
}

/**
 * Of each word, how well its held-out settings are foretold by a flat curve, by the mean curve and
 * the medoid of its training rows, by models' curves of it, and by drawing a training row: one of the
 * word, of the other words, or of all, as where the word is not known. Distances are log-spectral;
 * see {@link energyScore} and {@link winRate}.
 *
 * @param rows  of the words compared. Their distances are kept, each to each, so there should not be
 *   more than a few thousand
 * @param words in the order wanted; one that no split has rows of on both sides is left out
 * @param folds splits whose held-out rows are counted together
 */
export function wordValues(
  rows: readonly Row[],
  words: readonly string[],
  folds: readonly ValuedFold[],
): WordValue[] {
  const values = curvesOf(rows.map(({ setting }) => setting));
  const curves: Curves = {
    rows,
    distances: new CurveDistances(values),
    curveOf: (row) => values.subarray(row * CURVE_POINTS, (row + 1) * CURVE_POINTS),
  };
  return words.flatMap((word) => {
    const scores = groupBy(
      folds.flatMap((fold) => scoresOf(word, fold, curves)),
      ({ way }) => way,
    );
    const [knowing, unknowing] = [scores.get(WAYS.word), scores.get(WAYS.unknown)];
    if (knowing === undefined || unknowing === undefined) return [];
    const people = knowing.map(({ contributor }) => contributor);
    const gains = unknowing.map(
      ({ energyScore }, i) => energyScore - (knowing[i]?.energyScore ?? Number.NaN),
    );
    return [
      {
        word,
        rows: knowing.length,
        people: new Set(people).size,
        ways: [...scores].map(([way, scored]) => valued(way, scored)),
        gain: peopleFigure(gains, people),
      },
    ];
  });
}

function scoresOf(word: string, fold: ValuedFold, { rows, distances, curveOf }: Curves): Scored[] {
  const numbers = [...rows.keys()];
  const isOfWord = (row: number): boolean => rows[row]?.word === word;
  const known = numbers.filter((row) => fold.heldOut[row] !== 1);
  const own = known.filter(isOfWord);
  const asked = numbers.filter((row) => fold.heldOut[row] === 1 && isOfWord(row));
  if (own.length === 0) return [];
  const drawn = [
    { way: WAYS.word, members: own },
    { way: WAYS.others, members: known.filter((row) => !isOfWord(row)) },
    { way: WAYS.unknown, members: known },
  ]
    .filter(({ members }) => members.length > 0)
    .map((of) => ({ ...of, within: distances.within(of.members) }));
  const single = [
    { way: 'flat', curve: new Float64Array(CURVE_POINTS) },
    { way: 'mean', curve: meanCurve(own.map(curveOf)) },
    { way: 'medoid', curve: curveOf(distances.medoid(own)) },
    ...fold.models.map((model) => ({ way: model.name, curve: model.curveOf(word) })),
  ];
  return asked.flatMap((row) => {
    const toOwn = distances.from(row, own);
    const scored = (way: string, toOutcome: Float64Array, within: number): Scored => ({
      way,
      contributor: rows[row]?.contributor ?? 0,
      energyScore: energyScore(toOutcome, within),
      winRate: winRate(toOutcome, toOwn),
    });
    return [
      ...single.flatMap(({ way, curve }) =>
        curve === null
          ? []
          : [scored(way, Float64Array.of(logSpectralDistance(curve, curveOf(row))), 0)],
      ),
      ...drawn.map(({ way, members, within }) => scored(way, distances.from(row, members), within)),
    ];
  });
}

function valued(way: string, scored: readonly Scored[]): ValuedWay {
  const people = scored.map(({ contributor }) => contributor);
  const figure = (of: (score: Scored) => number): PeopleFigure =>
    peopleFigure(scored.map(of), people);
  return {
    way,
    energyScore: figure(({ energyScore }) => energyScore),
    winRate: figure(({ winRate }) => winRate),
  };
}
