/** Weights as whole numbers of steps: how they are told, and what they are again. */
import {
  LOG_VARIANCE_HEAD,
  parameterTable,
  PROJECTION_HEAD,
  type TensorEntry,
} from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';

/** A step is 2 to the power of a whole number of quarters. */
export const QUARTERS = 4;

export interface QuantisedTensor {
  readonly entry: TensorEntry;
  /** The step is 2^(exponent / 4). */
  readonly exponent: number;
  /** [size] */
  readonly numbers: Int32Array;
}

/** The tensors that a model is used with: not the head of the contrastive loss, nor variances. */
export function usedTensors(spec: ModelSpec): readonly TensorEntry[] {
  const unused = [`${PROJECTION_HEAD}.`, `${LOG_VARIANCE_HEAD}.`];
  return parameterTable(spec).entries.filter(
    ({ name }) => !unused.some((prefix) => name.startsWith(prefix)),
  );
}

/** Columns of a tensor; a vector is one row. */
export function columnsOf({ shape, size }: TensorEntry): number {
  return shape[1] ?? size;
}

export function stepOf(exponent: number): number {
  return 2 ** (exponent / QUARTERS);
}

/** Puts the tensors' values where they belong in the flat weights, [total]. */
export function putWeights(weights: Float32Array, tensors: readonly QuantisedTensor[]): void {
  for (const { entry, exponent, numbers } of tensors) {
    const step = stepOf(exponent);
    numbers.forEach((number, i) => {
      weights[entry.offset + i] = number * step;
    });
  }
}
