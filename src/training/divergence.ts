/** Where training leads to numbers that are none. */
import { InputError } from '../base/input-error';
import type { Recipe } from '../recipe/recipe';

export function diverged(
  epoch: number,
  { learningRate }: Pick<Recipe, 'learningRate'>,
): InputError {
  return new InputError(
    `The losses stopped being numbers in epoch ${String(epoch)}: ` +
      `try a learning rate below ${String(learningRate)}.`,
  );
}

/** A plain loop: a call for every weight would be the dearest part of a frame. */
export function allFinite(values: Float32Array): boolean {
  for (const value of values) if (!Number.isFinite(value)) return false;
  return true;
}
