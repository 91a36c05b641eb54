import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { startCli } from '../cli/child-cli';
import { trainRun } from '../cli/commands/train-run';
import { callCli } from '../cli/run-cli';
import { fusedWasmHost } from '../cli/threads/fused-wasm-host';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { connect, queueName } from './connect';
import { serveRuns } from './serve';
import { REDIS, testRedis } from './testing/redis';
import { keptOfSweeps, modelsIn, sweepText, trainSweepFile } from './testing/sample-sweep';

const folder = temporaryFolder();
const address = testRedis(folder);
const sweep = trainSweepFile(
  folder.write('sweep.json', sweepText(2, { learningRate: [0.001, 0.002, 0.003] })),
);
const byQueue = (): string[] => ['--queue', address(), '--send-rows'];

const EPOCH_MS = 100;

/** Trains its first run, and stays in the second, epoch after epoch, until it is told to end. */
async function startWorker(
  signal: AbortSignal,
): Promise<{ notes: string[]; inSecond: Promise<void> }> {
  await fusedWasmHost(1);
  const notes: string[] = [];
  let trained = 0;
  const inSecond = new Promise<void>((resolve) => {
    const ended = serveRuns({
      queue: address(),
      environment: process.env,
      data: null,
      slots: 1,
      lostAfterMs: 3000,
      train: async (plan, onEpoch, stop) => {
        trained++;
        if (trained === 1) return trainRun(plan, 'auto', onEpoch, () => undefined, stop);
        return new Promise((_, reject) => {
          const hold = (record: Parameters<typeof onEpoch>[0]): void => {
            const ticking = setInterval(() => {
              onEpoch(record);
              resolve();
            }, EPOCH_MS);
            stop.addEventListener('abort', () => {
              clearInterval(ticking);
              reject(new Error('The run was stopped.'));
            });
          };
          trainRun(
            { ...plan, recipe: { ...plan.recipe, epochs: 1 } },
            'auto',
            hold,
            () => undefined,
            stop,
          ).catch(reject);
        });
      },
      note: (line) => notes.push(line),
      signal,
    });
    onTestFinished(() => ended);
  });
  return { notes, inSecond };
}

describe.skipIf(REDIS === null)('a sweep that is cancelled', () => {
  beforeAll(() => {
    vi.stubEnv('DATA_DIR', folder.at('store'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('ends where its runs are, keeps those that ended, and can be asked for again', async () => {
    const stop = new AbortController();
    onTestFinished(() => {
      stop.abort();
    });
    const ask = startCli([...sweep, '--out', folder.at('asked'), ...byQueue()]);
    await ask.saw(/No worker takes runs|go into the store/);
    const { notes, inSecond } = await startWorker(stop.signal);
    await ask.saw(/^1\/3 learning rate/m);
    await inSecond;

    const cancel = await callCli(...sweep, '--out', folder.at('kept'), ...byQueue(), '--cancel');
    expect(cancel.status, cancel.stderr).toBe(0);
    expect(cancel.stderr).toMatch(/those that are being trained end at their next epoch/);
    expect(cancel.stderr).toMatch(
      /^\d\/3 learning rate 0\.\d+: It was cancelled after epoch 1\.$/m,
    );
    expect(cancel.stderr).toMatch(
      /^\d\/3 learning rate 0\.\d+: It was cancelled before it was trained\.$/m,
    );
    expect(modelsIn(folder.at('kept')).size).toBe(1);
    // Whoever asked hears of it, too, and has the same.
    const { code, stderr } = await ask.ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/^3\/3 /m);
    expect(modelsIn(folder.at('asked'))).toEqual(modelsIn(folder.at('kept')));
    expect(notes.join('\n')).toMatch(/: It was cancelled after epoch 1\./);

    const redis = await connect(address());
    const queue = new Queue(queueName(null), { connection: redis });
    const counts = await queue.getJobCounts();
    await queue.close();
    redis.disconnect();
    expect(counts).toMatchObject({ completed: 1, failed: 1, active: 0, waiting: 0, delayed: 0 });
    expect(keptOfSweeps(folder.at('store')).filter((name) => name.endsWith('rows'))).toEqual([]);

    stop.abort();
    const worker = startCli(['worker', '--queue', address(), '--threads', '1']);
    onTestFinished(async () => {
      worker.process.kill('SIGTERM');
      await worker.ended;
    });
    const again = await callCli(...sweep, '--out', folder.at('again'), ...byQueue());
    expect(again.status, again.stderr).toBe(0);
    expect(modelsIn(folder.at('again')).size).toBe(3);
  });

  it('must be one that was asked for', async () => {
    const other = trainSweepFile(folder.write('other.json', sweepText(1, { seed: [1, 2] })));
    const { status, stderr } = await callCli(...other, ...byQueue(), '--cancel');
    expect(stderr).toMatch(/No run of this sweep is in the queue: cancel it by the very command/);
    expect(status).toBe(2);
  });
});
