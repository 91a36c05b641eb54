/** How much time a run of the bench takes. */
export interface Effort {
  /** Turns of each peer. */
  readonly rounds: number;
  /** Length of a turn. */
  readonly milliseconds: number;
  /** A Seed V2 run that would take longer is extrapolated. */
  readonly longestRunSeconds: number;
  readonly growthRounds: number;
  readonly growthMilliseconds: number;
}

export const FULL: Effort = {
  rounds: 7,
  milliseconds: 1000,
  longestRunSeconds: 75,
  growthRounds: 3,
  growthMilliseconds: 300,
};

export const QUICK: Effort = {
  rounds: 3,
  milliseconds: 300,
  longestRunSeconds: 20,
  growthRounds: 1,
  growthMilliseconds: 100,
};
