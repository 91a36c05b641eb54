/** Rows that say the same twice, and rows that contradict each other. */
import { groupBy } from '../../base/group-by';
import { EQ_PARAMETERS, sameSetting, type EqSetting } from '../../eq/parameters';
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
    const groups: Group[] = [];
    const cells = new Cells(0);
    for (const row of own) {
      const group = cells.near(placeOf(row.setting), row);
      if (group === null) {
        const begun = {
          first: row,
          place: placeOf(row.setting),
          number: groups.length,
          rows: [row],
        };
        groups.push(begun);
        cells.add(begun);
      } else if (!sameSetting(group.first.setting, row.setting)) group.rows.push(row);
    }
    return groups.map((group) => group.rows).filter((group) => group.length > 1);
  });
}

interface Group {
  readonly first: SafeRow;
  /** Where the first row lies in a grid. */
  readonly place: readonly number[];
  /** 0, 1, 2 … in order of the first rows. */
  readonly number: number;
  readonly rows: SafeRow[];
}

/** Groups in one place beyond which they are told apart by a further parameter. */
const MOST_IN_PLACE = 16;

/**
 * Groups by where they lie, parameter after parameter as far as there are many in one place: only
 * what lies in a cell next to a row's own can be near it. So no row is compared with all others,
 * though a file may say of all its rows that they are one contributor's and alike in some parameters.
 */
class Cells {
  readonly #depth: number;
  #groups: Group[] = [];
  #inside: Map<number, Cells> | null = null;

  /** @param depth the parameter by which the groups are told apart here */
  constructor(depth: number) {
    this.#depth = depth;
  }

  add(group: Group): void {
    if (this.#inside === null) {
      this.#groups.push(group);
      if (this.#groups.length <= MOST_IN_PLACE || this.#depth === EQ_PARAMETERS.length) return;
      this.#inside = new Map();
      for (const each of this.#groups) this.#addInside(this.#inside, each);
      this.#groups = [];
    } else this.#addInside(this.#inside, group);
  }

  /** The earliest group whose first row is near; null where there is none. */
  near(place: readonly number[], row: SafeRow): Group | null {
    if (this.#inside === null) return this.#groups.find(({ first }) => isNear(first, row)) ?? null;
    const at = place[this.#depth] ?? 0;
    let earliest: Group | null = null;
    for (const cell of [at - 1, at, at + 1]) {
      const found = this.#inside.get(cell)?.near(place, row) ?? null;
      if (found !== null && (earliest === null || found.number < earliest.number)) earliest = found;
    }
    return earliest;
  }

  #addInside(inside: Map<number, Cells>, group: Group): void {
    const at = group.place[this.#depth] ?? 0;
    const cells = inside.get(at) ?? new Cells(this.#depth + 1);
    inside.set(at, cells);
    cells.add(group);
  }
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

function isNear(a: SafeRow, b: SafeRow): boolean {
  return EQ_PARAMETERS.every(({ kind }, i) => {
    const x = a.setting[i] ?? 0;
    const y = b.setting[i] ?? 0;
    return Math.abs(x - y) <= (kind === 'gain' ? NEAR_DB : NEAR_SHARE * x);
  });
}
