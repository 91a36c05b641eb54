/** What an epoch's losses were on the mean. */
import type { EpochLosses, EpochPlan } from '../engine';

/** @param sums for each step, sums over its rows of reconstruction and contrastive loss */
export function epochMeans(
  sums: Float32Array | Float64Array,
  { order, contrastiveWeight }: EpochPlan,
): EpochLosses {
  let reconstruction = 0;
  let contrastive = 0;
  for (let i = 0; i < sums.length; i += 2) {
    reconstruction += sums[i] ?? 0;
    contrastive += sums[i + 1] ?? 0;
  }
  reconstruction /= order.length;
  contrastive /= order.length;
  return { reconstruction, contrastive, total: reconstruction + contrastiveWeight * contrastive };
}
