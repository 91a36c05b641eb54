/** A process of Node that answers: commands come as lines of JSON, answers go as such. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Command } from '../protocol';
import type { PeerServer } from '../serve-peer';

/** Answers until nobody asks any more; then the process ends, whatever still runs in it. */
export async function serveLines(server: PeerServer): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    // Only the bench writes here.
    const command = JSON.parse(line) as Command;
    const answer = await server
      .answer(command)
      .catch((error: unknown) => ({ error: String(error) }));
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  // Helper threads must not keep the process from ending.
  process.exit();
}

/** Of this process alone: what Linux tells of resource usage begins at the size of the parent. */
export function peakBytes(): number {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  const [, kibibytes] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  return Number(kibibytes) * 1024;
}
