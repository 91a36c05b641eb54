/** Where the tape's matrices lie. */
import type { Matrix } from './tape';

/** How an engine wants its matrices laid out; columns are padded to fill strides and panels. */
export interface Layout {
  /** Columns in a panel of a linear layer's weight and its transposed copy; null: one panel. */
  readonly panel: number | null;
  /** Row stride, in floats, of a matrix of so many columns that has one panel. */
  readonly stride: (columns: number) => number;
}

/** Matrices start at multiples of this many floats: a cache line. */
const ALIGNMENT = 16;

export class Arena {
  readonly matrices: Matrix[] = [];
  readonly #layout: Layout;
  readonly #start: number;
  #size = 0;

  /** @param start where the first matrix goes, a multiple of 16 floats */
  constructor(layout: Layout, start = 0) {
    this.#layout = layout;
    this.#start = start;
  }

  /** Floats taken so far. */
  get size(): number {
    return this.#size;
  }

  /** Takes room for a row-major matrix. */
  rowMajor(name: string, rows: number, columns: number, batch: Matrix['batch'] = 'none'): Matrix {
    return this.#take(name, rows, columns, this.#layout.stride(columns), batch);
  }

  /** Takes room for a matrix that a product reads along its rows. */
  panels(name: string, rows: number, columns: number, batch: Matrix['batch'] = 'none'): Matrix {
    const panel = this.#layout.panel ?? this.#layout.stride(columns);
    return this.#take(name, rows, columns, panel, batch);
  }

  #take(
    name: string,
    rows: number,
    columns: number,
    panel: number,
    batch: Matrix['batch'],
  ): Matrix {
    const offset = this.#start + this.#size;
    const matrix: Matrix = { name, rows, columns, panel, offset, batch };
    this.matrices.push(matrix);
    this.#size += Math.ceil(sizeOf(matrix) / ALIGNMENT) * ALIGNMENT;
    return matrix;
  }
}

/** Floats of a matrix with its padding. */
function sizeOf({ rows, columns, panel }: Matrix): number {
  return Math.ceil(columns / panel) * panel * rows;
}

/** Place of an element in the arena, in floats. */
export function placeOf({ offset, rows, panel }: Matrix, row: number, column: number): number {
  return offset + Math.floor(column / panel) * rows * panel + row * panel + (column % panel);
}
