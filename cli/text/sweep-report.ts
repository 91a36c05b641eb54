/** What a sweep found, for people. */
import { spreadOf } from '../../src/math/spread';
import type { Scoreboard } from '../../src/model/model';
import type { EpochRecord } from '../../src/training/progress';
import type { SweepRun, Variation } from '../../src/training/sweep/sweep';

/** A run of a sweep, trained. */
export interface SweptRun extends SweepRun {
  /** From 0, in the order of the grid. */
  readonly run: number;
  /** 'fused-wasm' …; null, as what follows, for a run that failed. */
  readonly engine: string | null;
  /** Of the last epoch. */
  readonly losses: EpochRecord | null;
  /** Which rows the figures are on is said by `on`. */
  readonly metrics: Scoreboard | null;
  /** Name of the model file, where one was written. */
  readonly file: string | null;
  /** Why the run could not go on: a sentence; null for a run that finished. */
  readonly failed: string | null;
}

interface RunSpread {
  readonly mean: number;
  /** Of the sample: over n − 1. */
  readonly deviation: number;
  readonly runs: number;
}

interface OverSeeds {
  readonly silhouette: RunSpread | null;
  readonly daviesBouldin: RunSpread | null;
  /** dB. */
  readonly responseErrorDb: RunSpread | null;
  readonly reconstruction: RunSpread | null;
}

/** Mean and standard deviation of the figures, where nothing but seed or fold differs; else null. */
export function overSeeds(vary: Variation, runs: readonly SweptRun[]): OverSeeds | null {
  const differing = Object.entries(vary).filter(([, values = []]) => values.length > 1);
  if (differing.some(([key]) => key !== 'seed' && key !== 'fold')) return null;
  const over = (of: (metrics: Scoreboard) => number | null): RunSpread | null =>
    spread(runs.flatMap(({ metrics }) => (metrics === null ? [] : (of(metrics) ?? []))));
  return {
    silhouette: over(({ silhouette }) => silhouette),
    daviesBouldin: over(({ daviesBouldin }) => daviesBouldin),
    responseErrorDb: over(({ responseErrorDb }) => responseErrorDb),
    reconstruction: over(({ reconstruction }) => reconstruction),
  };
}

/** null for fewer than two values, which do not spread. */
function spread(values: readonly number[]): RunSpread | null {
  if (values.length < 2) return null;
  const { mean, deviation } = spreadOf(values);
  return { mean, deviation: deviation ?? 0, runs: values.length };
}

/** A finished run's figures in one line. */
export function figuresText({
  silhouette,
  daviesBouldin,
  responseErrorDb,
  reconstruction,
  on,
  rows,
}: Scoreboard): string {
  return (
    `silhouette ${silhouette?.toFixed(4) ?? 'none'}, ` +
    `Davies–Bouldin index ${daviesBouldin?.toFixed(3) ?? 'none'}, ` +
    `response error ${responseErrorDb?.toFixed(3) ?? 'none'} dB, ` +
    `reconstruction error (MSE) ${reconstruction.toFixed(5)} on ${String(rows)} ${on}`
  );
}

const HEADER = [
  'run',
  'what differs',
  'total loss',
  'reconstruction',
  'contrastive',
  'silhouette',
  'Davies–Bouldin',
  'response, dB',
  'MSE',
  'measured on',
];
/** Columns of words; the others hold numbers. */
const WORDS = new Set(['what differs', 'measured on']);

interface Report {
  readonly runs: readonly SweptRun[];
  readonly overSeeds: OverSeeds | null;
  readonly seconds: number;
}

/** A line a run, the best silhouette first and the runs without one last. */
export function sweepTable({ runs, overSeeds: over, seconds }: Report): string {
  const worth = ({ metrics }: SweptRun): number => metrics?.silhouette ?? Number.NEGATIVE_INFINITY;
  const sorted = runs.toSorted((a, b) => worth(b) - worth(a) || a.run - b.run);
  const table = [HEADER, ...sorted.map(cellsOf)];
  const widths = HEADER.map((_, column) => Math.max(...table.map((row) => widthOf(row, column))));
  const lines = table.map((row) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return WORDS.has(HEADER[column] ?? '') ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const folds = runs.some(({ recipe }) => recipe.split === 'folds');
  const mean = over === null ? [] : ['', overSeedsText(over, folds)];
  return `${[...lines, ...mean].join('\n')}\n\n${seconds.toFixed(1)} s\n`;
}

function widthOf(row: readonly string[], column: number): number {
  return row[column]?.length ?? 0;
}

function cellsOf({ run, label, losses, metrics, failed }: SweptRun): string[] {
  const start = [String(run + 1), label];
  if (losses === null || metrics === null) {
    return [...start, '', '', '', '', '', '', '', failed ?? 'no figures'];
  }
  const { total, reconstruction, contrastive } = losses;
  const { silhouette, daviesBouldin, responseErrorDb, rows, on } = metrics;
  return [
    ...start,
    total.toFixed(4),
    reconstruction.toFixed(5),
    contrastive.toFixed(4),
    silhouette?.toFixed(4) ?? 'none',
    daviesBouldin?.toFixed(3) ?? 'none',
    responseErrorDb?.toFixed(3) ?? 'none',
    metrics.reconstruction.toFixed(5),
    `${String(rows)} ${on}`,
  ];
}

function overSeedsText(
  { silhouette, daviesBouldin, responseErrorDb, reconstruction }: OverSeeds,
  folds: boolean,
): string {
  const text = (name: string, spread: RunSpread | null, digits: number): string[] =>
    spread === null
      ? []
      : [
          `${name} ${spread.mean.toFixed(digits)} ± ${spread.deviation.toFixed(digits)} ` +
            `(${String(spread.runs)} runs)`,
        ];
  return [
    folds
      ? 'Mean ± standard deviation over the folds:'
      : 'Mean ± standard deviation over the seeds (which also choose the held-out rows):',
    ...text('  silhouette', silhouette, 4),
    ...text('  Davies–Bouldin index', daviesBouldin, 3),
    ...text('  response error (dB)', responseErrorDb, 3),
    ...text('  reconstruction error (MSE)', reconstruction, 5),
  ].join('\n');
}
