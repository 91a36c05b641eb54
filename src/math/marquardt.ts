/** The step of damped least squares. */
import { dot, solvePositive } from './linear-algebra';

/**
 * Where to go from a point so that what is missing gets smaller: a Gauss–Newton step, shorter and
 * nearer to steepest descent the larger the damping is.
 *
 * (JᵀJ + damping · diag JᵀJ + floor)⁻¹ Jᵀ missing, J having the slopes as its columns.
 *
 * Source: D. W. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters",
 * J. SIAM 11 (1963) 431–441.
 *
 * @param slopes  how the curve changes with each parameter, [parameters] of [points]
 * @param missing wanted curve less the curve, [points]
 * @param floor   above 0; parameters that change nothing stay where they are
 * @returns change of each parameter, [parameters]
 */
export function marquardtStep(
  slopes: readonly Float64Array[],
  missing: Float64Array,
  damping: number,
  floor: number,
): Float64Array {
  // The lower triangle is all of a symmetric matrix that is read.
  const matrix = slopes.map((a, i) =>
    slopes.slice(0, i + 1).map((b, j) => {
      const product = dot(a, b);
      return i === j ? product + (damping * product + floor) : product;
    }),
  );
  return solvePositive(
    matrix,
    slopes.map((slope) => dot(slope, missing)),
  );
}
