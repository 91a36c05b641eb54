/** Activations while a tape is built: what they hold and how their gradients come about. */
import type { Activation, GradientFinish, Matrix, Op } from './tape';

/** An activation y = factors ⊙ activation(…) and the matrix for its gradient. */
export interface Value {
  /** [batch, width] */
  readonly data: Matrix;
  /** Once written: the gradient with respect to what the activation was applied to. */
  readonly gradient: Matrix;
  readonly activation: Activation;
  /** What the derivative of the activation is computed from; see GradientFinish. */
  readonly saved: Matrix | null;
  readonly factors: Matrix | null;
}

/** What one use of a value adds to its gradient. */
export type Contribution =
  /** A gradient that lies ready. */
  | { readonly ready: Matrix }
  /** An operation that computes one. */
  | { readonly make: (gradient: Matrix, finish: GradientFinish) => Op };

/**
 * The operations that sum the contributions to a value's gradient. The last one applies the
 * value's factors and the derivative of its activation.
 *
 * @param contributions at least one that computes, at most one that lies ready
 */
export function gradientOps(value: Value, contributions: readonly Contribution[]): Op[] {
  const ready = contributions.flatMap((c) => ('ready' in c ? [c.ready] : []));
  const makers = contributions.flatMap((c) => ('make' in c ? [c.make] : []));
  if (ready.length > 1 || makers.length === 0) {
    throw new Error(`The gradient of ${value.data.name} cannot be put together.`);
  }
  const { gradient, factors, activation, saved } = value;
  return makers.map((make, i) => {
    const add = i === 0 ? (ready[0] ?? null) : gradient;
    return i === makers.length - 1
      ? make(gradient, { add, factors, activation, saved })
      : make(gradient, { add, factors: null, activation: 'none', saved: null });
  });
}
