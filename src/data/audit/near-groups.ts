/** Groups of rows that lie near one another, found without comparing all with all. */

interface Group {
  readonly first: number;
  /** Where the first row lies in a grid. */
  readonly place: readonly number[];
  /** 0, 1, 2 … in order of the first rows. */
  readonly number: number;
  readonly rows: number[];
}

/** Groups in one place beyond which they are told apart by a further coordinate. */
const MOST_IN_PLACE = 16;

/**
 * Walks the rows 0, 1, 2 … Each joins the earliest group whose first row is near it, or begins one.
 *
 * @param places  each row's cells in a grid, [rows][coordinates]: rows that are near one another lie
 *   in the same cell or in adjacent ones along every coordinate
 * @param isNear  whether a row is near the first one of a group
 * @returns numbers of each group's rows, ascending, in order of the first rows
 */
export function nearGroups(
  places: readonly (readonly number[])[],
  isNear: (first: number, row: number) => boolean,
): number[][] {
  const groups: Group[] = [];
  const cells = new Cells(0, isNear);
  places.forEach((place, row) => {
    const group = cells.near(place, row);
    if (group === null) {
      const begun = { first: row, place, number: groups.length, rows: [row] };
      groups.push(begun);
      cells.add(begun);
    } else group.rows.push(row);
  });
  return groups.map(({ rows }) => rows);
}

/**
 * Groups by where they lie, coordinate after coordinate as far as there are many in one place: only
 * what lies in a cell next to a row's own can be near it. So no row is compared with all others,
 * though a file may say of all its rows that they are alike in some coordinates.
 */
class Cells {
  readonly #depth: number;
  readonly #isNear: (first: number, row: number) => boolean;
  #groups: Group[] = [];
  #inside: Map<number, Cells> | null = null;

  /** @param depth the coordinate by which the groups are told apart here */
  constructor(depth: number, isNear: (first: number, row: number) => boolean) {
    this.#depth = depth;
    this.#isNear = isNear;
  }

  add(group: Group): void {
    if (this.#inside === null) {
      this.#groups.push(group);
      if (this.#groups.length <= MOST_IN_PLACE || this.#depth === group.place.length) return;
      this.#inside = new Map();
      for (const each of this.#groups) this.#addInside(this.#inside, each);
      this.#groups = [];
    } else this.#addInside(this.#inside, group);
  }

  /** The earliest group whose first row is near; null where there is none. */
  near(place: readonly number[], row: number): Group | null {
    if (this.#inside === null) {
      return this.#groups.find(({ first }) => this.#isNear(first, row)) ?? null;
    }
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
    const cells = inside.get(at) ?? new Cells(this.#depth + 1, this.#isNear);
    inside.set(at, cells);
    cells.add(group);
  }
}
