/** What an epoch's losses were on the mean. */
import type { EpochLosses, EpochPlan } from '../engine';
import { LOSS_SUMS } from './tape';

/** @param sums for each step, sums over its rows of its losses, as `sumLosses` writes them */
export function epochMeans(
  sums: Float32Array | Float64Array,
  { order, contrastiveWeight, klWeight }: EpochPlan,
): EpochLosses {
  const mean = (loss: number): number => {
    let sum = 0;
    for (let i = loss; i < sums.length; i += LOSS_SUMS) sum += sums[i] ?? 0;
    return sum / order.length;
  };
  const reconstruction = mean(0);
  const contrastive = mean(1);
  const kl = mean(2);
  const total = reconstruction + contrastiveWeight * contrastive + klWeight * kl;
  return { reconstruction, contrastive, kl, total };
}
