/**
 * A model's quality figures: on rows it has not learnt from where there are any, beside the same on
 * its training rows, and beside baselines that anyone could build from the training rows. Nothing of
 * the held-out rows goes into anything that is measured on them.
 */
import { PARAMETER_COUNT, type EqSetting } from '../../eq/parameters';
import type { ScoreBaselines, Scoreboard, ScoreFigures, WordScore } from '../../model/model';
import { denormalise, normalise } from '../../model/normaliser';
import type { Normaliser } from '../../model/normaliser-schema';
import { weightedMean } from '../metrics/bootstrap';
import { CURVE_POINTS, curvesOf, meanSquares } from '../metrics/curves';
import { daviesBouldin } from '../metrics/davies-bouldin';
import {
  curveAccuracy,
  baselineDataOf,
  type BaselineData,
  type HeldOutSide,
  type Side,
} from './baseline-data';
import type { MeasuredSet } from './measured-sample';
import { balancedAccuracy, classifiedByNeighbours } from '../metrics/nearest-neighbours';
import { mean } from '../../math/mean';
import { pickRows } from '../../math/pick-rows';
import { principalComponents, throughComponents } from '../../math/principal-components';
import { silhouettes } from '../metrics/silhouette';
import { wordDistances } from '../metrics/word-distances';

/** What models are measured on and against: the same through a whole run. */
export interface ScorerPlan {
  readonly set: MeasuredSet;
  readonly normaliser: Normaliser;
  /** Dimensions of the latent: what the principal components get, too. */
  readonly latent: number;
  /** How the held-out rows were chosen. */
  readonly split: Scoreboard['split'];
}

/** What a model makes of the rows that are measured. */
export interface Outcome {
  /** Epochs the model has trained; null where nobody knows. */
  readonly epoch: number | null;
  /** [measured rows, latent] */
  readonly latents: Float32Array;
  /** Normalised parameters that came out, dropout off, [measured rows, 13]. */
  readonly reconstruction: Float32Array;
  /** Of each word by its index, as the decoder says it; null where the model has none. */
  readonly wordSettings: readonly (EqSetting | null)[];
  /** Index of the word that the word head takes each row for, [measured rows]; null without a head. */
  readonly headWords: Int32Array | null;
}

/** Squared errors in dB² of each row of a side, [rows] each. */
interface ComponentErrors {
  readonly parameterComponents: Float64Array;
  readonly curveComponents: Float64Array;
}

/** Figures of a side and what of each row they are made of. */
interface Measured {
  readonly figures: ScoreFigures;
  readonly silhouettes: Float64Array | null;
  readonly correct: Uint8Array | null;
  /** [rows], 1 where the word head gives the row's own word; null without a head. */
  readonly headCorrect: Uint8Array | null;
  /** Squared response errors in dB², [rows]. */
  readonly errors: Float64Array;
}

/** Measures a model again and again; what does not change with the model is worked out once. */
export class Scorer {
  readonly #plan: ScorerPlan;
  readonly #baselineData: BaselineData;
  /** Normalised parameters of the measured rows, [rows, 13]. */
  readonly #inputs: Float32Array;
  #components: Components | null = null;

  /** Works out what every model is compared with, which takes longer than to measure one. */
  constructor(plan: ScorerPlan) {
    this.#plan = plan;
    this.#baselineData = baselineDataOf(plan.set);
    this.#inputs = normalise(
      this.#baselineData.sample.set.rows.map(({ setting }) => setting),
      plan.normaliser,
    );
  }

  /** The figures on held-out rows and, beside them, training rows; on the latter alone, and said so,
   *  when none are held out. */
  measure(outcome: Outcome): Scoreboard {
    const { split } = this.#plan;
    const { training, heldOut } = this.#baselineData;
    const components = heldOut === null ? null : this.#componentsOf(training, heldOut);
    const trained = this.#measured(training, null, components?.training ?? null, outcome);
    const shared = { epoch: outcome.epoch, split };
    if (heldOut === null || components === null) {
      const words = this.#words(outcome, null);
      return { on: 'training rows', ...trained.figures, ...shared, ...NOTHING_HELD_OUT, words };
    }
    const held = this.#measured(heldOut, training, components.heldOut, outcome);
    return {
      on: 'held-out rows',
      ...held.figures,
      ...shared,
      intervals: intervalsOf(heldOut, held, components.heldOut),
      training: trained.figures,
      words: this.#words(outcome, held.headCorrect),
    };
  }

  /** What principal components of the training rows leave of the rows of both sides. */
  #componentsOf(training: Side, heldOut: Side): Components {
    if (this.#components !== null) return this.#components;
    const { normaliser, latent } = this.#plan;
    const parameters = principalComponents(
      normalise(training.settings, normaliser),
      PARAMETER_COUNT,
      Math.min(latent, PARAMETER_COUNT),
    );
    const parameterErrors = (side: Side): Float64Array => {
      const near = throughComponents(normalise(side.settings, normaliser), parameters);
      const settings = side.settings.map((_, i) => denormalise(near, normaliser, i));
      return meanSquares(curvesOf(settings), side.curves);
    };
    const curves = curveErrors(training, heldOut, latent);
    this.#components = {
      training: {
        parameterComponents: parameterErrors(training),
        curveComponents: curves.training,
      },
      heldOut: { parameterComponents: parameterErrors(heldOut), curveComponents: curves.heldOut },
    };
    return this.#components;
  }

  /** @param among the side whose rows are the neighbours; null: the others of the same side */
  #measured(
    side: Side,
    among: Side | null,
    components: ComponentErrors | null,
    { latents, reconstruction, headWords }: Outcome,
  ): Measured {
    const { normaliser, latent } = this.#plan;
    const { rows, labels, people } = side;
    const points = pickRows(latents, latent, rows);
    const inputs = pickRows(this.#inputs, PARAMETER_COUNT, rows);
    const outputs = pickRows(reconstruction, PARAMETER_COUNT, rows);
    const own = { points, labels };
    const correct =
      among === null
        ? classifiedByNeighbours(own, null, latent)
        : classifiedByNeighbours(
            { points: pickRows(latents, latent, among.rows), labels: among.labels },
            own,
            latent,
          );
    const headCorrect =
      headWords === null
        ? null
        : Uint8Array.from(rows, (row, i) => Number(headWords[row] === labels[i]));
    const scores = silhouettes(points, latent, labels);
    const errors = meanSquares(
      curvesOf(rows.map((_, i) => denormalise(outputs, normaliser, i))),
      side.curves,
    );
    return {
      silhouettes: scores,
      correct,
      headCorrect,
      errors,
      figures: {
        rows: rows.length,
        ...(rows.length < side.outOf ? { outOf: side.outOf } : {}),
        silhouette: scores === null ? null : mean(scores),
        daviesBouldin: daviesBouldin(points, latent, labels),
        reconstruction: meanSquaredError(inputs, outputs),
        contributors: new Set(people).size,
        wordsPresent: new Set(labels).size,
        neighbourAccuracy: correct === null ? null : balancedAccuracy(correct, labels),
        headAccuracy: headCorrect === null ? null : balancedAccuracy(headCorrect, labels),
        responseErrorDb: Math.sqrt(mean(errors)),
        baselines: components === null ? null : baselinesOf(side, components),
      },
    };
  }

  /** @param headCorrect of the held-out rows */
  #words({ wordSettings }: Outcome, headCorrect: Uint8Array | null): WordScore[] {
    const { sample, words, heldOut } = this.#baselineData;
    return sample.set.words.map((word, label) => {
      const references = words[label] ?? null;
      const setting = wordSettings[label] ?? null;
      const distances =
        references === null || setting === null
          ? null
          : wordDistances(references, curvesOf([setting]));
      const correct = Array.from(headCorrect ?? []).filter(
        (_, row) => heldOut?.labels[row] === label,
      );
      return {
        word,
        ...(sample.words[label] ?? NO_ROWS),
        headAccuracy: correct.length === 0 ? null : mean(correct),
        distances,
      };
    });
  }
}

/** What components of the training curves leave of the curves of both sides, squared, [rows] each. */
interface CurveErrors {
  readonly training: Float64Array;
  readonly heldOut: Float64Array;
}

/** They are the data's: run after run on the same rows has the same. */
let last: { readonly of: Side; readonly latent: number; readonly errors: CurveErrors } | null =
  null;

/** Expensive, so the result for the last set is kept, as its sides are. */
function curveErrors(training: Side, heldOut: Side, latent: number): CurveErrors {
  if (last?.of === training && last.latent === latent) return last.errors;
  const components = principalComponents(training.curves, CURVE_POINTS, latent);
  const left = ({ curves }: Side): Float64Array =>
    meanSquares(throughComponents(curves, components), curves);
  const errors = { training: left(training), heldOut: left(heldOut) };
  last = { of: training, latent, errors };
  return errors;
}

interface Components {
  readonly training: ComponentErrors;
  readonly heldOut: ComponentErrors;
}

const NOTHING_HELD_OUT = { intervals: null, training: null };
const NO_ROWS = { rows: 0, contributors: 0, heldOutRows: 0, heldOutContributors: 0 };

function baselinesOf(side: Side, components: ComponentErrors): ScoreBaselines {
  return {
    neighbourAccuracy: curveAccuracy(side),
    flat: Math.sqrt(mean(side.flat)),
    parameterComponents: Math.sqrt(mean(components.parameterComponents)),
    curveComponents: Math.sqrt(mean(components.curveComponents)),
  };
}

function intervalsOf(
  { resamples, labels, flat, correct: correctByCurves }: HeldOutSide,
  { silhouettes: scores, correct, headCorrect, errors }: Measured,
  components: ComponentErrors,
): NonNullable<Scoreboard['intervals']> {
  const rootMean = (squares: Float64Array, weights: Uint16Array): number =>
    Math.sqrt(weightedMean(squares, weights));
  const gainOver = (others: Float64Array) =>
    resamples.interval((weights) => rootMean(others, weights) - rootMean(errors, weights));
  // Everybody drawn has a row, so there is always an accuracy.
  const accuracy = (right: Uint8Array, weights: Uint16Array): number =>
    balancedAccuracy(right, labels, weights) ?? 0;
  const accuracyOf = (right: Uint8Array | null) =>
    right === null ? null : resamples.interval((weights) => accuracy(right, weights));
  const gainOverCurves = (right: Uint8Array | null) =>
    right === null || correctByCurves === null
      ? null
      : resamples.interval(
          (weights) => accuracy(right, weights) - accuracy(correctByCurves, weights),
        );
  return {
    silhouette:
      scores === null ? null : resamples.interval((weights) => weightedMean(scores, weights)),
    neighbourAccuracy: accuracyOf(correct),
    headAccuracy: accuracyOf(headCorrect),
    responseErrorDb: resamples.interval((weights) => rootMean(errors, weights)),
    neighbourGain: gainOverCurves(correct),
    headGain: gainOverCurves(headCorrect),
    responseGain: {
      flat: gainOver(flat),
      parameterComponents: gainOver(components.parameterComponents),
      curveComponents: gainOver(components.curveComponents),
    },
  };
}

function meanSquaredError(a: Float32Array, b: Float32Array): number {
  const sum = a.reduce((total, value, i) => total + (value - (b[i] ?? 0)) ** 2, 0);
  return sum / a.length;
}
