/** The loss of a word head; see the tape's WordLoss. */
import { contrastiveWeight, rowFrom, rows, rowTo } from './step';
import { exp, firstLanes, log, madd, maxLane, sumLanes } from './vector';

/** In the place of columns that are not there: below every logit, and its exponential is 0. */
const LOWEST: f32 = -3.0e38;

/** Of a share of 0, whose logarithm no one looks at. */
const SMALLEST: f32 = 1.0e-30;

/** record: logits, stride, columns, votes, losses, gradient */
export function wordLoss(record: usize): void {
  const logits = load<usize>(record);
  const stride = load<usize>(record, 4);
  const columns = load<i32>(record, 8);
  const votes = load<usize>(record, 12);
  const losses = load<usize>(record, 16);
  const gradient = load<usize>(record, 20);
  const bytes = usize((columns + 3) >> 2) << 4;
  const last = bytes - 16;
  const lastLanes = firstLanes(columns - ((columns - 1) & ~3));
  const lowest = f32x4.splat(LOWEST);
  const smallest = f32x4.splat(SMALLEST);
  const share = f32x4.splat(contrastiveWeight / f32(rows));
  for (let row = rowFrom; row < rowTo; row++) {
    const start = usize(row) * stride;
    let most = lowest;
    for (let at: usize = 0; at < bytes; at += 16) {
      let x = v128.load(logits + start + at);
      if (at == last) x = v128.bitselect(x, lowest, lastLanes);
      most = f32x4.max(most, x);
    }
    const largest = f32x4.splat(maxLane(most));
    let exponentials = f32x4.splat(0);
    let all = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      let e = exp(f32x4.sub(v128.load(logits + start + at), largest));
      if (at == last) e = v128.and(e, lastLanes);
      v128.store(gradient + start + at, e);
      exponentials = f32x4.add(exponentials, e);
      all = f32x4.add(all, v128.load(votes + start + at));
    }
    const total = sumLanes(exponentials);
    const logTotal = log(f32x4.splat(total));
    const scale = f32x4.splat(sumLanes(all) / total);
    let loss = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 16) {
      const t = v128.load(votes + start + at);
      const behind = f32x4.sub(v128.load(logits + start + at), largest);
      const apart = f32x4.add(f32x4.sub(log(f32x4.max(t, smallest)), behind), logTotal);
      loss = madd(t, apart, loss);
      const wrong = f32x4.sub(f32x4.mul(scale, v128.load(gradient + start + at)), t);
      v128.store(gradient + start + at, f32x4.mul(share, wrong));
    }
    store<f32>(losses + (usize(row) << 2), sumLanes(loss));
  }
}
