/** A data set as the choices about its findings leave it. */
import type { SafeData, SafeRow } from '../rows';
import type { AuditChoices } from '../../recipe/audit-choices';
import { copiesAcrossPeople } from './copies';
import { conflicts, exactDuplicates, nearDuplicates } from './duplicates';
import { resolveMisspellings } from './misspellings';
import { oneContributorWords, sessions } from './people';
import type { Cleaning } from './report';
import type { SwitchId } from '../../recipe/switch-id';
import { gainsAtRails, isPluginDefault, sortBells } from './settings';

/**
 * Merges, then sorts, then drops, so that what is dropped is found among merged words and sorted
 * bells. Rows keep their order and lines, so that a row can be told in the file again. Cleaning
 * what is clean drops and sorts nothing more, but for sessions: they are neighbours in the file, and
 * rows that have become neighbours are none. Silent bands are no matter of rows: the loss masks them.
 */
export function cleanData(data: SafeData, choices: AuditChoices): SafeData {
  return cleanAndCount(data, choices).data;
}

interface Cleaned {
  readonly data: SafeData;
  readonly cleaning: Cleaning;
}

/**
 * What each data set was last cleaned to. The audit, the page's preview and the start of a run ask
 * for the same, and of a large file it takes half a second.
 */
const last = new WeakMap<SafeData, { readonly key: string; readonly cleaned: Cleaned }>();

/** As {@link cleanData}, and which choice takes how much. Equal arguments give the same object. */
export function cleanAndCount(data: SafeData, choices: AuditChoices): Cleaned {
  const key = JSON.stringify(choices);
  const known = last.get(data);
  if (known?.key === key) return known.cleaned;
  const cleaned = clean(data, choices);
  last.set(data, { key, cleaned });
  return cleaned;
}

function clean(data: SafeData, choices: AuditChoices): Cleaned {
  const spelt = { ...data, rows: spell(data.rows, choices) };
  const { rows, dropped } = dropRows(spelt, choices);
  const cleaned = { ...data, rows: choices.copies === 'join' ? joined({ ...data, rows }) : rows };
  return { data: cleaned, cleaning: { choices, rowsLeft: rows.length, dropped } };
}

function joined(data: SafeData): readonly SafeRow[] {
  const copied = new Map(copiesAcrossPeople(data).map(({ row, of }) => [row, of.contributor]));
  return data.rows.map((row) => {
    const joinedTo = copied.get(row);
    return joinedTo === undefined ? row : { ...row, joinedTo };
  });
}

function spell(rows: readonly SafeRow[], choices: AuditChoices): readonly SafeRow[] {
  const merged = mergeWords(rows, choices);
  if (choices.unsortedBells === 'keep') return merged;
  return merged.map((row) => ({ ...row, setting: sortBells(row.setting) }));
}

function mergeWords(rows: readonly SafeRow[], choices: AuditChoices): readonly SafeRow[] {
  if (choices.labelVariants === 'keep')
    return rows.map((row) => ({ ...row, word: row.label ?? row.word }));
  if (choices.misspellings === 'keep') return rows;
  const meant = resolveMisspellings(rows, new Set(choices.unmerged), choices.merged);
  return rows.map((row) => ({ ...row, word: meant(row.word) }));
}

/** What is dropped where that is chosen. The later ones look at what the earlier ones leave. */
const DROPS: readonly [
  SwitchId,
  (rows: readonly SafeRow[], data: SafeData) => readonly SafeRow[],
][] = [
  // First, while neighbours are those of the file.
  ['sessions', (rows) => sessions(rows).flatMap((session) => session.rows)],
  ['pluginDefaults', (rows) => rows.filter(({ setting }) => isPluginDefault(setting))],
  ['rails', (rows) => rows.filter(({ setting }) => gainsAtRails(setting).length > 0)],
  ['conflicts', (rows) => conflicts(rows).flat()],
  ['exactDuplicates', (rows) => exactDuplicates(rows).flatMap((group) => group.slice(1))],
  ['nearDuplicates', (rows) => nearDuplicates(rows).flatMap((group) => group.slice(1))],
  ['copies', (rows, data) => copiesAcrossPeople({ ...data, rows }).map(({ row }) => row)],
  // Last, since a drop before can have taken the other people's rows of a word.
  ['oneContributorWords', (rows) => oneContributorWords(rows).flatMap((word) => word.rows)],
];

function dropRows(
  data: SafeData,
  choices: AuditChoices,
): { rows: readonly SafeRow[]; dropped: Cleaning['dropped'] } {
  const dropped: Cleaning['dropped'] = [];
  let left = data.rows;
  for (const [id, find] of DROPS) {
    if (choices[id] !== 'drop') continue;
    const found = new Set(find(left, data));
    left = left.filter((row) => !found.has(row));
    dropped.push({ id, rows: found.size });
  }
  return { rows: left, dropped };
}
