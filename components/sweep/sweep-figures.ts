/** The figures of a sweep's runs in columns: which there are, their order, and the best of each. */
import { signed } from '../../src/base/number-text';
import { spreadOf } from '../../src/math/spread';
import type { Scoreboard } from '../../src/model/model';
import { kindOf } from '../../src/recipe/setting-values';
import { factsOf } from '../../src/recipe/settings';
import type { LossEffect } from '../../src/recipe/settings/setting';
import type { SweepMember } from '../state/sweep-state';
import { SWEEP_SETTINGS, sweepLabel, valueText, type SweptSetting } from './sweep-fields';

export type ColumnGroup = 'run' | 'setting' | 'training' | 'quality';

export interface SweepColumn {
  readonly key: string;
  readonly title: string;
  readonly group: ColumnGroup;
  /** null where the run has no such figure (yet). */
  readonly value: (member: SweepMember, index: number) => number | null;
  readonly text: (value: number) => string;
  /** Which end is the better one; null where the runs' values cannot be compared. */
  readonly better: 'lower' | 'higher' | null;
}

/** The settings in which the runs differ. */
export function differingSettings(members: readonly SweepMember[]): SweptSetting[] {
  return SWEEP_SETTINGS.filter((key) => new Set(members.map(({ recipe }) => recipe[key])).size > 1);
}

const percent = (value: number): string => (100 * value).toFixed(1);

/** Only where there is a run with a word head. */
const WORD_ACCURACY: SweepColumn = {
  key: 'word-accuracy',
  title: 'Word accuracy, %',
  group: 'quality',
  value: quality('headAccuracy'),
  text: percent,
  better: 'higher',
};

/** The columns of a sweep's table, from left to right. */
export function columnsOf(members: readonly SweepMember[]): SweepColumn[] {
  const differing = differingSettings(members);
  const effects = differing.map((setting) => factsOf(setting).losses);
  /** A loss is compared only between runs that measure it alike. */
  const lowerUnless = (...spoilt: LossEffect[]): 'lower' | null =>
    spoilt.some((effect) => effects.includes(effect)) ? null : 'lower';
  const headed = members.some(({ recipe }) => recipe.wordHead);
  const fixed = (digits: number) => (value: number) => value.toFixed(digits);
  return [
    {
      key: 'run',
      title: 'Run',
      group: 'run',
      value: (_, index) => index + 1,
      text: String,
      better: null,
    },
    ...differing.map((key) => settingColumn(key)),
    ...(headed ? [WORD_ACCURACY] : []),
    {
      key: 'neighbour-accuracy',
      title: 'kNN accuracy, %',
      group: 'quality',
      value: quality('neighbourAccuracy'),
      text: percent,
      better: 'higher',
    },
    {
      key: 'response-error',
      title: 'Response error, dB',
      group: 'quality',
      value: quality('responseErrorDb'),
      text: fixed(2),
      better: 'lower',
    },
    {
      key: 'silhouette',
      title: 'Silhouette',
      group: 'quality',
      value: quality('silhouette'),
      text: (value) => signed(value, 3),
      better: 'higher',
    },
    {
      key: 'davies-bouldin',
      title: 'Davies–Bouldin',
      group: 'quality',
      value: quality('daviesBouldin'),
      text: fixed(2),
      better: 'lower',
    },
    {
      key: 'reconstruction',
      title: 'Parameter error',
      group: 'quality',
      value: quality('reconstruction'),
      text: fixed(4),
      better: 'lower',
    },
    {
      key: 'epochs',
      title: 'Epochs',
      group: 'training',
      value: ({ epochs }) => epochs,
      text: String,
      better: null,
    },
    {
      key: 'total',
      title: 'Total loss',
      group: 'training',
      value: ({ history }) => history.last('total') ?? null,
      text: fixed(3),
      better: lowerUnless('unit', 'measure', 'contrast', 'weight', 'noise'),
    },
    {
      key: 'contrastive',
      title: 'Word loss',
      group: 'training',
      value: ({ history }) => history.last('contrastive') ?? null,
      text: fixed(3),
      better: lowerUnless('unit', 'contrast', 'noise'),
    },
    {
      key: 'trained-reconstruction',
      title: 'Reconstruction loss',
      group: 'training',
      value: ({ history }) => history.last('reconstruction') ?? null,
      text: fixed(4),
      better: lowerUnless('unit', 'measure', 'noise'),
    },
  ];
}

function settingColumn(key: SweptSetting): SweepColumn {
  return {
    key,
    title: sweepLabel(key),
    group: 'setting',
    value: ({ recipe }) => Number(recipe[key]),
    text: (value) => valueText(kindOf(key) === 'switch' ? value === 1 : value),
    better: null,
  };
}

type Quality =
  | 'headAccuracy'
  | 'neighbourAccuracy'
  | 'responseErrorDb'
  | 'silhouette'
  | 'daviesBouldin'
  | 'reconstruction';

function quality(figure: Quality) {
  return ({ outcome }: SweepMember): number | null =>
    outcome?.kind === 'finished' ? outcome.scoreboard[figure] : null;
}

/** Indices of the runs by a column's value; runs without one come last, whichever way it goes. */
export function sortedRuns(
  members: readonly SweepMember[],
  { value }: SweepColumn,
  descending: boolean,
): number[] {
  const values = members.map((member, index) => value(member, index));
  const way = descending ? -1 : 1;
  return values
    .map((_, index) => index)
    .sort((a, b) => {
      const [left, right] = [values[a] ?? null, values[b] ?? null];
      if (left === null || right === null) {
        return Number(left === null) - Number(right === null) || a - b;
      }
      return way * (left - right) || a - b;
    });
}

/** Settings that decide which rows are held out. */
const SPLITTING: ReadonlySet<SweptSetting> = new Set(
  SWEEP_SETTINGS.filter((key) => ['seed', 'fold', 'folds', 'split', 'holdout'].includes(key)),
);

/** Whether all runs are measured on the same rows: else one may just have had the easier ones. */
export function measuredAlike(members: readonly SweepMember[]): boolean {
  const held = members.some(({ recipe }) => recipe.holdout > 0);
  return !held || !differingSettings(members).some((key) => SPLITTING.has(key));
}

/**
 * Indices of the finished runs with a column's best value; none while there is nothing to beat, and
 * none where the runs are measured on different rows.
 */
export function bestRuns(members: readonly SweepMember[], column: SweepColumn): Set<number> {
  const measured = finishedValues(members, column);
  if (column.better === null || !measuredAlike(members)) return new Set();
  if (new Set(measured.map(({ value }) => value)).size < 2) return new Set();
  const values = measured.map(({ value }) => value);
  const best = column.better === 'lower' ? Math.min(...values) : Math.max(...values);
  return new Set(measured.filter(({ value }) => value === best).map(({ index }) => index));
}

/** A column's spread over the finished runs; null with fewer than two of them. */
export function columnSpread(
  members: readonly SweepMember[],
  column: SweepColumn,
): { mean: number; deviation: number } | null {
  const values = finishedValues(members, column).map(({ value }) => value);
  const { mean, deviation } = spreadOf(values);
  return deviation === null ? null : { mean, deviation };
}

function finishedValues(
  members: readonly SweepMember[],
  { value: valueOf }: SweepColumn,
): { index: number; value: number }[] {
  return members.flatMap((member, index) => {
    const value = member.outcome?.kind === 'finished' ? valueOf(member, index) : null;
    return value === null ? [] : [{ index, value }];
  });
}

/** Which rows the finished runs were measured on: "held-out rows (160)"; null before there is one. */
export function measuredOn(members: readonly SweepMember[]): string | null {
  const boards = members.flatMap(({ outcome }) =>
    outcome?.kind === 'finished' ? [outcome.scoreboard] : [],
  );
  if (boards.length === 0) return null;
  const kinds = new Set(boards.map(({ on }: Scoreboard) => on));
  const rows = boards.map(({ rows: count }) => count);
  const [fewest, most] = [Math.min(...rows), Math.max(...rows)].map((n) => n.toLocaleString('en'));
  const counts = fewest === most ? String(fewest) : `${String(fewest)}–${String(most)}`;
  return `${[...kinds].join(' or ')} (${counts})`;
}
