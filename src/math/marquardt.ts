/** The step of damped least squares. */
import { dot, solvePositive } from './linear-algebra';

/** JᵀJ and Jᵀ missing, J having the slopes as its columns. */
export interface NormalEquations {
  /** Rows of JᵀJ up to its diagonal, since it is symmetric: [parameters] of [1 to parameters]. */
  readonly matrix: readonly number[][];
  /** [parameters] */
  readonly right: number[];
}

/**
 * @param slopes  how the curve changes with each parameter, [parameters] of [points]
 * @param missing wanted curve less the curve, [points]
 */
export function normalEquations(
  slopes: readonly Float64Array[],
  missing: Float64Array,
): NormalEquations {
  return {
    matrix: slopes.map((a, i) => slopes.slice(0, i + 1).map((b) => dot(a, b))),
    right: slopes.map((slope) => dot(slope, missing)),
  };
}

/**
 * Where to go from a point so that what is missing gets smaller: a Gauss–Newton step, shorter and
 * nearer to steepest descent the larger the damping is.
 *
 * (JᵀJ + damping · diag JᵀJ + floor)⁻¹ Jᵀ missing.
 *
 * Source: D. W. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters",
 * J. SIAM 11 (1963) 431–441.
 *
 * @param floor above 0; parameters that change nothing stay where they are
 * @returns change of each parameter, [parameters]
 */
export function dampedStep(
  { matrix, right }: NormalEquations,
  damping: number,
  floor: number,
): Float64Array {
  const damped = matrix.map((row, i) =>
    row.map((product, j) => (i === j ? product + (damping * product + floor) : product)),
  );
  return solvePositive(damped, right);
}

/** {@link dampedStep} of the {@link normalEquations}. */
export function marquardtStep(
  slopes: readonly Float64Array[],
  missing: Float64Array,
  damping: number,
  floor: number,
): Float64Array {
  return dampedStep(normalEquations(slopes, missing), damping, floor);
}
