/** The response loss and its gradient, in float64; the formulas are those of the tape's op. */
import {
  bandsOf,
  EQ_PARAMETERS,
  PARAMETER_COUNT,
  type EqBand,
  type ParameterKind,
} from '../../eq/parameters';
import { GRID_RATE_HZ } from '../../eq/response-grid';
import type { ColumnScale } from '../../model/normaliser-schema';
import { placeOf } from '../tape/arena';
import { GRID_COTANGENTS, SHELF_CROSS } from '../tape/response-table';
import type { Op } from '../tape/tape';
import { finishGradient } from './finish';

/** Derivatives by ln A, ln f and ln Q. */
type Slopes = Readonly<Record<ParameterKind, number>>;

/** Of one band at one point: what its gain multiplies power by, and the derivatives of its log. */
interface Point {
  readonly power: number;
  readonly slopes: Slopes;
}

export function response(
  arena: Float64Array,
  op: Extract<Op, { op: 'response' }>,
  columns: readonly ColumnScale[],
  rows: number,
): void {
  const { output, target, differences, losses, gradient, finish, levelFree } = op;
  const points = GRID_COTANGENTS.length;
  for (let row = 0; row < rows; row++) {
    const values = columns.map((column, c) =>
      physical(column, arena[placeOf(output, row, c)] ?? Number.NaN),
    );
    const bands = bandsOf(values.map(({ x }) => x));
    const curve = Array.from(GRID_COTANGENTS, (cotangent, k) => {
      const power = bands.reduce((product, band) => product * at(band, cotangent).power, 1);
      return 10 * Math.log10(power) - (arena[placeOf(target, row, k)] ?? Number.NaN);
    });
    const mean = levelFree ? curve.reduce((sum, d) => sum + d, 0) / points : 0;
    const sums = new Float64Array(PARAMETER_COUNT);
    let squares = 0;
    curve.forEach((d, k) => {
      const difference = d - mean;
      arena[placeOf(differences, row, k)] = difference;
      squares += difference ** 2;
      const g = ((10 / Math.LN10) * 2 * difference) / (points * rows);
      const slopes = bands.map((band) => at(band, GRID_COTANGENTS[k] ?? Number.NaN).slopes);
      EQ_PARAMETERS.forEach(({ band, kind }, column) => {
        sums[column] = (sums[column] ?? 0) + g * (slopes[band]?.[kind] ?? Number.NaN);
      });
    });
    arena[placeOf(losses, 0, row)] = squares / points;
    EQ_PARAMETERS.forEach(({ kind }, column) => {
      const { x, slope } = values[column] ?? { x: Number.NaN, slope: Number.NaN };
      const inner = kind === 'gain' ? (slope * Math.LN10) / 40 : slope / x;
      const g = (sums[column] ?? 0) * inner;
      arena[placeOf(gradient, row, column)] = finishGradient(arena, finish, row, column, g);
    });
  }
}

/** A normalised value in dB, Hz or as Q, and the derivative. */
function physical(
  { scale, offset, from, to }: ColumnScale,
  value: number,
): { readonly x: number; readonly slope: number } {
  const scaled = from + value * (to - from);
  if (scale === 'linear') return { x: scaled, slope: to - from };
  const shifted = 10 ** scaled;
  return { x: shifted - offset, slope: Math.LN10 * shifted * (to - from) };
}

function at({ kind, gainDb, frequencyHz, q }: EqBand, cotangent: number): Point {
  const a = 10 ** (gainDb / 40);
  const a2 = a * a;
  const h = (Math.PI * frequencyHz) / GRID_RATE_HZ;
  const ratio = Math.tan(h) ** 2 * cotangent;
  const turn = (4 * h) / Math.sin(2 * h);
  if (kind === 'bell') {
    const off = (ratio - 1) ** 2;
    const width = ratio / q ** 2;
    const over = off + a2 * width;
    const under = off + width / a2;
    const share = width / (over * under);
    const bend = (a2 - 1 / a2) * share;
    return {
      power: over / under,
      slopes: {
        gain: 2 * share * (a2 * under + over / a2),
        frequency: bend * (1 - ratio) * (1 + ratio) * turn,
        q: -2 * bend * off,
      },
    };
  }
  const cross = SHELF_CROSS * a * ratio;
  const first = a2 * ratio ** 2 + 1 + cross;
  const second = ratio ** 2 + a2 + cross;
  const bend = 2 * (a2 + 1) * ratio + SHELF_CROSS * a * (ratio ** 2 + 1);
  const byFrequency = (((a2 - 1) * ratio * bend) / (first * second)) * turn;
  return kind === 'low shelf'
    ? {
        power: (a2 * first) / second,
        slopes: {
          gain: (2 * a2 * ratio ** 2 + cross) / first + (2 * ratio ** 2 + cross) / second,
          frequency: byFrequency,
          q: 0,
        },
      }
    : {
        power: (a2 * second) / first,
        slopes: {
          gain: (2 + cross) / first + (2 * a2 + cross) / second,
          frequency: -byFrequency,
          q: 0,
        },
      };
}
