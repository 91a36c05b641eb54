/** What the trainer and the thread that takes its figures say to each other. */
import type { MeasuredSet } from '../../src/analysis/scoreboard/measured-sample';
import type { Outcome, ScorerPlan } from '../../src/analysis/scoreboard/scoreboard';
import type { FoundClusters } from '../../src/analysis/word-clusters/word-clusters';
import { EQ_PARAMETERS } from '../../src/eq/parameters';
import type { Scoreboard } from '../../src/model/model';

/** A set's rows as plain arrays: a hundred thousand objects would take half a second to be sent. */
interface PackedSet extends Pick<MeasuredSet, 'words' | 'labels' | 'heldOut'> {
  /** [rows, 13] */
  readonly settings: Float64Array;
  /** [rows] */
  readonly contributors: Int32Array;
}

export type PackedPlan = Omit<ScorerPlan, 'set'> & { readonly set: PackedSet };

/** Answered one after the other, in their order. */
export type FigureRequest =
  { readonly type: 'measure'; readonly outcome: Outcome } | { readonly type: 'clusters' };

/** To the thread. The plan is that of the requests that follow. */
export type ToFigures = { readonly type: 'plan'; readonly plan: PackedPlan } | FigureRequest;

/** From the thread: how much of the oldest request is done, 0 to 1, and of each request one answer. */
export type FromFigures = { readonly type: 'share'; readonly share: number } | FigureAnswer;

export type FigureAnswer =
  | { readonly type: 'measure'; readonly scoreboard: Scoreboard }
  | { readonly type: 'clusters'; readonly clusters: FoundClusters }
  | { readonly type: 'failed'; readonly reason: string };

export function packPlan({ set, ...rest }: ScorerPlan): PackedPlan {
  const { words, labels, heldOut, rows } = set;
  const width = EQ_PARAMETERS.length;
  const settings = new Float64Array(rows.length * width);
  rows.forEach(({ setting }, row) => {
    settings.set(setting, row * width);
  });
  const contributors = Int32Array.from(rows, ({ contributor }) => contributor);
  return { ...rest, set: { words, labels, heldOut, settings, contributors } };
}

export function unpackPlan({ set, ...rest }: PackedPlan): ScorerPlan {
  const { words, labels, heldOut, settings, contributors } = set;
  const width = EQ_PARAMETERS.length;
  const rows = Array.from(contributors, (contributor, row) => ({
    contributor,
    setting: Array.from(settings.subarray(row * width, (row + 1) * width)),
  }));
  return { ...rest, set: { words, labels, heldOut, rows } };
}
