/** How the kernels cut their work, for the two kinds of machine that run them. */
import type { Layout } from '../tape/arena';

export interface Profile {
  /** Invocations of a workgroup, a power of two and at least 4; each has columns of four rows. */
  readonly lanes: number;
  /** Rows that a workgroup takes, a multiple of 4: as `multiply` has them. */
  readonly rows: number;
  /** Columns of a product's tile that an invocation computes: as `multiply` has them. */
  readonly columns: number;
  /** The innermost loop of the products: multiply-wide.wgsl or multiply-narrow.wgsl. */
  readonly multiply: 'wide' | 'narrow';
  /** Products whose factors that loop has on their way at once. */
  readonly together: number;
}

export const PROFILES = {
  /**
   * SwiftShader and its like compute four invocations at once in the lanes of one processor core:
   * few and fat ones, a workgroup of just four, so that barriers cost nothing.
   */
  software: { lanes: 4, rows: 16, columns: 16, multiply: 'wide', together: 2 },
  /** Graphics cards: many small ones. */
  hardware: { lanes: 64, rows: 4, columns: 2, multiply: 'narrow', together: 4 },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** Row-major matrices, whose rows begin at multiples of four floats. */
export const LAYOUT: Layout = { panel: null, stride: (columns) => Math.ceil(columns / 4) * 4 };
