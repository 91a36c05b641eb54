/** Which graphics card there is, asked in a process of its own: a driver may take its process along. */
import { spawnSync } from 'node:child_process';
import * as v from 'valibot';
import type { Hosts } from '../hosts';

/** In the place of a peer's name. */
export const ADAPTER = 'adapter';

/** A driver that takes longer to say what it is does not answer at all. */
const DEADLINE_MS = 120_000;

const answerSchema = v.union([
  v.object({ reason: v.string() }),
  v.object({ name: v.string(), software: v.boolean() }),
]);

/** @param nodePeer what Node is given before a peer's name */
export function askAdapter(nodePeer: readonly string[]): Hosts['adapter'] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...nodePeer, ADAPTER], {
    encoding: 'utf8',
    timeout: DEADLINE_MS,
  });
  if (status !== 0) {
    const [words = 'it says nothing'] = stderr.trim().split('\n').slice(-1);
    return `WebGPU does not start: ${words}`;
  }
  const answer = v.parse(answerSchema, JSON.parse(stdout));
  return 'reason' in answer ? answer.reason : answer;
}
