/** Rows whose setting another person had given before. */
import { logFrequencies, responseGrid, responseOn } from '../../eq/response';
import type { SafeData, SafeRow } from '../rows';
import { nearGroups } from './near-groups';

/**
 * As much as curves of a copy may differ, in dB. A setting that is saved again differs by the
 * rounding of float32, at most 0.0001 dB; people who set the same knobs themselves, by more.
 */
export const COPY_DB = 0.01;

/** A row, and the first one that it repeats. */
export interface Copy {
  readonly row: SafeRow;
  readonly of: SafeRow;
}

const POINTS = 64;
const GRID = responseGrid(logFrequencies(POINTS), 48_000);

/** Points of a curve by which curves are put into a grid: far ones first, which differ most. */
const PROBES = [16, 48, 32, 8, 56, 24, 40, 4, 60, 12, 52, 20, 44, 28, 36, 0, 63];

/** A cell is a little wider than near reaches, so that rounding cannot part what is near. */
const CELL_DB = 1.1 * COPY_DB;

/**
 * The rows whose response curve is within 0.01 dB, at 64 points from 20 Hz to 20 kHz, of an earlier
 * row's that another contributor gave, and that no still earlier row is as near to; in file order.
 *
 * Curves are compared rather than parameters, since it is by what they do that a model would know
 * them again: neither the order of the bells nor the frequency of a silent band is heard. A flat
 * curve is nobody's, so it is no copy. There are none in a file that does not say who gave a row.
 */
export function copiesAcrossPeople({ rows, reading }: Pick<SafeData, 'rows' | 'reading'>): Copy[] {
  if (reading?.contributorsKnown === false) return [];
  const shaped = rows
    .map((row) => ({ row, curve: responseOn(GRID, row.setting) }))
    .filter(({ curve }) => curve.some((db) => Math.abs(db) > COPY_DB));
  const groups = nearGroups(
    shaped.map(({ curve }) => PROBES.map((point) => Math.floor((curve[point] ?? 0) / CELL_DB))),
    (first, row) => areNear(shaped[first]?.curve, shaped[row]?.curve),
  );
  return groups
    .flatMap((group) => {
      const [of, ...others] = group.flatMap((row) => shaped[row]?.row ?? []);
      if (of === undefined) return [];
      return others
        .filter(({ contributor }) => contributor !== of.contributor)
        .map((row) => ({ row, of }));
    })
    .sort((a, b) => a.row.line - b.row.line);
}

function areNear(a: Float64Array | undefined, b: Float64Array | undefined): boolean {
  return a?.every((db, point) => Math.abs(db - (b?.[point] ?? Infinity)) <= COPY_DB) === true;
}
