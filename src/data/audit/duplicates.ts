/** Rows that say the same twice, and rows that contradict each other. */
import { groupBy } from '../../base/group-by';
import { EQ_PARAMETERS, sameSetting, type EqSetting } from '../../eq/parameters';
import type { SafeRow } from '../rows';
import { nearGroups } from './near-groups';

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
    const settingOf = (row: number): EqSetting => own[row]?.setting ?? [];
    const places = own.map(({ setting }) => placeOf(setting));
    return nearGroups(places, (first, row) => isNear(settingOf(first), settingOf(row)))
      .map(([first = 0, ...others]) => [
        first,
        ...others.filter((row) => !sameSetting(settingOf(first), settingOf(row))),
      ])
      .filter((group) => group.length > 1)
      .map((group) => group.flatMap((row) => own.slice(row, row + 1)));
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

/** Cells of the setting's values: of gains along dB, of frequencies and Q along their logarithm. */
function placeOf(setting: EqSetting): number[] {
  return EQ_PARAMETERS.map(({ kind }, i) => {
    const value = setting[i] ?? 0;
    return Math.floor(kind === 'gain' ? value / CELL_DB : Math.log(value) / CELL_LOG);
  });
}

function isNear(a: EqSetting, b: EqSetting): boolean {
  return EQ_PARAMETERS.every(({ kind }, i) => {
    const x = a[i] ?? 0;
    const y = b[i] ?? 0;
    return Math.abs(x - y) <= (kind === 'gain' ? NEAR_DB : NEAR_SHARE * x);
  });
}
