/** Room in the arena for what a step keeps of its batch. */
import type { Arena } from './arena';
import type { Activation, Matrix } from './tape';
import type { Value } from './tape-values';

export class BatchRoom {
  readonly #arena: Arena;
  readonly #batchSize: number;

  constructor(arena: Arena, batchSize: number) {
    this.#arena = arena;
    this.#batchSize = batchSize;
  }

  /** [batch, width] */
  rows(name: string, width: number): Matrix {
    return this.#arena.rowMajor(name, this.#batchSize, width, 'rows');
  }

  /** [1, batch] */
  perRow(name: string): Matrix {
    return this.#arena.rowMajor(name, 1, this.#batchSize, 'columns');
  }

  /** [batch, batch] */
  pairs(name: string): Matrix {
    return this.#arena.rowMajor(name, this.#batchSize, this.#batchSize, 'both');
  }

  /** A copy of rows, for a product with all of them, [width, batch]. */
  transposed(name: string, width: number): Matrix {
    return this.#arena.panels(`transposed ${name}`, width, this.#batchSize, 'columns');
  }

  /** What SiLU is applied to, [batch, width]: only its derivative cannot be told from its output. */
  kept(name: string, width: number, activation: Activation): Matrix | null {
    return activation === 'silu' ? this.rows(`${name} before silu`, width) : null;
  }

  /** An activation with room for its gradient. */
  value(data: Matrix, activation: Activation, kept: Matrix | null, factors: Matrix | null): Value {
    const gradient = this.rows(`gradient of ${data.name}`, data.columns);
    const saved = activation === 'none' ? null : (kept ?? data);
    return { data, gradient, activation, saved, factors };
  }
}
