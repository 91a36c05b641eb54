/** How the kernels cut their work, for the kinds of machine that run them. */
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
  /** Whether sums over a workgroup go by subgroups, which a device must have been asked for. */
  readonly subgroups: boolean;
}

const HARDWARE = {
  lanes: 64,
  rows: 4,
  columns: 2,
  multiply: 'narrow',
  together: 4,
  subgroups: false,
} as const satisfies Profile;

export const PROFILES = {
  /**
   * SwiftShader and its like compute four invocations at once in the lanes of one processor core:
   * few and fat ones, a workgroup of just four, so that barriers cost nothing.
   */
  software: { lanes: 4, rows: 16, columns: 16, multiply: 'wide', together: 2, subgroups: false },
  /** Graphics cards: many small ones. */
  hardware: HARDWARE,
  /**
   * The same where a card has subgroups. Half-precision numbers (`shader-f16`) are not used where
   * they are there: their ten bits lose most of Adam's steps and miss what float64 allows, and it is
   * launches and waits that a step is made of, not bytes.
   */
  subgroups: { ...HARDWARE, subgroups: true },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;

/** What to try on a device, the best first; the last is what every device of its kind has. */
export function profilesFor(software: boolean, features: ReadonlySet<string>): ProfileName[] {
  if (software) return ['software'];
  return features.has('subgroups') ? ['subgroups', 'hardware'] : ['hardware'];
}

/** Row-major matrices, whose rows begin at multiples of four floats. */
export const LAYOUT: Layout = { panel: null, stride: (columns) => Math.ceil(columns / 4) * 4 };
