/** A scoreboard as a table that page, command line and exports share: figures, units and words. */
import { counted, thousands, withMinus } from '../../base/number-text';
import {
  DAVIES_BOULDIN,
  KNN_ACCURACY,
  PARAMETER_ERROR,
  RESPONSE_ERROR,
  SILHOUETTE,
  WORD_ACCURACY,
} from '../../base/glossary';
import type { ScoreBaselines, Scoreboard, ScoreFigures, WordScore } from '../../model/model';
import type { Interval } from '../metrics/bootstrap';

/**
 * Held-out rows of a word below which its figure says little without its interval: the standard
 * error of a median is about 1.25 σ/√n, so that at 30 rows its 95 % interval is still ±0.45 σ wide,
 * and distances to people's curves spread by a σ of about 2 dB, far more than candidates differ by.
 */
const FEW_ROWS = 30;

/** Words whose accuracy is named where none has many rows. */
const NAMED_WORDS = 2;

/** Of figures that drawing the words apart would change. */
const NOTHING_APART = 'measured with no words drawn apart';

/** A response error below this is rounding. */
const NOTHING_LOST_DB = 0.005;

/** How the model does beside something else; `unclear` where the 95 % interval holds 0. */
export type Verdict = 'better' | 'worse' | 'unclear';

interface ScoreBaseline {
  readonly name: string;
  readonly value: number | null;
  /** null where it cannot be told. */
  readonly verdict: Verdict | null;
}

export interface ScoreRow {
  readonly key:
    | 'word-head'
    | 'response-error'
    | 'neighbours'
    | 'silhouette'
    | 'davies-bouldin'
    | 'reconstruction';
  readonly title: string;
  /** 'dB', '%' or none. */
  readonly unit: string;
  /** Decimals worth reading. */
  readonly digits: number;
  readonly better: 'lower' | 'higher';
  /** One sentence for people who do not know the figure, as the glossary has it. */
  readonly meaning: string;
  readonly value: number | null;
  readonly interval: Interval | null;
  /** What the value alone does not say, a few words; null for most. */
  readonly aside: string | null;
  /** The same on training rows; null where those are what `value` is on. */
  readonly training: number | null;
  /** On the same rows as `value`. */
  readonly baselines: readonly ScoreBaseline[];
}

export interface WordScoreRow extends Omit<WordScore, 'distances'> {
  /** Whether it has fewer than {@link FEW_ROWS} held-out rows. */
  readonly few: boolean;
  /** Median distances in dB to held-out people's curves; null where they cannot be told. */
  readonly distances: WordScore['distances'];
  /** Of the model's curve beside a flat one; null where it cannot be told. */
  readonly verdict: Verdict | null;
  /** Why the word does not beat a flat curve, or cannot be told; null where it does. */
  readonly sentence: string | null;
}

export interface ScoreTable {
  /** Title of the first column: which rows, how many, of how many people. */
  readonly on: string;
  /** Title of the second; null where the first is of training rows itself. */
  readonly training: string | null;
  readonly rows: readonly ScoreRow[];
  readonly words: readonly WordScoreRow[];
  /** What must be known to read the figures rightly, a sentence each. */
  readonly notes: readonly string[];
}

/** The scoreboard as a table; figures that an earlier version did not measure are left out. */
export function scoreTable(board: Scoreboard): ScoreTable {
  const { training } = board;
  return {
    on: titleOf(board.on, board),
    training: training === null ? null : titleOf('training rows', training),
    rows: rowsOf(board),
    words: board.words.map((word) => wordRow(word, board.on === 'held-out rows')),
    notes: notesOf(board),
  };
}

/** A figure of a row as text, without its unit. */
export function figureText({ digits }: Pick<ScoreRow, 'digits'>, value: number | null): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** "1.20 to 1.92". */
export function intervalText(row: Pick<ScoreRow, 'digits'>, [low, high]: Interval): string {
  return `${figureText(row, low)} to ${figureText(row, high)}`;
}

/** How a verdict reads after a baseline. */
export const VERDICTS: Readonly<Record<Verdict, string>> = {
  better: 'the model is better',
  worse: 'the model does worse',
  unclear: 'no clear difference',
};

/** How many words beat a flat curve, as a sentence; null where nothing is held out. */
export function wordSummary({ words }: ScoreTable): string | null {
  const told = words.filter(({ verdict }) => verdict !== null);
  if (told.length === 0) return null;
  const better = told.filter(({ verdict }) => verdict === 'better').length;
  const untold = words.length - told.length;
  return (
    `The model’s curve is nearer to held-out people than a flat one for ` +
    `${String(better)} of ${String(told.length)} words` +
    (untold === 0 ? '.' : `; ${String(untold)} cannot be told.`)
  );
}

function titleOf(on: Scoreboard['on'], { rows, outOf, contributors }: ScoreFigures): string {
  const people = contributors === null ? '' : `, ${counted(contributors, 'person', 'people')}`;
  const all = outOf === undefined ? '' : ` of ${thousands(outOf)}`;
  return `${on.charAt(0).toUpperCase()}${on.slice(1)} (${thousands(rows)}${all}${people})`;
}

function rowsOf(board: Scoreboard): ScoreRow[] {
  const { intervals, training, baselines } = board;
  const present = board.wordsPresent;
  const of = <T>(figure: (figures: ScoreFigures) => T) => ({
    value: figure(board),
    training: training === null ? null : figure(training),
  });
  const hasHead = board.headAccuracy !== null || (training?.headAccuracy ?? null) !== null;
  const apart = hasHead ? NOTHING_APART : null;
  const rows: ScoreRow[] = [
    {
      key: 'word-head',
      title: WORD_ACCURACY.name,
      unit: '%',
      digits: 1,
      better: 'higher',
      meaning: `${WORD_ACCURACY.meaning} Guessing gives ${guess(present)}.`,
      ...of(({ headAccuracy }) => percent(headAccuracy)),
      interval: percents(intervals?.headAccuracy ?? null),
      aside: eachWord(board.words),
      baselines: byCurves(baselines, intervals?.headGain ?? null),
    },
    {
      key: 'neighbours',
      title: 'kNN accuracy',
      unit: '%',
      digits: 1,
      better: 'higher',
      meaning: `${KNN_ACCURACY.meaning} Guessing gives ${guess(present)}.`,
      ...of(({ neighbourAccuracy }) => percent(neighbourAccuracy)),
      interval: percents(intervals?.neighbourAccuracy ?? null),
      aside: null,
      baselines: byCurves(baselines, intervals?.neighbourGain ?? null),
    },
    {
      key: 'response-error',
      title: 'Response error',
      unit: 'dB',
      digits: 2,
      better: 'lower',
      meaning: RESPONSE_ERROR.meaning,
      ...of(({ responseErrorDb }) => responseErrorDb),
      interval: intervals?.responseErrorDb ?? null,
      aside: null,
      baselines: responseBaselines(baselines, intervals),
    },
    {
      key: 'silhouette',
      title: 'Silhouette',
      unit: '',
      digits: 3,
      better: 'higher',
      meaning: SILHOUETTE.meaning,
      ...of(({ silhouette }) => silhouette),
      interval: intervals?.silhouette ?? null,
      aside: apart,
      baselines: [],
    },
    {
      key: 'davies-bouldin',
      title: 'Davies–Bouldin',
      unit: '',
      digits: 2,
      better: 'lower',
      meaning: DAVIES_BOULDIN.meaning,
      ...of(({ daviesBouldin }) => daviesBouldin),
      interval: null,
      aside: apart,
      baselines: [],
    },
    {
      key: 'reconstruction',
      title: 'Parameter error',
      unit: '',
      digits: 4,
      better: 'lower',
      meaning: PARAMETER_ERROR.meaning,
      ...of(({ reconstruction }) => reconstruction),
      interval: null,
      aside: null,
      baselines: [],
    },
  ];
  // An earlier version measured neither of the first two, and not every model has a word head.
  const unmeasured = new Set<ScoreRow['key']>([
    ...(present === null ? (['response-error', 'neighbours'] as const) : []),
    ...(hasHead ? [] : (['word-head'] as const)),
  ]);
  return rows.filter(({ key }) => !unmeasured.has(key));
}

/**
 * "warm 91.2 % of 57 rows, bright 88.3 % of 60 rows, 12 words of fewer rows": of words with held-out rows,
 * those with most first; each stands word by word, too.
 */
function eachWord(words: readonly WordScore[]): string | null {
  const told = words
    .toSorted((a, b) => b.heldOutRows - a.heldOutRows)
    .filter(({ headAccuracy }) => headAccuracy !== null);
  const many = told.filter(({ heldOutRows }) => heldOutRows >= FEW_ROWS);
  const named = many.length === 0 ? told.slice(0, NAMED_WORDS) : many;
  if (named.length === 0) return null;
  const left = told.length - named.length;
  return [
    ...named.map(
      ({ word, heldOutRows, headAccuracy }) =>
        `${word} ${figureText({ digits: 1 }, percent(headAccuracy))} % of ${counted(heldOutRows, 'row', 'rows')}`,
    ),
    ...(left === 0 ? [] : [`${counted(left, 'word', 'words')} of fewer rows`]),
  ].join(', ');
}

/** @param gain over neighbours by the curves */
function byCurves(baselines: ScoreBaselines | null, gain: Interval | null): ScoreBaseline[] {
  if (baselines === null) return [];
  const value = percent(baselines.neighbourAccuracy);
  return [{ name: 'by the curves alone', value, verdict: verdictOf(gain) }];
}

function responseBaselines(
  baselines: ScoreBaselines | null,
  intervals: Scoreboard['intervals'],
): ScoreBaseline[] {
  if (baselines === null) return [];
  const baseline = (name: string, key: 'flat' | 'parameterComponents' | 'curveComponents') => ({
    name,
    value: baselines[key],
    verdict: verdictOf(intervals?.responseGain[key] ?? null),
  });
  return [
    baseline('PCA on parameters', 'parameterComponents'),
    baseline('PCA on curves', 'curveComponents'),
    baseline('flat', 'flat'),
  ];
}

/** @param gain how much better the model is */
function verdictOf(gain: Interval | null): Verdict | null {
  if (gain === null) return null;
  const [low, high] = gain;
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'unclear';
}

function wordRow(score: WordScore, held: boolean): WordScoreRow {
  const { distances, heldOutRows } = score;
  return {
    ...score,
    few: held && heldOutRows < FEW_ROWS,
    verdict: verdictOf(distances?.nearerThanFlat ?? null),
    sentence: held ? sentenceOf(score) : null,
  };
}

function sentenceOf({
  word,
  heldOutRows,
  heldOutContributors,
  distances,
}: WordScore): string | null {
  if (heldOutRows === 0) return `Nobody who is held out used “${word}”, so it cannot be judged.`;
  if (distances === null) return `For “${word}” the model has no curve to judge.`;
  const { medians, nearerThanFlat } = distances;
  const nearer = medians.flat - medians.model;
  const subject = `For “${word}” the model’s curve`;
  if (nearer <= 0) return `${subject} is no nearer to held-out people than a flat one.`;
  const by = `is ${nearer.toFixed(2)} dB nearer to held-out people than a flat one`;
  if (nearerThanFlat === null) {
    const people = counted(heldOutContributors, 'person', 'people');
    return `${subject} ${by}, but ${people} cannot tell what others would say.`;
  }
  if (nearerThanFlat[0] > 0) return null;
  const might = withMinus(intervalText({ digits: 2 }, nearerThanFlat));
  return `${subject} ${by}, which may be chance: other people might make it ${might} dB.`;
}

function notesOf(board: Scoreboard): string[] {
  const sampled = board.outOf !== undefined || board.training?.outOf !== undefined;
  return [
    ...notesOn(board),
    sampled
      ? 'The rows are too many to be compared pair by pair: the figures are of as many as the table says, drawn at random, the same for every model.'
      : '',
  ].filter(Boolean);
}

function notesOn({ on, split, words, baselines }: Scoreboard): string[] {
  if (on === 'training rows') {
    return [
      'Nothing is held out: the figures are on rows the model learnt from, so they say nothing about other people’s settings and are compared with nothing.',
    ];
  }
  if (on === 'all rows') {
    return ['The model may have learnt from any of these rows: nothing is known to be held out.'];
  }
  const few = words.filter(({ heldOutRows }) => heldOutRows < FEW_ROWS).length;
  return [
    split === 'row'
      ? 'Held out by row, which leaks: the same people are on both sides, and their settings are alike. Held out by contributor, the figures would be worse.'
      : '',
    baselines !== null && baselines.parameterComponents < NOTHING_LOST_DB
      ? 'PCA on parameters loses nothing here: the latent has as many dimensions as an equaliser has parameters.'
      : '',
    few === 0
      ? ''
      : `${String(few)} of ${counted(words.length, 'word has', 'words have')} fewer than ${String(FEW_ROWS)} held-out rows: there the 95 % interval says more than the figure.`,
  ];
}

function guess(words: number | null): string {
  return words === null || words === 0 ? 'less' : `${(100 / words).toFixed(0)} %`;
}

function percent(share: number | null): number | null {
  return share === null ? null : 100 * share;
}

function percents(interval: Interval | null): Interval | null {
  return interval === null ? null : [100 * interval[0], 100 * interval[1]];
}
