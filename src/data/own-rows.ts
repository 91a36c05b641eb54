/** Rows that a person adds: a setting, and the word they give it. */
import { InputError } from '../base/input-error';
import { sha256Hex } from '../base/sha256';
import type { EqSetting } from '../eq/parameters';
import type { SafeData } from './rows';
import { checkWord, SAFE_MAPPING } from './safe-row';

/**
 * The data set with one row more. All rows that are added are one contributor's, who is none of the
 * file's.
 *
 * @param data null where there is none yet
 * @throws InputError where the label cannot be a word
 */
export async function withOwnRow(
  data: SafeData | null,
  label: string,
  setting: EqSetting,
): Promise<SafeData> {
  const named = checkWord(label, SAFE_MAPPING.word);
  if ('reason' in named) throw new InputError(named.reason);
  const before = data ?? NOTHING;
  // In a loop, since a call takes no hundred thousand arguments.
  let [line, people] = [0, 0];
  for (const row of before.rows) {
    line = Math.max(line, row.line);
    people = Math.max(people, row.contributor);
  }
  const own = before.own ?? people + 1;
  const written = named.label === named.word ? {} : { label: named.label };
  const row = { line: line + 1, word: named.word, ...written, contributor: own, setting };
  const told = new TextEncoder().encode(JSON.stringify([before.sha256, row]));
  return { ...before, rows: [...before.rows, row], own, sha256: await sha256Hex(told) };
}

const NOTHING: SafeData = {
  rows: [],
  rejected: [],
  rejectedTotal: 0,
  sha256: '0'.repeat(64),
  synthetic: false,
  name: 'words of your own',
};
