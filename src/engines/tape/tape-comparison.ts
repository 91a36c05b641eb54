/** What a row's outputs are compared with while a tape is built, and how. */
import { PARAMETER_COUNT } from '../../eq/parameters';
import { GRID_POINTS } from '../../eq/response-grid';
import { InputError } from '../../base/input-error';
import type { ModelSpec } from '../../recipe/model-spec';
import type { StepSettings } from '../engine';
import type { BatchRoom } from './batch-room';
import type { Matrix } from './tape';
import type { Contribution } from './tape-values';

type Loss = StepSettings['reconstruction'];

interface Given {
  readonly reconstruction: Loss;
  /** Whether the examples have targets of their own, and a mask. */
  readonly targets: boolean;
  readonly mask: boolean;
}

/**
 * Room for what the examples hold beside inputs and labels.
 *
 * @throws InputError where targets are needed and the examples have none
 */
export function examplesBeside(
  { input }: ModelSpec,
  { reconstruction, targets, mask }: Given,
  room: BatchRoom,
): { readonly targets: Matrix | null; readonly mask: Matrix | null } {
  const ofCurves = !isOfParameters(reconstruction);
  if (!targets && (ofCurves || input !== 'parameters')) {
    throw new InputError(
      `The loss "${reconstruction}" of a model with the input "${input}" needs targets.`,
    );
  }
  return {
    targets: targets ? room.rows('targets', ofCurves ? GRID_POINTS : PARAMETER_COUNT) : null,
    mask: mask && !ofCurves ? room.rows('mask', PARAMETER_COUNT) : null,
  };
}

interface Compared {
  readonly output: Matrix;
  readonly target: Matrix;
  readonly mask: Matrix | null;
  readonly losses: Matrix;
}

/** The loss of the outputs, as what it adds to their gradient: all of it. */
export function comparison(
  kind: Loss,
  { output, target, mask, losses }: Compared,
  room: BatchRoom,
): Contribution {
  const operands = { output, target, losses };
  if (isOfParameters(kind)) {
    return {
      make: (gradient, finish) => ({
        op: 'reconstruction',
        kind,
        ...operands,
        mask,
        gradient,
        finish,
      }),
    };
  }
  const differences = room.rows('differences', GRID_POINTS);
  return {
    make: (gradient, finish) => ({
      op: 'response',
      levelFree: kind === 'shape',
      ...operands,
      differences,
      gradient,
      finish,
    }),
  };
}

function isOfParameters(kind: Loss): kind is 'mse' | 'mae' {
  return kind === 'mse' || kind === 'mae';
}
