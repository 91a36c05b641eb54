/** Rows that say the same twice, and rows that contradict each other. */
import { EQ_PARAMETERS, type EqSetting } from '../../eq/parameters';
import type { SafeRow } from '../rows';
import { groupsBy } from './groups';

/** How near two settings are to be near duplicates: gains in dB, frequencies and Q as a share. */
const NEAR_DB = 0.1;
const NEAR_SHARE = 0.01;

/** Groups of two rows or more with the same word, contributor and setting, in file order. */
export function exactDuplicates(rows: readonly SafeRow[]): SafeRow[][] {
  return groupsBy(rows, ({ word, contributor, setting }) =>
    JSON.stringify([word, contributor, setting]),
  ).filter((group) => group.length > 1);
}

/**
 * Groups of rows of the same word and contributor whose settings no one could tell apart: each
 * row is within 0.1 dB and 1 % of the group's first, and not equal to it.
 */
export function nearDuplicates(rows: readonly SafeRow[]): SafeRow[][] {
  return groupsBy(rows, ({ word, contributor }) => JSON.stringify([word, contributor])).flatMap(
    (own) => {
      const groups: SafeRow[][] = [];
      for (const row of own) {
        const group = groups.find(([first]) => first !== undefined && isNear(first, row));
        if (group === undefined) groups.push([row]);
        else if (group.every((other) => !equal(other.setting, row.setting))) group.push(row);
      }
      return groups.filter((group) => group.length > 1);
    },
  );
}

/** Groups of rows with equal settings under two words or more, in file order. */
export function conflicts(rows: readonly SafeRow[]): SafeRow[][] {
  return groupsBy(rows, ({ setting }) => JSON.stringify(setting)).filter(
    (group) => new Set(group.map(({ word }) => word)).size > 1,
  );
}

function isNear(a: SafeRow, b: SafeRow): boolean {
  return EQ_PARAMETERS.every(({ kind }, i) => {
    const x = a.setting[i] ?? 0;
    const y = b.setting[i] ?? 0;
    return Math.abs(x - y) <= (kind === 'gain' ? NEAR_DB : NEAR_SHARE * x);
  });
}

function equal(a: EqSetting, b: EqSetting): boolean {
  return a.every((value, i) => value === b[i]);
}
