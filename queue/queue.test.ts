import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { DEADLINE_MS, ROOT, startCli, type ChildCli } from '../cli/child-cli';
import { readData } from '../cli/options/files';
import { callCli } from '../cli/run-cli';
import { temporaryFolder } from '../src/testing/temporary-folder';
import { connect, queueName } from './connect';
import { REDIS, testRedis } from './testing/redis';
import { keptOfSweeps, modelsIn, SAMPLE, sweepText, trainSweepFile } from './testing/sample-sweep';

const folder = temporaryFolder();
const address = testRedis(folder);

const silent = { print: () => undefined, note: () => undefined };
const RUNS = 6;
const sweep = trainSweepFile(
  folder.write('sweep.json', sweepText(3, { seed: [1, 2, 3], learningRate: [0.001, 0.002] })),
);

interface Report {
  readonly runs: readonly { readonly file: string; readonly metrics: unknown }[];
}

function runsOf(stdout: string): Report['runs'] {
  return (JSON.parse(stdout) as Report).runs;
}

/** A worker that stops in the middle of its first run; see testing/held-worker.ts. */
async function startHeldWorker(): Promise<() => Promise<void>> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'queue/testing/held-worker.ts', address()],
    { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'], timeout: DEADLINE_MS, killSignal: 'SIGKILL' },
  );
  let said = '';
  const closed = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Held after epoch 1')) resolve();
    });
    void closed.then(() => {
      reject(new Error(`The held worker ended: ${said}`));
    });
  });
  return async () => {
    child.kill('SIGKILL');
    await closed;
  };
}

function startWorker(): ChildCli {
  return startCli(['worker', '--queue', address(), '--threads', '1', '--lost-after', '3']);
}

describe.skipIf(REDIS === null)('a sweep by a queue', () => {
  beforeAll(() => {
    vi.stubEnv('DATA_DIR', folder.at('store'));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('is what one machine makes of it, though one of three workers is killed in a run', async () => {
    const ask = startCli([
      ...sweep,
      '--out',
      folder.at('asked'),
      '--queue',
      address(),
      '--send-rows',
    ]);
    const [kill, alone] = await Promise.all([
      startHeldWorker(),
      callCli(...sweep, '--out', folder.at('alone')),
    ]);
    expect(alone.status, alone.stderr).toBe(0);
    const workers = [startWorker(), startWorker()];
    onTestFinished(async () => {
      for (const { process } of workers) process.kill('SIGTERM');
      await Promise.all(workers.map(({ ended }) => ended));
    });
    await kill();
    const { code, stderr } = await ask.ended;
    expect(code, stderr).toBe(0);

    expect(stderr).toMatch(/begins anew, since its worker is not heard of any more/);
    for (let count = 1; count <= RUNS; count++) {
      expect(stderr.match(new RegExp(`^${String(count)}/${String(RUNS)} seed`, 'gm'))).toHaveLength(
        1,
      );
    }
    const models = modelsIn(folder.at('asked'));
    expect(models.size).toBe(RUNS);
    expect(models).toEqual(modelsIn(folder.at('alone')));
    const report = readFileSync(join(folder.at('asked'), 'sweep.json'), 'utf8');
    expect(runsOf(report)).toEqual(runsOf(alone.stdout));

    const redis = await connect(address());
    const queue = new Queue(queueName(null), { connection: redis });
    const counts = await queue.getJobCounts();
    await queue.close();
    redis.disconnect();
    expect(counts).toMatchObject({ completed: RUNS, failed: 0, active: 0, waiting: 0 });
    // The rows have gone, the models have stayed.
    const kept = keptOfSweeps(folder.at('store'));
    expect(kept.filter((name) => name.endsWith('rows'))).toEqual([]);
    expect(kept.filter((name) => /models.[0-9a-f]{64}$/.test(name))).toHaveLength(RUNS);
  });

  it('sends no rows where nobody says so, and goes on after what is no run', async () => {
    const small = folder.write('small.json', sweepText(1, { seed: [8, 9] }));
    vi.stubEnv('DATA_DIR', folder.at('other'));
    const data = await readData(SAMPLE, { 'skip-bad-rows': false }, silent);
    const redis = await connect(address());
    const queue = new Queue(queueName(data.sha256), { connection: redis });
    onTestFinished(async () => {
      await queue.close();
      redis.disconnect();
    });
    const odd = await queue.add('odd', { sweep: '../../models', run: 1e9 });
    const worker = startCli([
      ...['worker', '--queue', address(), '--data', SAMPLE, '--threads', '1'],
    ]);
    onTestFinished(async () => {
      worker.process.kill('SIGTERM');
      expect((await worker.ended).signal).toBe('SIGTERM');
    });
    const asked = await callCli(...trainSweepFile(small), '--queue', address());
    expect(asked.status, asked.stderr).toBe(0);
    expect(asked.stderr).toMatch(/No rows leave this machine/);
    expect(runsOf(asked.stdout).map(({ metrics }) => metrics)).not.toContain(null);
    expect(await odd.getState()).toBe('failed');
    const kept = keptOfSweeps(folder.at('other'));
    expect(kept.some((name) => name.endsWith('definition'))).toBe(true);
    expect(kept.filter((name) => name.endsWith('rows'))).toEqual([]);
    vi.stubEnv('DATA_DIR', folder.at('store'));
  });

  it('is followed again without another run', async () => {
    const again = await callCli(...sweep, '--queue', address(), '--send-rows');
    expect(again.status, again.stderr).toBe(0);
    expect(again.stderr).toMatch(/6\/6 seed/);
    expect(runsOf(again.stdout).map(({ metrics }) => metrics)).toEqual(
      runsOf(readFileSync(join(folder.at('alone'), 'sweep.json'), 'utf8')).map(
        ({ metrics }) => metrics,
      ),
    );
  });
});
