/** What can be measured of a peer, beside its start and whether it is right. */
export const PARTS = ['steps', 'runs', 'growth', 'sweeps'] as const;
export type Part = (typeof PARTS)[number];

/** How much time a run of the bench takes. */
export interface Effort {
  readonly parts: readonly Part[];
  /** Turns of each peer. */
  readonly rounds: number;
  /** Length of a turn. */
  readonly milliseconds: number;
  /** A Seed V2 run that would take longer is extrapolated. */
  readonly longestRunSeconds: number;
  /** How many runs at once are timed beside one. */
  readonly sweeps: readonly number[];
  readonly growthRounds: number;
  readonly growthMilliseconds: number;
}

export const FULL: Effort = {
  parts: PARTS,
  rounds: 7,
  milliseconds: 1000,
  longestRunSeconds: 75,
  sweeps: [1, 4, 16, 64],
  growthRounds: 3,
  growthMilliseconds: 300,
};

export const QUICK: Effort = {
  parts: PARTS,
  rounds: 3,
  milliseconds: 300,
  longestRunSeconds: 20,
  sweeps: [1, 4, 16, 64],
  growthRounds: 1,
  growthMilliseconds: 100,
};

/** Only shows that everything can be measured. */
export const TINY: Effort = {
  parts: ['steps', 'runs', 'sweeps'],
  rounds: 1,
  milliseconds: 1,
  longestRunSeconds: 0,
  sweeps: [1, 2],
  growthRounds: 1,
  growthMilliseconds: 1,
};
