/** What a model's encoder sees of a setting. */
import { PARAMETER_COUNT, type EqSetting } from '../eq/parameters';
import { GRID_POINTS, gridResponses, type ResponsesOf } from '../eq/response-grid';
import type { Normaliser } from './normaliser-schema';
import { normalise } from './normaliser';
import type { ModelSpec } from '../recipe/model-spec';

/** Decibels that are 1 to an encoder. */
export const UNIT_DB = 6;

/** Numbers that the encoder takes of a row. */
export function inputWidth({ input }: Pick<ModelSpec, 'input'>): number {
  return input === 'response' ? GRID_POINTS : PARAMETER_COUNT;
}

/**
 * The encoder's inputs: normalised parameters, or the response at the points of the grid in dB,
 * divided by 6.
 *
 * @param responsesOf computes the responses, where the encoder sees them
 * @returns shape [rows, inputWidth], row-major
 */
export function encoderInputs(
  spec: Pick<ModelSpec, 'input'>,
  settings: readonly EqSetting[],
  normaliser: Normaliser,
  responsesOf: ResponsesOf = gridResponses,
): Float32Array {
  if (spec.input === 'parameters') return normalise(settings, normaliser);
  return curveInputs(responsesOf(settings));
}

/**
 * The inputs of an encoder that sees responses, from the responses.
 *
 * @param curves at the points of the grid in dB, [rows, 64]
 */
export function curveInputs(curves: Float32Array): Float32Array {
  const inputs = new Float32Array(curves.length);
  for (let i = 0; i < inputs.length; i++) inputs[i] = (curves[i] ?? 0) / UNIT_DB;
  return inputs;
}
