/** How far a piece of work is. */

/** Is given how much of a piece of work is done, 0 to 1. */
export type OnShare = (share: number) => void;

/** The same, awaited before the work goes on: it may let others work meanwhile, or end it by throwing. */
export type AwaitedOnShare = (share: number) => Promise<void>;

/**
 * What the parts of a piece of work report to, so that the whole is reported.
 *
 * @param costs what each part costs beside the others, in any unit
 */
export function partsOf(onShare: OnShare, costs: readonly number[]): OnShare[] {
  const whole = costs.reduce((sum, cost) => sum + cost, 0);
  const done = costs.map(() => 0);
  return costs.map((_, part) => (share) => {
    done[part] = share;
    const cost = costs.reduce((sum, of, i) => sum + of * (done[i] ?? 0), 0);
    onShare(whole === 0 ? 1 : cost / whole);
  });
}
