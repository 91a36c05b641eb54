/** Results of blind tests as files. */
import { csvText } from '../../src/base/table-text';
import { listeningTable } from '../../src/listening/listening-table';
import type { ListeningTest } from '../../src/listening/listening-test';
import type { Action } from '../state/action';

/** One test as a document, several as a list of them; or all of their trials as a table. */
export function exportOf(tests: readonly ListeningTest[], as: 'json' | 'csv'): Action {
  const [first] = tests;
  const one = tests.length === 1 && first !== undefined;
  const text =
    as === 'json'
      ? `${JSON.stringify(one ? first : tests, null, 2)}\n`
      : csvText(listeningTable(tests));
  const mediaType = as === 'json' ? 'application/json' : 'text/csv';
  const name = one ? `blind-test-${first.startedAt.slice(0, 10)}` : 'blind-tests';
  return { type: 'save-text', name: `warmbright-${name}.${as}`, mediaType, text };
}
