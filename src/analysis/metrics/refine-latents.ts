/** Encoding by search: the latent whose decoded curve comes nearest to a setting's. */
import { InputError } from '../../base/input-error';
import { marquardtStep } from '../../math/marquardt';

/** Damping that a row starts with, what a good and a bad step multiply it by, and its bounds. */
const DAMPING = { start: 1e-2, good: 0.3, bad: 4, least: 1e-7, most: 1e4 } as const;
/** Added to the diagonal that damping scales, so that a dimension without effect stays put. */
const FLOOR = 1e-3;
/** Slopes are taken over this share of a dimension's standard deviation. */
const STRIDE = 0.01;

export interface Search {
  /** Where to start: what the encoder says, [rows, dimensions]. */
  readonly latents: Float32Array;
  readonly dimensions: number;
  /** Curves to come near to, [rows, points]. */
  readonly wanted: Float64Array;
  /** Curves of latents, [as many rows as it is given, points]. */
  readonly decode: (latents: Float32Array) => Promise<Float64Array>;
  readonly steps: number;
}

/**
 * Latents from which the mean square between decoded and wanted curve is no larger than at the
 * start: the wanted curve's projection on the surface of all curves that the decoder can make. It
 * is to a decoder what the projection on components is to principal components.
 *
 * Damped Gauss–Newton steps of all rows at once, each with its own damping; a step that would make
 * a row worse is not taken. Slopes are forward difference quotients.
 *
 * @returns [rows, dimensions]
 * @throws InputError where latents and curves are not of equally many rows
 */
export async function refineLatents(search: Search): Promise<Float32Array> {
  const { dimensions, wanted, decode, steps } = search;
  const rows = search.latents.length / dimensions;
  const points = rows === 0 ? 0 : wanted.length / rows;
  if (!Number.isInteger(rows) || !Number.isInteger(points)) {
    throw new InputError('There must be one wanted curve for every latent.');
  }
  let latents = search.latents;
  if (rows === 0) return latents;
  const strides = stridesOf(latents, dimensions);
  const damping = new Float64Array(rows).fill(DAMPING.start);
  let curves = await decode(latents);
  for (let step = 0; step < steps; step++) {
    const moved: Float64Array[] = [];
    for (const [dimension, stride] of strides.entries()) {
      moved.push(await decode(shifted(latents, dimensions, dimension, stride)));
    }
    const tried = latents.slice();
    for (let row = 0; row < rows; row++) {
      const at = { row, points, curves, wanted, moved, strides };
      const by = stepOf(at, damping[row] ?? 0);
      by.forEach((change, i) => {
        const place = row * dimensions + i;
        tried[place] = (tried[place] ?? 0) + change;
      });
    }
    const triedCurves = await decode(tried);
    const [next, nextCurves] = [latents.slice(), curves.slice()];
    for (let row = 0; row < rows; row++) {
      const [start, end] = [row * points, (row + 1) * points];
      const better = squares(triedCurves, wanted, start, end) < squares(curves, wanted, start, end);
      const factor = better ? DAMPING.good : DAMPING.bad;
      damping[row] = Math.min(DAMPING.most, Math.max(DAMPING.least, (damping[row] ?? 0) * factor));
      if (!better) continue;
      next.set(tried.subarray(row * dimensions, (row + 1) * dimensions), row * dimensions);
      nextCurves.set(triedCurves.subarray(start, end), start);
    }
    latents = next;
    curves = nextCurves;
  }
  return latents;
}

/** How far to go for a slope in each dimension. */
function stridesOf(latents: Float32Array, dimensions: number): number[] {
  const rows = latents.length / dimensions;
  return Array.from({ length: dimensions }, (_, dimension) => {
    let [sum, sumOfSquares] = [0, 0];
    for (let at = dimension; at < latents.length; at += dimensions) {
      const value = latents[at] ?? 0;
      sum += value;
      sumOfSquares += value ** 2;
    }
    const deviation = Math.sqrt(Math.max(0, sumOfSquares / rows - (sum / rows) ** 2));
    return STRIDE * (deviation > 0 ? deviation : 1);
  });
}

function shifted(
  latents: Float32Array,
  dimensions: number,
  dimension: number,
  by: number,
): Float32Array {
  return latents.map((value, at) => (at % dimensions === dimension ? value + by : value));
}

interface Place {
  readonly row: number;
  readonly points: number;
  readonly curves: Float64Array;
  readonly wanted: Float64Array;
  /** Curves with one dimension shifted, for each. */
  readonly moved: readonly Float64Array[];
  readonly strides: readonly number[];
}

/** Where a row goes from its place, [dimensions]. */
function stepOf(at: Place, damping: number): Float64Array {
  const { row, points, curves, wanted, moved, strides } = at;
  const start = row * points;
  const slopes = moved.map((curve, i) =>
    Float64Array.from({ length: points }, (_, point) => {
      const place = start + point;
      return ((curve[place] ?? 0) - (curves[place] ?? 0)) / (strides[i] ?? 1);
    }),
  );
  const rest = Float64Array.from(
    { length: points },
    (_, point) => (wanted[start + point] ?? 0) - (curves[start + point] ?? 0),
  );
  return marquardtStep(slopes, rest, damping, damping * FLOOR);
}

function squares(a: Float64Array, b: Float64Array, start: number, end: number): number {
  let sum = 0;
  for (let i = start; i < end; i++) sum += ((a[i] ?? 0) - (b[i] ?? 0)) ** 2;
  return sum;
}
