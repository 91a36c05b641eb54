/** Runs side by side: what was done differently, and what came of it. */
import {
  figureText,
  intervalText,
  scoreTable,
  type ScoreRow,
} from '../analysis/scoreboard/score-table';
import { InputError } from '../base/input-error';
import type { ModelDocument, Scoreboard, WordScore } from '../model/model';
import type { EpochRecord } from '../training/progress';
import { differingSettings } from '../recipe/differing-settings';
import { hasEffect } from '../recipe/setting-values';
import { factsOf, SETTING_KEYS } from '../recipe/settings';
import type { LossEffect } from '../recipe/settings/setting';
import type { Cell, TextTable } from '../base/table-text';
import { MOST_COMPARED } from './most-compared';

export interface ComparedRun {
  readonly document: ModelDocument;
  /** Empty for a model file without its checkpoint. */
  readonly history: readonly EpochRecord[];
}

export interface Comparison {
  /** What each run goes by, no two alike. */
  readonly names: readonly string[];
  /** A row for each setting of the recipes that differs. */
  readonly settings: TextTable;
  /** A row for each figure and the rows it is on. */
  readonly scores: TextTable;
  /** Median distances in dB of each word's one curve to held-out people's. */
  readonly words: TextTable;
  /** Why figures cannot be compared, a sentence each. */
  readonly warnings: readonly string[];
}

type Run = NonNullable<ModelDocument['run']>;
type Rows = Scoreboard['on'];

const LOSSES = [
  ['total', 'Total loss'],
  ['reconstruction', 'Reconstruction loss'],
  ['contrastive', 'Word loss'],
  ['validation', 'Validation loss'],
] as const;

/**
 * Compares runs by what their model files say.
 *
 * @param compared two to eight
 * @throws InputError where there are fewer or more, or a model does not say how it was trained
 */
export function compareRuns(compared: readonly ComparedRun[]): Comparison {
  if (compared.length < 2 || compared.length > MOST_COMPARED) {
    throw new InputError(`Choose 2 to ${String(MOST_COMPARED)} runs to compare.`);
  }
  const runs = compared.map(({ document: { run } }) => {
    if (run === null) throw new InputError('A model does not say how it was trained.');
    return run;
  });
  const names = distinctNames(runs);
  const settings = differingSettings(runs.map(({ recipe }) => recipe));
  const differences = differencesOf(compared, runs);
  // Which is better can be said of what is alike but for the model.
  const sameRows = differences.rows.length === 0;
  const sameLosses = sameRows && differences.losses.length === 0;
  return {
    names,
    settings: {
      columns: ['Setting', ...names],
      rows: settings.map(({ label, texts }) => [label, ...texts]),
    },
    scores: {
      columns: ['Figure', 'Better', ...names],
      rows: [...countRows(runs), ...figureRows(runs, sameRows), ...lossRows(compared, sameLosses)],
    },
    words: wordTable(runs, names),
    warnings: [
      ...differences.rows,
      ...differences.losses,
      ...runs.flatMap((run, i) => ownWarnings(run).map((what) => `${names[i] ?? ''}: ${what}`)),
    ],
  };
}

/** Names with a number after those that came before. */
function distinctNames(runs: readonly Run[]): string[] {
  const names: string[] = [];
  for (const { name } of runs) {
    let distinct = name;
    for (let i = 2; names.includes(distinct); i++) distinct = `${name} (${String(i)})`;
    names.push(distinct);
  }
  return names;
}

function countRows(runs: readonly Run[]): Cell[][] {
  const row = (title: string, of: (run: Run) => number | null | undefined): Cell[] => [
    title,
    null,
    ...runs.map((run) => countText(of(run))),
  ];
  const rows = [
    row('Epochs trained', ({ epochs }) => epochs),
    row('Training rows', ({ trainingRows }) => trainingRows),
    row('Held-out rows', ({ heldOutRows }) => heldOutRows),
    row('Held-out people', ({ scoreboard }) =>
      scoreboard?.on === 'held-out rows' ? scoreboard.contributors : null,
    ),
    row('Words measured', ({ scoreboard }) => scoreboard?.wordsPresent),
  ];
  return rows.filter(isTold);
}

/** Figures of the scoreboards: on held-out rows first, their intervals and baselines with them. */
function figureRows(runs: readonly Run[], alike: boolean): Cell[][] {
  const boards = runs.map(({ scoreboard }) =>
    scoreboard === null
      ? null
      : { on: scoreboard.on, rows: new Map(scoreTable(scoreboard).rows.map((r) => [r.key, r])) },
  );
  const known = new Map(boards.flatMap((board) => [...(board?.rows ?? [])]));
  const rows: Cell[][] = [];
  for (const [key, { title, unit, better }] of known) {
    const add = (what: string, direction: Cell, of: (row: ScoreRow, on: Rows) => Cell): void => {
      const cells = boards.map((board) => {
        const row = board?.rows.get(key);
        return board === null || row === undefined ? null : of(row, board.on);
      });
      rows.push([`${title}${unit === '' ? '' : `, ${unit}`}, ${what}`, direction, ...cells]);
    };
    add('held-out rows', alike ? better : null, (row, on) =>
      on === 'held-out rows' ? valueText(row, row.value) : null,
    );
    add('held-out rows, 95 % interval', null, (row, on) =>
      on === 'held-out rows' && row.interval !== null ? intervalText(row, row.interval) : null,
    );
    add('training rows', null, (row, on) =>
      valueText(row, on === 'training rows' ? row.value : row.training),
    );
    add('all rows', null, (row, on) => (on === 'all rows' ? valueText(row, row.value) : null));
    for (const baseline of baselineNames(boards.map((board) => board?.rows.get(key)))) {
      add(`without a model: ${baseline}`, null, (row) => {
        const found = row.baselines.find(({ name }) => name === baseline);
        return found === undefined ? null : valueText(row, found.value);
      });
    }
  }
  return rows.filter(isTold);
}

function baselineNames(rows: readonly (ScoreRow | undefined)[]): Set<string> {
  return new Set(rows.flatMap((row) => row?.baselines.map(({ name }) => name) ?? []));
}

function lossRows(compared: readonly ComparedRun[], alike: boolean): Cell[][] {
  return LOSSES.map(([key, title]): Cell[] => [
    `${title}, last epoch`,
    alike ? 'lower' : null,
    ...compared.map(({ history }) => {
      const value = history.at(-1)?.[key] ?? null;
      return value === null ? null : String(Number(value.toPrecision(4)));
    }),
  ]).filter(isTold);
}

function wordTable(runs: readonly Run[], names: readonly string[]): TextTable {
  const scores = runs.map(
    ({ scoreboard }) => new Map(scoreboard?.words.map((score) => [score.word, score]) ?? []),
  );
  const words = [...new Set(scores.flatMap((of) => [...of.keys()]))];
  const heldOut = (word: string): number =>
    Math.max(...scores.map((of) => of.get(word)?.heldOutRows ?? 0));
  words.sort((a, b) => heldOut(b) - heldOut(a) || (a < b ? -1 : 1));
  const told = words.map((word) => ({ word, of: scores.map((score) => score.get(word)) }));
  return {
    columns: [
      'Word',
      'Held-out rows',
      ...names.map((name) => `${name}, dB`),
      'Flat, dB',
      'Mean curve, dB',
      'Medoid, dB',
    ],
    rows: told.map(({ word, of }) => [
      word,
      same(of, (score) => countText(score.heldOutRows)),
      ...of.map((score) => decibels(score, ({ model }) => model)),
      same(of, (score) => decibels(score, ({ flat }) => flat)),
      same(of, (score) => decibels(score, ({ mean }) => mean)),
      same(of, (score) => decibels(score, ({ medoid }) => medoid)),
    ]),
  };
}

/** What all runs that know the word say; null where they do not agree. */
function same(scores: readonly (WordScore | undefined)[], of: (score: WordScore) => Cell): Cell {
  const said = new Set(scores.flatMap((score) => (score === undefined ? [] : [of(score)])));
  const [only = null] = said;
  return said.size === 1 ? only : null;
}

function decibels(
  score: WordScore | undefined,
  of: (medians: NonNullable<WordScore['distances']>['medians']) => number,
): Cell {
  const distances = score?.distances ?? null;
  return distances === null ? null : of(distances.medians).toFixed(2);
}

/** What keeps the runs' figures from being compared with each other, a sentence each. */
function differencesOf(
  compared: readonly ComparedRun[],
  runs: readonly Run[],
): Readonly<Record<'rows' | 'losses', readonly string[]>> {
  const differs = (of: (run: Run) => unknown): boolean =>
    new Set(runs.map((run) => JSON.stringify(of(run)))).size > 1;
  const differsWith = (effect: LossEffect): boolean =>
    SETTING_KEYS.some(
      (key) =>
        factsOf(key).losses === effect &&
        differs(({ recipe }) => hasEffect(key, recipe) && recipe[key]),
    );
  const wordSets = compared.map(({ document }) =>
    JSON.stringify(document.words.map(({ word }) => word).toSorted()),
  );
  const otherData = differs(({ dataSha256 }) => dataSha256);
  const rows = [
    otherData && 'The runs learnt from different data files, so their figures say little together.',
    differs(({ recipe }) => recipe.audit) &&
      'The data was cleaned differently, so the figures are on different rows.',
    new Set(wordSets).size > 1 &&
      'The runs learnt different words: silhouette, Davies–Bouldin and neighbours depend on which words there are to part.',
    !otherData &&
      differs(({ splitHash }) => splitHash) &&
      'The runs hold out different rows, so a difference between them may be one between those rows.',
  ];
  const losses = [
    differsWith('unit') &&
      'The normalisers differ: losses and parameter errors are not in the same unit.',
    differsWith('measure') &&
      'The runs compare reconstructions by different measures, so their reconstruction and total losses are not in the same unit.',
    (differsWith('contrast') || differsWith('weight')) &&
      'The losses are weighed differently, so a smaller total, or loss of the words, is not a better model.',
  ];
  const told = (sentences: readonly (string | false)[]): string[] =>
    sentences.filter((sentence) => sentence !== false);
  return { rows: told(rows), losses: told(losses) };
}

/** What keeps a run's figures from being compared with any other's. */
function ownWarnings({ scoreboard, epochs, recipe }: Run): string[] {
  if (scoreboard === null) return ['it has not been measured.'];
  return [
    scoreboard.on === 'training rows' &&
      'nothing is held out, so its figures are on rows it learnt from and say nothing about other people’s settings.',
    scoreboard.on === 'all rows' && 'nothing is known to be held out.',
    scoreboard.on === 'held-out rows' &&
      scoreboard.split === 'row' &&
      'its rows are held out one by one, which leaks: the same people are on both sides.',
    epochs < recipe.epochs &&
      `it has trained ${String(epochs)} of ${String(recipe.epochs)} epochs.`,
    scoreboard.epoch !== null &&
      scoreboard.epoch !== epochs &&
      `its figures are of epoch ${String(scoreboard.epoch)}, its losses of epoch ${String(epochs)}.`,
  ].filter((sentence) => sentence !== false);
}

function valueText(row: ScoreRow, value: number | null): Cell {
  return value === null ? null : figureText(row, value);
}

function countText(count: number | null | undefined): Cell {
  return count === null || count === undefined ? null : String(count);
}

function isTold([, , ...values]: readonly Cell[]): boolean {
  return values.some((value) => value !== null);
}
