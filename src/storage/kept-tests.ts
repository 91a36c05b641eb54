/** Blind tests among the records of the storage. */
import * as v from 'valibot';
import { listeningTestSchema, type ListeningTest } from '../listening/listening-test';

export interface KeptTests {
  /** The one begun last first. */
  readonly tests: readonly ListeningTest[];
  /** How many records cannot be read: damaged, or made by a later version. */
  readonly unreadable: number;
}

/** @param entries key and record, as the storage has them */
export function keptTests(entries: readonly (readonly [unknown, unknown])[]): KeptTests {
  const tests = entries.flatMap(([key, record]) => {
    const result = v.safeParse(listeningTestSchema, record);
    return result.success && result.output.id === key ? [result.output] : [];
  });
  tests.sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  return { tests, unreadable: entries.length - tests.length };
}
