/** The error of response curves, one band after another. */
import * as tf from '@tensorflow/tfjs';
import { EQ_BANDS, PARAMETER_COUNT } from '../../eq/parameters';
import { GRID_POINTS, GRID_RATE_HZ } from '../../eq/response-grid';
import type { ColumnScale } from '../../model/normaliser-schema';
import { GRID_COTANGENTS, SHELF_CROSS } from '../tape/response-table';

/**
 * Mean over rows and points of the squared difference in dB between the curves that outputs make
 * and the targets; where `levelFree`, of what is left of a row's differences without their mean.
 *
 * @param output  [rows, 13], of which `columns` make dB, Hz and Q
 * @param target  dB at the points of the response grid, [rows, 64]
 */
export function responseLoss(
  output: tf.Tensor2D,
  target: tf.Tensor2D,
  columns: readonly ColumnScale[],
  levelFree: boolean,
): tf.Scalar {
  const difference = tf.sub(responses(output, columns), target);
  if (!levelFree) return tf.mean(tf.square(difference));
  return tf.mean(tf.square(tf.sub(difference, tf.mean(difference, 1, true))));
}

/** Curves in dB, [rows, 13] → [rows, 64]; the filters are those of src/eq/response.ts. */
function responses(output: tf.Tensor2D, columns: readonly ColumnScale[]): tf.Tensor2D {
  const values = tf.split(output, PARAMETER_COUNT, 1);
  const physical = columns.map((column, i) => inItsUnit(itemOf(values, i), column));
  const cotangents = tf.tensor2d(Float32Array.from(GRID_COTANGENTS), [1, GRID_POINTS]);
  const bandOf = ({ gain, frequency }: Places): Band => ({
    amplitude: tf.exp(tf.mul(itemOf(physical, gain), Math.LN10 / 40)),
    ratio: tf.mul(squaredTangent(itemOf(physical, frequency)), cotangents),
  });
  const bell = (places: Places & { readonly q: number }): tf.Tensor =>
    bellPower(bandOf(places), itemOf(physical, places.q));
  const [low, first, second, third, high] = EQ_BANDS;
  const bells = tf.mul(tf.mul(bell(first), bell(second)), bell(third));
  const shelves = tf.mul(lowShelfPower(bandOf(low)), highShelfPower(bandOf(high)));
  return tf.mul(tf.log(tf.mul(bells, shelves)), 10 / Math.LN10);
}

/** Columns of a band's values. */
type Places = Readonly<Record<'gain' | 'frequency', number>>;

/** One band: A = 10^(gain / 40), [rows, 1]; ρ = tan²(π f / rate) cot²(π F / rate), [rows, 64]. */
interface Band {
  readonly amplitude: tf.Tensor;
  readonly ratio: tf.Tensor;
}

/** |H|², [rows, 64]: ((ρ − 1)² + A² ρ / Q²) / ((ρ − 1)² + ρ / (A² Q²)) */
function bellPower({ amplitude, ratio }: Band, q: tf.Tensor): tf.Tensor {
  const off = tf.square(tf.sub(ratio, 1));
  const width = tf.div(ratio, tf.square(q));
  const square = tf.square(amplitude);
  return tf.div(tf.add(off, tf.mul(square, width)), tf.add(off, tf.div(width, square)));
}

/** |H|², [rows, 64]: A² (A² ρ² + 1 + κ A ρ) / (ρ² + A² + κ A ρ), κ being SHELF_CROSS. */
function lowShelfPower(band: Band): tf.Tensor {
  const { first, second, square } = shelfParts(band);
  return tf.mul(square, tf.div(first, second));
}

/** |H|², [rows, 64]: A² (ρ² + A² + κ A ρ) / (A² ρ² + 1 + κ A ρ) */
function highShelfPower(band: Band): tf.Tensor {
  const { first, second, square } = shelfParts(band);
  return tf.mul(square, tf.div(second, first));
}

function shelfParts({ amplitude, ratio }: Band): Record<'first' | 'second' | 'square', tf.Tensor> {
  const square = tf.square(amplitude);
  const ratioSquare = tf.square(ratio);
  const cross = tf.mul(tf.mul(amplitude, ratio), SHELF_CROSS);
  return {
    first: tf.add(tf.add(tf.mul(square, ratioSquare), 1), cross),
    second: tf.add(tf.add(ratioSquare, square), cross),
    square,
  };
}

/**
 * A normalised parameter in dB, Hz or as Q. Powers of ten are taken from the middle of the scale,
 * since the larger an exponent, the coarser it is in float32.
 */
function inItsUnit(value: tf.Tensor, { scale, offset, from, to }: ColumnScale): tf.Tensor {
  if (scale === 'linear') return tf.add(tf.mul(value, to - from), from);
  const power = tf.exp(tf.mul(tf.sub(value, 0.5), (to - from) * Math.LN10));
  return tf.sub(tf.mul(power, 10 ** ((from + to) / 2)), offset);
}

/** tan²(π f / rate) of frequencies in Hz. */
function squaredTangent(hz: tf.Tensor): tf.Tensor {
  // The cosine as a sine of what is left to half the rate, which float32 subtracts exactly where
  // the cosine is small.
  const rest = tf.sub(GRID_RATE_HZ / 2, hz);
  return tf.square(tf.div(sineOf(hz), sineOf(rest)));
}

/** Taylor's coefficients of (sin x) / x in x²: to 1e-9 up to π / 2. */
const SINE = [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880, -1 / 39_916_800, 1 / 6_227_020_800];

/**
 * sin(π f / rate), 0 ≤ f ≤ rate / 2. Not tf.sin: on WebGPU that may be off by 2^-11, which is half
 * of the sine of 20 Hz.
 */
function sineOf(hz: tf.Tensor): tf.Tensor {
  const angle = tf.mul(hz, Math.PI / GRID_RATE_HZ);
  const square = tf.square(angle);
  const series = SINE.reduceRight(
    (sum, term) => tf.add(tf.mul(sum, square), term),
    tf.zerosLike(angle),
  );
  return tf.mul(angle, series);
}

function itemOf(tensors: readonly tf.Tensor[], i: number): tf.Tensor {
  const tensor = tensors[i];
  if (tensor === undefined) throw new Error(`There is no column ${String(i)}.`);
  return tensor;
}
