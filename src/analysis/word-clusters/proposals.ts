/**
 * Proposals for a word: a few settings, placed so that whoever uses the word finds one of them near
 * to what they mean. Clusters say how many things a word means; proposals do not ask, they are as
 * many as somebody wants to try.
 */
import { clampToBounds, type EqSetting } from '../../eq/parameters';
import { mean } from '../../math/mean';
import { MOST_PROPOSALS, type DensityPart, type Proposal } from '../../model/model';
import { CURVE_POINTS, curvesOf } from '../metrics/curves';
import { weightedMean } from '../metrics/bootstrap';
import {
  centresOf,
  distanceUpTo,
  mixture,
  nearestCurves,
  nearestDistances,
  type Points,
} from './centres';
import { settingFor } from './clusters';
import { nameCurves } from './cluster-names';
import { everyNth, practiceCurves, weightsOf, type Practice } from './practice';

export interface WordProposal {
  /** What it does, as "low-mid lift"; no two proposals of a word share it. */
  readonly name: string;
  /** Fitted to a mixture of people's curves; inside the plug-in's bounds. */
  readonly setting: EqSetting;
  /** Numbers of the rows that are nearest to it; at least one. */
  readonly members: readonly number[];
  /** People who gave these. */
  readonly contributors: number;
}

/** How many proposals there are in each set that is placed for itself. */
const SIZES = [3, MOST_PROPOSALS];
/** A word of fewer rows for each proposal is itself the list of its rows. */
const LEAST_ROWS_EACH = 2;
/** Fewer than for clusters, which are placed once. */
const STARTS = 6;
/** Neighbouring points of a curve say nearly the same: every eighth will do for distances. */
const STRIDE = 8;

/**
 * Rows count, and are given up, as for clusters. Of the centres of curves tried on inner folds of the
 * training contributors of the real data's two large words, with three and five of them, none came
 * nearer to the people left out by 0.02 dB or more, each of whom counted as the root of their rows:
 * rows farther than 5, 6 or 8 dB or none given up; a person's rows counting by the powers 1/2, 3/4
 * and 1; smoothed distances; other words' rows as a tenth or a third of the weight; and centres of 24
 * resamples of people brought together. Medoids, with and without a person's own rows left out, came
 * 0.1 to 0.3 dB less near.
 */
const SPEAKING_POWER = 0.75;
const LOSS = distanceUpTo(6);

/**
 * Sets of three and of five proposals of a word; of few rows one set, and smaller.
 *
 * @param practice the word's training rows
 * @param seed     an unsigned 32-bit integer; equal rows and seeds, equal proposals
 */
export function proposalSets(practice: Practice, seed: number): WordProposal[][] {
  const most = Math.floor(practice.settings.length / LEAST_ROWS_EACH);
  const sizes = new Set(SIZES.map((size) => Math.min(size, most)).filter((size) => size > 0));
  const curves = practiceCurves(practice);
  return [...sizes].map((size) => proposalsOf(practice, curves, seed, size));
}

/**
 * So many proposals of a word, or fewer where some would have no rows, in such an order that the
 * first n are the best n of them: from the last to the first, each is the one that is missed least.
 *
 * @param curves of the rows, [rows, 256]
 * @param count  from 1 to 5, no more than there are rows
 */
function proposalsOf(
  practice: Practice,
  curves: Points,
  seed: number,
  count: number,
): WordProposal[] {
  const { settings, contributors } = practice;
  const coarse = everyNth(curves, STRIDE);
  const weights = weightsOf(contributors, SPEAKING_POWER);
  const options = { count, loss: LOSS, starts: STARTS, seed };
  const { shares, curves: centres } = centresOf(coarse, weights, options);
  const found = bestFirst(coarse, weights, centres).map((centre) =>
    settingFor(mixture(curves, shares[centre] ?? weights), curves, settings),
  );
  return membersOf(practice, curves, found);
}

/** Every row to the proposal that sounds nearest; one without rows is none. */
function membersOf(
  { contributors }: Practice,
  curves: Points,
  found: readonly EqSetting[],
): WordProposal[] {
  const sounds = found.map((setting) => curvesOf([setting]));
  const nearest = nearestCurves(curves, sounds);
  const withMembers = found
    .map((setting, place) => ({
      setting,
      curve: sounds[place] ?? new Float64Array(CURVE_POINTS),
      members: contributors.flatMap((_, row) => (nearest[row] === place ? [row] : [])),
    }))
    .filter(({ members }) => members.length > 0);
  const names = nameCurves(withMembers.map(({ curve }) => curve));
  return withMembers.map(({ setting, members }, place) => ({
    name: names[place] ?? '',
    setting,
    members,
    contributors: new Set(members.map((row) => contributors[row])).size,
  }));
}

/** Numbers of the centres, in an order in which every beginning loses least by what it leaves out. */
function bestFirst(
  points: Points,
  weights: Float64Array,
  centres: readonly Float64Array[],
): number[] {
  const left = centres.map((_, centre) => centre);
  const order: number[] = [];
  while (left.length > 1) {
    const costs = left.map((out) => {
      const others = centres.filter((_, centre) => centre !== out && left.includes(centre));
      return weightedMean(nearestDistances(points, others).map(LOSS.cost), weights);
    });
    const [missedLeast] = left.splice(costs.indexOf(Math.min(...costs)), 1);
    if (missedLeast !== undefined) order.unshift(missedLeast);
  }
  return [...left, ...order];
}

/** A set of proposals as a model file has it. */
export function storedProposals(proposals: readonly WordProposal[]): Proposal[] {
  return proposals.map(({ name, setting, members, contributors }) => ({
    name,
    rows: members.length,
    contributors,
    setting: clampToBounds(setting.map(rounded)).slice(),
  }));
}

/**
 * The density of a word in the latent: a part for each proposal, of the rows that are nearest to it.
 *
 * @param latents where the model puts the rows that the proposals are of, [rows, dimensions]
 */
export function densityOf(
  proposals: readonly WordProposal[],
  latents: Float32Array,
  dimensions: number,
): DensityPart[] {
  return proposals.map(({ members }) => {
    const numbers = Array.from({ length: dimensions }, (_, d) =>
      members.map((row) => latents[row * dimensions + d] ?? 0),
    );
    return {
      rows: members.length,
      mean: numbers.map((values) => rounded(mean(values))),
      deviation: numbers.map((values) => rounded(standardDeviation(values))),
    };
  });
}

/** To digits that a file and a link need not be longer for. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** Of a population, over n. */
function standardDeviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
