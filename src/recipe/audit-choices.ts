/** What can be found in a data set, and what can be done about each finding. */
import * as v from 'valibot';

const keepOrDrop = v.picklist(['keep', 'drop']);
const word = v.pipe(v.string(), v.maxLength(200));

export const auditChoicesSchema = v.strictObject({
  /** Labels that differ in case or white space only. */
  labelVariants: v.picklist(['merge', 'keep']),
  /** Rare words that are likely slips of the fingers for a frequent one. */
  misspellings: v.picklist(['merge', 'keep']),
  /** Of the merges that `misspellings` would do, the words that stay apart. */
  unmerged: v.array(word),
  /** Merges that there is too little evidence for, and that a person wants done with the others. */
  merged: v.optional(v.array(v.strictObject({ from: word, to: word })), []),
  exactDuplicates: keepOrDrop,
  nearDuplicates: keepOrDrop,
  /** Rows that repeat another person's setting. */
  copies: v.optional(v.picklist(['keep', 'drop', 'join']), 'keep'),
  conflicts: keepOrDrop,
  pluginDefaults: keepOrDrop,
  silentBands: v.picklist(['keep', 'mask']),
  rails: keepOrDrop,
  unsortedBells: v.picklist(['keep', 'sort']),
  oneContributorWords: keepOrDrop,
  sessions: keepOrDrop,
});

/**
 * The findings with what may be done about them. `keep` leaves the rows as they are; `drop` takes
 * them (or, of equal ones, all but the first) out; `merge` makes one word of several; `sort` puts
 * the bells in the order of their frequencies; `join` holds a row out together with the rows of the
 * person it repeats; `mask` leaves frequency and Q of a silent band out
 * of the loss.
 */
export type AuditChoices = v.InferOutput<typeof auditChoicesSchema>;

/** What the seed log did: labels trimmed and in lower case, and nothing else. */
export const FOUNDING_CHOICES: AuditChoices = {
  labelVariants: 'merge',
  misspellings: 'keep',
  unmerged: [],
  merged: [],
  exactDuplicates: 'keep',
  nearDuplicates: 'keep',
  copies: 'keep',
  conflicts: 'keep',
  pluginDefaults: 'keep',
  silentBands: 'keep',
  rails: 'keep',
  unsortedBells: 'keep',
  oneContributorWords: 'keep',
  sessions: 'keep',
};

/** What is sensible: nothing that people meant is lost, and nothing is counted twice. */
export const SENSIBLE_CHOICES: AuditChoices = {
  ...FOUNDING_CHOICES,
  misspellings: 'merge',
  exactDuplicates: 'drop',
  copies: 'drop',
  pluginDefaults: 'drop',
  silentBands: 'mask',
  unsortedBells: 'sort',
};
