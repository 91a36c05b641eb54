/** Choices about findings in words, for the names of runs and for sentences. */
import { FOUNDING_CHOICES, SENSIBLE_CHOICES, type AuditChoices } from './audit-choices';
import type { SwitchId } from './switch-id';

const WORDS: { readonly [Id in SwitchId]: Readonly<Record<AuditChoices[Id], string>> } = {
  labelVariants: { merge: 'label variants merged', keep: 'labels as written' },
  misspellings: { merge: 'misspellings merged', keep: 'misspellings kept' },
  exactDuplicates: { drop: 'exact duplicates dropped', keep: 'exact duplicates kept' },
  nearDuplicates: { drop: 'near duplicates dropped', keep: 'near duplicates kept' },
  copies: {
    drop: 'copies across people dropped',
    join: 'copies joined to the people they repeat',
    keep: 'copies across people kept',
  },
  conflicts: { drop: 'conflicting settings dropped', keep: 'conflicting settings kept' },
  pluginDefaults: { drop: 'plug-in defaults dropped', keep: 'plug-in defaults kept' },
  silentBands: { mask: 'silent bands masked', keep: 'silent bands kept' },
  rails: { drop: 'gains at their limits dropped', keep: 'gains at their limits kept' },
  unsortedBells: { sort: 'bells sorted', keep: 'bells unsorted' },
  oneContributorWords: {
    drop: 'one contributor’s words dropped',
    keep: 'one contributor’s words kept',
  },
  sessions: { drop: 'long sessions dropped', keep: 'long sessions kept' },
};

/** More words than this are counted, not named. */
const MOST_NAMED = 3;

/**
 * What the choices do that others do not, a few words each: "exact duplicates kept", "“warn” kept
 * apart". None where they do the same.
 */
export function differingChoices(choices: AuditChoices, from: AuditChoices): string[] {
  const differing = (Object.keys(WORDS) as SwitchId[])
    .filter((id) => choices[id] !== from[id])
    .map((id) => wordsFor(id, choices));
  const apart = choices.unmerged.filter((word) => !from.unmerged.includes(word));
  const together = from.unmerged.filter((word) => !choices.unmerged.includes(word));
  return [
    ...differing,
    ...counted(apart, 'kept apart'),
    ...counted(together, 'merged, too'),
    ...counted(wordsMergedBy(choices, from), 'merged on request'),
    ...counted(wordsMergedBy(from, choices), 'not merged'),
  ];
}

/**
 * The same in as few words as there are: "sensible data choices", "“warn” kept apart" where that is
 * shorter than all that differs.
 */
export function briefChoices(choices: AuditChoices, from: AuditChoices): string[] {
  return [
    differingChoices(choices, from),
    ['sensible data choices', ...differingChoices(choices, SENSIBLE_CHOICES)],
    ['data as in the seed log', ...differingChoices(choices, FOUNDING_CHOICES)],
  ].reduce((short, other) => (other.length < short.length ? other : short));
}

/** The words of which the choices ask for a merge that others do not ask for. */
function wordsMergedBy({ merged }: AuditChoices, others: AuditChoices): string[] {
  return merged
    .filter(({ from, to }) => !others.merged.some((of) => of.from === from && of.to === to))
    .map(({ from }) => from);
}

function wordsFor<Id extends SwitchId>(id: Id, choices: Pick<AuditChoices, Id>): string {
  return WORDS[id][choices[id]];
}

function counted(words: readonly string[], what: string): string[] {
  if (words.length === 0) return [];
  if (words.length > MOST_NAMED) return [`${String(words.length)} misspellings ${what}`];
  return [`${words.map((word) => `“${word}”`).join(', ')} ${what}`];
}
