/** What the figures were measured on. */
import { cpus, loadavg, release, totalmem, type as systemName } from 'node:os';
import type { Hosts } from './hosts';
import type { Results } from './results';

/** Processes that want a processor, a mean over the last minute. */
export function loadNow(): number {
  const [minute = 0] = loadavg();
  return minute;
}

/** @param load before the run began */
export async function describeMachine(
  { site, torch, adapter }: Hosts,
  load: number,
): Promise<Results['machine']> {
  const [processor] = cpus();
  // Without what a distribution adds.
  const [version = ''] = release().split('-');
  return {
    processor: processor?.model ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${systemName()} ${version}`,
    node: process.version,
    chromium: (await site?.version()) ?? null,
    adapter: typeof adapter === 'string' ? null : adapter,
    torch: torch?.version ?? null,
    load,
  };
}
