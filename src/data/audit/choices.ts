/** What can be found in a data set, and what can be done about each finding. */

/**
 * The findings with what may be done about them. `keep` leaves the rows as they are; `drop` takes
 * them (or, of equal ones, all but the first) out; `merge` makes one word of several; `sort` puts
 * the bells in the order of their frequencies; `mask` leaves frequency and Q of a silent band out
 * of the loss.
 */
export interface AuditChoices {
  /** Labels that differ in case or white space only. */
  readonly labelVariants: 'merge' | 'keep';
  /** Rare words one keystroke away from a frequent one. */
  readonly misspellings: 'merge' | 'keep';
  /** Of the merges that `misspellings` would do, the words that stay apart. */
  readonly unmerged: readonly string[];
  readonly exactDuplicates: 'keep' | 'drop';
  readonly nearDuplicates: 'keep' | 'drop';
  readonly conflicts: 'keep' | 'drop';
  readonly pluginDefaults: 'keep' | 'drop';
  readonly silentBands: 'keep' | 'mask';
  readonly rails: 'keep' | 'drop';
  readonly unsortedBells: 'keep' | 'sort';
  readonly oneContributorWords: 'keep' | 'drop';
  readonly sessions: 'keep' | 'drop';
}

/** What the founding log did: labels trimmed and in lower case, and nothing else. */
export const FOUNDING_CHOICES: AuditChoices = {
  labelVariants: 'merge',
  misspellings: 'keep',
  unmerged: [],
  exactDuplicates: 'keep',
  nearDuplicates: 'keep',
  conflicts: 'keep',
  pluginDefaults: 'keep',
  silentBands: 'keep',
  rails: 'keep',
  unsortedBells: 'keep',
  oneContributorWords: 'drop',
  sessions: 'keep',
};

/** What is sensible: nothing that people meant is lost, and nothing is counted twice. */
export const SENSIBLE_CHOICES: AuditChoices = {
  ...FOUNDING_CHOICES,
  misspellings: 'merge',
  exactDuplicates: 'drop',
  pluginDefaults: 'drop',
  silentBands: 'mask',
  unsortedBells: 'sort',
};
