/** What a sweep gains from a second thread: whole runs on the fused WebAssembly engine in Node. */
import { startSweepThread } from '../cli/threads/sweep-threads';
import { parseSafeCsv } from '../src/data/parse-safe-csv';
import { syntheticCsv } from '../src/data/synthetic';
import { countWords, defaultWords } from '../src/data/words';
import { planSweep, trainSweep } from '../src/training/sweep/train-sweep';
import { sizeOf, type RunPlan } from '../src/training/run-plan';
import type { Results } from './results';
import { spreadOf } from './statistics';
import { RECIPE } from './work';

const THREADS = [1, 2];

/** Runs of the sweep, and epochs of each: as short as those of a quick look at many settings. */
const RUNS = 8;
const EPOCHS = 10;

/** How many runs at once are trained to see how cost grows. */
const GROWING_RUNS = [1, 2, 4, 8, 16];

/** Times the same sweep on the project's sample with one thread and with two, in turns. */
export async function timeThreads(
  rounds: number,
  emit: (what: string) => void,
): Promise<Results['threads']> {
  return timesOf(RUNS, rounds, emit);
}

/**
 * Steps a second of all runs of a sweep, as there are more of them.
 *
 * @param flop operations of a step
 */
export async function growRuns(
  flop: number,
  rounds: number,
  emit: (what: string) => void,
): Promise<Results['growth']> {
  const growth: Results['growth'] = [];
  for (const runs of GROWING_RUNS) {
    const plans = await plansOf(runs, 1);
    const steps = plans.reduce((sum, plan) => sum + sizeOf(plan).stepsPerEpoch * EPOCHS, 0);
    const times = await timesOf(runs, rounds, emit);
    const speeds = times.map(({ threads, seconds }): [string, number] => [
      `fused-wasm-${String(threads)}`,
      steps / seconds,
    ]);
    growth.push({ what: 'runs', value: String(runs), flop, speeds: Object.fromEntries(speeds) });
  }
  return growth;
}

/** No two turns have a seed in common: a thread keeps what it worked out of the last splits. */
async function timesOf(
  runs: number,
  rounds: number,
  emit: (what: string) => void,
): Promise<Results['threads']> {
  const times = THREADS.map((threads): { threads: number; seconds: number[] } => ({
    threads,
    seconds: [],
  }));
  let seed = 1;
  for (let round = 0; round < rounds; round++) {
    for (const { threads, seconds } of times) {
      emit(`sweep of ${String(runs)} runs: ${String(threads)} threads`);
      const plans = await plansOf(runs, seed);
      seed += runs;
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
    runs,
    seconds: spreadOf(seconds).median,
  }));
}

async function plansOf(count: number, seed: number): Promise<RunPlan[]> {
  const csv = new TextEncoder().encode(syntheticCsv(1));
  const data = await parseSafeCsv(csv, { synthetic: true });
  const runs = Array.from({ length: count }, (_, i) => ({
    label: `seed ${String(seed + i)}`,
    name: `seed ${String(seed + i)}`,
    recipe: { ...RECIPE, epochs: EPOCHS, seed: seed + i },
  }));
  return planSweep(runs, data, defaultWords(countWords(data), 5));
}
