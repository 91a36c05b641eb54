/**
 * A worker that stays in the middle of its first run, for a test to kill it there: it trains an epoch,
 * says so and then waits. Started as `held-worker.ts ADDRESS`; the store is that of its environment.
 */
import { trainRun } from '../../cli/commands/train-run';
import { fusedWasmHost } from '../../cli/threads/fused-wasm-host';
import { serveRuns } from '../serve';

const [, , queue = ''] = process.argv;
const note = (line: string): void => {
  console.error(line);
};

await fusedWasmHost(1);
const { signal } = new AbortController();
await serveRuns({
  queue,
  environment: process.env,
  data: null,
  slots: 1,
  lostAfterMs: 3000,
  train: (plan, onEpoch, stop) =>
    new Promise((_, reject) => {
      const hold = (record: Parameters<typeof onEpoch>[0]): void => {
        onEpoch(record);
        note(`Held after epoch ${String(record.epoch)}.`);
      };
      // Its end is never told, as that of a run that is still being trained.
      trainRun(plan, 'auto', hold, note, stop).catch(reject);
    }),
  note,
  signal,
});
