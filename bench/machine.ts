/** What the figures were measured on. */
import { cpus, release, totalmem, type as systemName } from 'node:os';
import type { Hosts } from './hosts';
import type { Results } from './results';

export async function describeMachine({
  site,
  torch,
  adapter,
}: Hosts): Promise<Results['machine']> {
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
  };
}
