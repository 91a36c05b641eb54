/** Where a bell's Q is gripped: at the upper end of its band. Pure. */
import { hzAt, xOf, type EqPlot } from '../kit/eq-plot';

/**
 * The frequency, in Hz, up to which a bell of that Q reaches: Q = f₀ / (f₂ − f₁) with f₁ f₂ = f₀², as
 * the Audio EQ Cookbook (R. Bristow-Johnson) has it for an analogue filter.
 */
export function upperEnd(frequencyHz: number, q: number): number {
  return (frequencyHz / 2) * (1 / q + Math.sqrt(1 / q ** 2 + 4));
}

/** The Q of a bell that reaches up to a frequency, in Hz: the opposite of {@link upperEnd}. */
export function qReaching(frequencyHz: number, endHz: number): number {
  const ratio = endHz / frequencyHz;
  // At its own frequency and below, it has no width left.
  return ratio > 1 ? 1 / (ratio - 1 / ratio) : Infinity;
}

/** A bell's grip on the plot, in CSS pixels. */
export interface GripPlace {
  readonly x: number;
  /** How far the bell reaches from its middle: less than the grip, where that would lie on the handle. */
  readonly reach: number;
  /** −1: at the lower end, since there is no room at the upper one. */
  readonly side: 1 | -1;
}

/** The middle of a grip, or of a handle, from its own edge: both are targets of 44 pixels. */
const HALF = 22;

export function gripPlace(
  { frequencyHz, q }: { readonly frequencyHz: number; readonly q: number },
  plot: EqPlot,
): GripPlace {
  const middle = xOf(frequencyHz, plot);
  const reach = xOf(upperEnd(frequencyHz, q), plot) - middle;
  const away = Math.max(reach, 2 * HALF);
  const side = middle + away <= plot.width - HALF ? 1 : -1;
  return { x: Math.max(HALF, middle + side * away), reach, side };
}

/** The Q of a bell that reaches so far, in CSS pixels. */
export function qAtReach(frequencyHz: number, reach: number, plot: EqPlot): number {
  return qReaching(frequencyHz, hzAt(xOf(frequencyHz, plot) + reach, plot));
}
