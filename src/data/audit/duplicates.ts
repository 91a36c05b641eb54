/** Rows that say the same twice, and rows that contradict each other. */
import { groupBy } from '../../base/group-by';
import { EQ_BANDS, EQ_PARAMETERS, sameSetting, type EqSetting } from '../../eq/parameters';
import type { SafeRow } from '../rows';

/** How near two settings are to be near duplicates: gains in dB, frequencies and Q as a share. */
const NEAR_DB = 0.1;
const NEAR_SHARE = 0.01;

/** Groups of two rows or more with the same word, contributor and setting, in file order. */
export function exactDuplicates(rows: readonly SafeRow[]): SafeRow[][] {
  const groups = groupBy(rows, ({ word, contributor, setting }) =>
    JSON.stringify([word, contributor, setting]),
  );
  return [...groups.values()].filter((group) => group.length > 1);
}

/**
 * Groups of rows of the same word and contributor whose settings no one could tell apart: each
 * row is within 0.1 dB and 1 % of the group's first, and not equal to it.
 */
export function nearDuplicates(rows: readonly SafeRow[]): SafeRow[][] {
  const owners = groupBy(rows, ({ word, contributor }) => JSON.stringify([word, contributor]));
  return [...owners.values()].flatMap((own) => {
    const groups: { first: SafeRow; rows: SafeRow[] }[] = [];
    // Only what lies in a cell next to a row's own can be near it: a file may say of all its
    // rows that they are one contributor's.
    const grid = new Map<number, typeof groups>();
    for (const row of own) {
      const group = neighbouringCells(row.setting)
        .flatMap((cell) => grid.get(cell) ?? [])
        .find(({ first }) => isNear(first, row));
      if (group === undefined) {
        const begun = { first: row, rows: [row] };
        groups.push(begun);
        const cell = cellAt(...placeOf(row.setting));
        const inCell = grid.get(cell);
        if (inCell === undefined) grid.set(cell, [begun]);
        else inCell.push(begun);
      } else if (!sameSetting(group.first.setting, row.setting)) group.rows.push(row);
    }
    return groups.map((group) => group.rows).filter((group) => group.length > 1);
  });
}

/** Groups of rows with equal settings under two words or more, in file order. */
export function conflicts(rows: readonly SafeRow[]): SafeRow[][] {
  const groups = groupBy(rows, ({ setting }) => JSON.stringify(setting));
  return [...groups.values()].filter((group) => new Set(group.map(({ word }) => word)).size > 1);
}

/** A cell is a little wider than near reaches, so that rounding cannot part what is near. */
const CELL_DB = 1.1 * NEAR_DB;
const CELL_LOG = 1.1 * NEAR_SHARE;

/** Where a setting lies in a grid of three of its values: two gains and a frequency. */
function placeOf(setting: EqSetting): readonly [number, number, number] {
  const [low, bell] = EQ_BANDS;
  return [
    Math.floor((setting[low.gain] ?? 0) / CELL_DB),
    Math.floor((setting[bell.gain] ?? 0) / CELL_DB),
    Math.floor(Math.log(setting[bell.frequency] ?? 1) / CELL_LOG),
  ];
}

/** A cell's number. That far cells can share one costs time and nothing else. */
function cellAt(x: number, y: number, z: number): number {
  return (x * 1024 + y) * 1024 + z;
}

function neighbouringCells(setting: EqSetting): number[] {
  const [x, y, z] = placeOf(setting);
  const around = [-1, 0, 1];
  return around.flatMap((dx) =>
    around.flatMap((dy) => around.map((dz) => cellAt(x + dx, y + dy, z + dz))),
  );
}

function isNear(a: SafeRow, b: SafeRow): boolean {
  return EQ_PARAMETERS.every(({ kind }, i) => {
    const x = a.setting[i] ?? 0;
    const y = b.setting[i] ?? 0;
    return Math.abs(x - y) <= (kind === 'gain' ? NEAR_DB : NEAR_SHARE * x);
  });
}
