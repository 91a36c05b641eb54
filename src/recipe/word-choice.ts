/** Words that a recipe is meant for. */
export interface WordChoice {
  /** Rows that a word needs. */
  readonly atLeast: number;
  /** How many of them, those with most rows first; left out: all. */
  readonly mostFrequent?: number;
}
