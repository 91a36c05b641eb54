/** How much many runs at once cost over one: sweeps of the fused engine on WebGPU. */
import type { Candidate } from './candidate';
import type { Effort } from './effort';
import type { PeerName } from './peer';
import { sent } from './protocol';
import type { Results } from './results';
import { spreadOf } from './statistics';
import type { Task } from './trainer';
import { fullBatches } from './work';

/** The peer that trains many runs in the same dispatches. */
const SWEEPING: PeerName = 'fused-webgpu';

/** Length of a single run's turn; on software, 64 runs take 64 times as long. */
const MILLISECONDS = 100;

/** Rounds in which each number of runs has its turn. A sweep that fails leaves no figures. */
export async function timeSweeps(
  candidates: readonly Candidate[],
  task: Task,
  { sweeps, growthRounds }: Effort,
  tell: (what: string) => void,
): Promise<Results['sweeps']> {
  const found = candidates.find(({ peer }) => peer.kind.name === SWEEPING);
  const step = found?.results.step?.median;
  if (found === undefined || step === undefined) return [];
  const batches = Math.min(fullBatches(task), Math.max(1, Math.floor(MILLISECONDS / step)));
  const times = sweeps.map((runs): { runs: number; steps: number[] } => ({ runs, steps: [] }));
  try {
    for (let round = 0; round < growthRounds; round++) {
      for (const { runs, steps } of times) {
        tell(`sweep: ${String(runs)} runs`);
        const command = { do: 'sweep', task: sent(task), runs, batches } as const;
        steps.push((await found.peer.ask(command)).milliseconds / batches);
      }
    }
  } catch (error) {
    tell(`the sweep failed: ${String(error)}`);
    return [];
  }
  return times.map(({ runs, steps }) => ({ runs, milliseconds: spreadOf(steps).median }));
}
