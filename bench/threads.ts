/** What a sweep gains from a second thread: whole runs on the fused WebAssembly engine in Node. */
import { startSweepThread } from '../cli/threads/sweep-threads';
import { parseSafeCsv } from '../src/data/parse-safe-csv';
import { syntheticCsv } from '../src/data/synthetic';
import { countWords, defaultWords } from '../src/data/words';
import { expandSweep } from '../src/training/sweep/sweep';
import { planSweep, trainSweep } from '../src/training/sweep/train-sweep';
import type { RunPlan } from '../src/training/run-plan';
import type { Results } from './results';
import { spreadOf } from './statistics';
import { RECIPE } from './work';

const THREADS = [1, 2];

/** Runs of the sweep, and epochs of each: as short as those of a quick look at many settings. */
const RUNS = 8;
const EPOCHS = 10;

/** Times the same sweep on the project's sample with one thread and with two, in turns. */
export async function timeThreads(
  rounds: number,
  emit: (what: string) => void,
): Promise<Results['threads']> {
  const plans = await plansOf();
  const times = THREADS.map((threads): { threads: number; seconds: number[] } => ({
    threads,
    seconds: [],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { threads, seconds } of times) {
      emit(`sweep of ${String(RUNS)} runs: ${String(threads)} threads`);
      const start = performance.now();
      await trainSweep(plans, {
        choice: 'wasm',
        threads,
        startThread: startSweepThread,
        emit: (event) => {
          if (event.type === 'failed') throw new Error(event.reason);
        },
        emitEngine: () => undefined,
        signal: new AbortController().signal,
      });
      seconds.push((performance.now() - start) / 1000);
    }
  }
  return times.map(({ threads, seconds }) => ({
    threads,
    runs: RUNS,
    seconds: spreadOf(seconds).median,
  }));
}

async function plansOf(): Promise<RunPlan[]> {
  const csv = new TextEncoder().encode(syntheticCsv(1));
  const data = await parseSafeCsv(csv, { synthetic: true });
  const runs = expandSweep({
    recipe: { ...RECIPE, epochs: EPOCHS },
    vary: { seed: Array.from({ length: RUNS }, (_, i) => i + 1) },
  });
  return planSweep(runs, data, defaultWords(countWords(data), 5));
}
