/** A data set as the choices about its findings leave it. */
import type { SafeData, SafeRow } from '../rows';
import type { AuditChoices } from './choices';
import { conflicts, exactDuplicates, nearDuplicates } from './duplicates';
import { misspellings } from './labels';
import { oneContributorWords, sessions } from './people';
import { gainsAtRails, isPluginDefault, sortBells } from './settings';

/**
 * Merges first, then drops (what is dropped is found among the merged words), then sorts. Rows keep
 * their order and lines, so that a row can be told in the file again. Silent bands are no matter
 * of rows: the loss masks them.
 */
export function cleanData(data: SafeData, choices: AuditChoices): SafeData {
  const merged = mergeWords(data.rows, choices);
  const dropped = rowsToDrop(merged, choices);
  const left = merged.filter((row) => !dropped.has(row));
  const rows =
    choices.unsortedBells === 'sort'
      ? left.map((row) => ({ ...row, setting: sortBells(row.setting) }))
      : left;
  return { ...data, rows };
}

function mergeWords(rows: readonly SafeRow[], choices: AuditChoices): readonly SafeRow[] {
  if (choices.labelVariants === 'keep')
    return rows.map((row) => ({ ...row, word: row.label ?? row.word }));
  if (choices.misspellings === 'keep') return rows;
  const apart = new Set(choices.unmerged);
  const into = new Map(
    misspellings(rows)
      .filter(({ from }) => !apart.has(from))
      .map(({ from, to }) => [from, to]),
  );
  return rows.map((row) => ({ ...row, word: into.get(row.word) ?? row.word }));
}

function rowsToDrop(rows: readonly SafeRow[], choices: AuditChoices): ReadonlySet<SafeRow> {
  const dropped = new Set<SafeRow>();
  const drop = (found: readonly SafeRow[]): void => {
    for (const row of found) dropped.add(row);
  };
  const repeats = (groups: readonly SafeRow[][]): SafeRow[] =>
    groups.flatMap((group) => group.slice(1));
  if (choices.exactDuplicates === 'drop') drop(repeats(exactDuplicates(rows)));
  if (choices.nearDuplicates === 'drop') drop(repeats(nearDuplicates(rows)));
  if (choices.conflicts === 'drop') drop(conflicts(rows).flat());
  if (choices.pluginDefaults === 'drop') {
    drop(rows.filter(({ setting }) => isPluginDefault(setting)));
  }
  if (choices.rails === 'drop') {
    drop(rows.filter(({ setting }) => gainsAtRails(setting).length > 0));
  }
  if (choices.oneContributorWords === 'drop') {
    drop(oneContributorWords(rows).flatMap((word) => word.rows));
  }
  if (choices.sessions === 'drop') drop(sessions(rows).flatMap((session) => session.rows));
  return dropped;
}
