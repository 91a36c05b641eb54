/** How the kernels cut their work, for the two kinds of machine that run them. */
import narrow from './multiply-narrow.wgsl?raw';
import wide from './multiply-wide.wgsl?raw';
import type { ShaderPart } from './shader';

export interface Profile {
  /** Invocations of a workgroup, a power of two and at least 4; each has columns of four rows. */
  readonly lanes: number;
  /** Rows that a workgroup takes, a multiple of 4: as `multiply` has them. */
  readonly rows: number;
  /** Columns of a product's tile that an invocation computes: as `multiply` has them. */
  readonly columns: number;
  /** The innermost loop of the products. */
  readonly multiply: ShaderPart;
}

export const PROFILES = {
  /**
   * SwiftShader and its like compute four invocations at once in the lanes of one processor core:
   * few and fat ones, a workgroup of just four, so that barriers cost nothing.
   */
  software: {
    lanes: 4,
    rows: 16,
    columns: 16,
    multiply: { file: 'multiply-wide.wgsl', text: wide },
  },
  /** Graphics cards: many small ones. */
  hardware: {
    lanes: 64,
    rows: 4,
    columns: 2,
    multiply: { file: 'multiply-narrow.wgsl', text: narrow },
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;
