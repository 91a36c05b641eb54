/** Results of blind tests. Each command is answered by listening-tests or refused. */
import * as v from 'valibot';
import { listeningTestSchema } from '../../../src/listening/listening-test';
import type { KeptTests } from '../../../src/storage/kept-tests';
import { id } from './bounds';

export const listeningCommands = [
  /** Keep a test, in place of what was kept of it before. */
  v.strictObject({ type: v.literal('save-listening-test'), test: listeningTestSchema }),
  v.strictObject({ type: v.literal('list-listening-tests') }),
  v.strictObject({ type: v.literal('delete-listening-test'), id }),
] as const;

/** All tests that are kept by now. */
export interface ListeningEvent {
  type: 'listening-tests';
  kept: KeptTests;
}
