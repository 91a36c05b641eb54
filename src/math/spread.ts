/** A figure over several runs. */
import { mean } from './mean';

export interface Spread {
  readonly mean: number;
  /** Standard deviation of the sample, over n − 1; null for one run. */
  readonly deviation: number | null;
  /** One a run. */
  readonly values: readonly number[];
}

/** @param values of none, the mean is NaN */
export function spreadOf(values: readonly number[]): Spread {
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return {
    mean: middle,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : null,
    values,
  };
}
