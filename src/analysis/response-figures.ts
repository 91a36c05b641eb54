/**
 * A model's figures in what a listener hears: response curves of held-out rows, beside baselines
 * that anyone could build from the training rows. Nothing of the held-out rows goes into anything
 * that is measured on them.
 */
import { PARAMETER_COUNT, type EqSetting } from '../eq/parameters';
import { denormalise, normalise } from '../model/normaliser';
import type { Normaliser } from '../model/normaliser-schema';
import { CURVE_POINTS, curvesOf, levelFree, responseError } from './curves';
import { neighbourAccuracy } from './nearest-neighbours';
import { pickRows } from './pick-rows';
import { principalComponents, throughComponents } from './principal-components';
import { wordDistances, type WordDistances } from './word-distances';

/** What a model makes of rows whose word it knows. */
export interface HeardRows {
  /** As people set them, [rows]. */
  readonly settings: readonly EqSetting[];
  /** As the model gives them back, [rows]. */
  readonly decoded: readonly EqSetting[];
  /** [rows, latent] */
  readonly latents: Float32Array;
  /** Index of each row's word, [rows]. */
  readonly labels: ArrayLike<number>;
  /** [rows], 1 where held out. */
  readonly heldOut: ArrayLike<number>;
  readonly normaliser: Normaliser;
  /** Of each word by its index; null where the model has none. */
  readonly wordSettings: readonly (EqSetting | null)[];
}

export interface ResponseFigures {
  /** Root of the mean square over held-out rows and 256 points from 20 Hz to 20 kHz, in dB. */
  readonly responseErrorDb: {
    readonly model: number;
    /** Of a flat curve for every row. */
    readonly flat: number;
    /** Of as many principal components as the latent has dimensions: of normalised parameters … */
    readonly parameterComponents: number;
    /** … and of the curves themselves. */
    readonly curveComponents: number;
  };
  /**
   * Balanced accuracy of 15 nearest neighbours among the training rows: in the latent, and by the
   * level-free curves that people set, which need no model.
   */
  readonly neighbourAccuracy: { readonly latent: number | null; readonly curves: number | null };
  /** By the word's index; null for a word without a setting, training rows or held-out rows. */
  readonly words: readonly (WordDistances | null)[];
}

/** @param rows at least one held out, and one not */
export function responseFigures(rows: HeardRows): ResponseFigures {
  const { settings, decoded, latents, labels, normaliser, wordSettings } = rows;
  const dimensions = latents.length / settings.length;
  const training = indicesOf(rows.heldOut, 0);
  const held = indicesOf(rows.heldOut, 1);
  const of = <T>(all: readonly T[], indices: readonly number[]): T[] =>
    indices.flatMap((row) => all.slice(row, row + 1));
  const known = curvesOf(of(settings, training));
  const wanted = curvesOf(of(settings, held));

  const parameters = principalComponents(
    normalise(of(settings, training), normaliser),
    PARAMETER_COUNT,
    Math.min(dimensions, PARAMETER_COUNT),
  );
  const near = throughComponents(normalise(of(settings, held), normaliser), parameters);
  const fromParameters = held.map((_, i) => denormalise(near, normaliser, i));
  const curves = principalComponents(known, CURVE_POINTS, dimensions);

  const word = (row: number): number => labels[row] ?? 0;
  return {
    responseErrorDb: {
      model: responseError(curvesOf(of(decoded, held)), wanted),
      flat: responseError(new Float64Array(wanted.length), wanted),
      parameterComponents: responseError(curvesOf(fromParameters), wanted),
      curveComponents: responseError(throughComponents(wanted, curves), wanted),
    },
    neighbourAccuracy: {
      latent: neighbourAccuracy(
        { points: pickRows(latents, dimensions, training), labels: training.map(word) },
        { points: pickRows(latents, dimensions, held), labels: held.map(word) },
        dimensions,
      ),
      curves: neighbourAccuracy(
        { points: levelFree(known), labels: training.map(word) },
        { points: levelFree(wanted), labels: held.map(word) },
        CURVE_POINTS,
      ),
    },
    words: wordSettings.map((setting, label) => {
      const ofWord = (indices: readonly number[]): EqSetting[] =>
        of(
          settings,
          indices.filter((row) => word(row) === label),
        );
      const [trained, judges] = [ofWord(training), ofWord(held)];
      if (setting === null || trained.length === 0 || judges.length === 0) return null;
      return wordDistances(curvesOf([setting]), curvesOf(trained), curvesOf(judges));
    }),
  };
}

function indicesOf(flags: ArrayLike<number>, value: number): number[] {
  return Array.from(flags, (flag, row) => (flag === value ? row : -1)).filter((row) => row >= 0);
}
