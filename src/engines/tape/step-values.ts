/** What differs from one step of an epoch to the next. */
import { ADAM, type EpochPlan, type StepSettings } from '../engine';

export interface StepValues {
  /** Place of the batch's first row in the epoch's order. */
  readonly first: number;
  /** Rows of the batch. */
  readonly rows: number;
  /** Adam steps taken before: the counter of the dropout masks. */
  readonly step: number;
  /** learningRate / (1 − β₁ᵗ), t being the number of this step, from 1. */
  readonly stepSize: number;
  /** 1 / √(1 − β₂ᵗ): Adam's change is stepSize · first / (√second · secondScale + ε). */
  readonly secondScale: number;
  /** β₂: what the second moment is multiplied by. */
  readonly beta2: number;
  /** 1 − learningRate × weightDecay: what a linear layer's weights are multiplied by first. */
  readonly kept: number;
}

/** @param taken Adam steps taken before the epoch */
export function stepsOf(
  plan: EpochPlan,
  { batchSize, weightDecay, beta2 }: Pick<StepSettings, 'batchSize' | 'weightDecay' | 'beta2'>,
  taken: number,
): StepValues[] {
  const { order, learningRate } = plan;
  return Array.from({ length: Math.ceil(order.length / batchSize) }, (_, i) => {
    const first = i * batchSize;
    const step = taken + i;
    return {
      first,
      rows: Math.min(batchSize, order.length - first),
      step,
      stepSize: learningRate / (1 - ADAM.beta1 ** (step + 1)),
      secondScale: 1 / Math.sqrt(1 - beta2 ** (step + 1)),
      beta2,
      kept: 1 - learningRate * weightDecay,
    };
  });
}
