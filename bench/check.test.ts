import { beforeAll, describe, expect, it } from 'vitest';
import { parseSafeCsv } from '../src/data/parse-safe-csv';
import { syntheticCsv } from '../src/data/synthetic';
import { makeTrainingSet } from '../src/data/training-set';
import { startWasmEngine } from '../src/engines/wasm/wasm-engine';
import { fitNormaliser, normalise } from '../src/model/normaliser';
import { loadWasmBuild } from '../cli/threads/wasm-builds';
import { prepareRun } from '../src/training/prepare-run';
import { agrees, checkPeer, errorsOf, expectedSteps, type ExpectedSteps } from './check';
import { countTape, EngineTrainer } from './engine-trainer';
import { Peer, PEERS } from './peer';
import { sent } from './protocol';
import { PeerServer } from './serve-peer';
import type { Task } from './trainer';
import { augmentedData, makeTask, RECIPE } from './work';

describe('errorsOf', () => {
  const expected = {
    gradient: Float64Array.of(3, 4),
    losses: [
      { reconstruction: 0.5, contrastive: 4 },
      { reconstruction: 0.25, contrastive: 2 },
    ],
  };
  // 1 − β₁ times the gradient.
  const moment = [0.3, 0.4];

  it('finds nothing where all is the same', () => {
    const errors = errorsOf(expected, expected.losses, moment);
    expect(errors.loss).toBe(0);
    expect(errors.gradient).toBeLessThan(1e-15);
    expect(agrees(errors)).toBe(true);
  });

  it('measures the gradient by norm, and the worst of the losses', () => {
    const losses = [
      { reconstruction: 0.5, contrastive: 4.04 },
      { reconstruction: 0.24, contrastive: 2 },
    ];
    const errors = errorsOf(expected, losses, [0.3, 0.35]);
    expect(errors.gradient).toBeCloseTo(0.1, 12);
    expect(errors.loss).toBeCloseTo(0.04, 12);
    expect(agrees(errors)).toBe(false);
  });

  it('does not let what is missing pass', () => {
    expect(agrees(errorsOf(expected, expected.losses.slice(0, 1), moment))).toBe(false);
    expect(agrees(errorsOf(expected, expected.losses, [0.3]))).toBe(false);
  });
});

describe('a peer', () => {
  let expected: ExpectedSteps;
  let task: Task;
  beforeAll(async () => {
    const small = { latent: 3, hidden: [12, 8], projection: 6 };
    task = makeTask(await augmentedData(), { spec: small, batchSize: 16, rows: 90 });
    expected = expectedSteps(
      task,
      Uint32Array.from({ length: 90 }, (_, i) => 89 - i),
    );
  });

  /** The WebAssembly engine as a peer that has started, its tasks changed on their way. */
  async function peerWith(change: (task: Task) => Task): Promise<Peer> {
    const engine = await startWasmEngine({ load: loadWasmBuild });
    const trainer = new EngineTrainer(engine, countTape);
    const load = trainer.load.bind(trainer);
    trainer.load = (task) => load(change(task));
    const server = new PeerServer({
      start: () => Promise.resolve(trainer),
      startGroup: () => Promise.resolve([trainer]),
      startEngine: () => Promise.resolve(engine),
      memory: () => ({ bytes: 0, of: 'process' }),
      dispatches: () => 0,
    });
    const peer = new Peer(PEERS[1], {
      // Nothing but JSON goes over a line.
      ask: async (command) => {
        const arrived = JSON.parse(JSON.stringify(command)) as typeof command;
        return JSON.parse(JSON.stringify(await server.answer(arrived))) as unknown;
      },
      close: () => Promise.resolve(),
    });
    await peer.ask({ do: 'start', task: sent(task) });
    return peer;
  }

  it('passes when it takes the same steps', async () => {
    const errors = await checkPeer(await peerWith((task) => task), expected);
    expect(errors.gradient).toBeLessThan(1e-5);
    expect(errors.loss).toBeLessThan(1e-5);
    expect(agrees(errors)).toBe(true);
  });

  it.each<[string, (task: Task) => Task]>([
    ['another temperature', (task) => withSettings(task, { temperature: 0.101 })],
    ['another contrastive loss', (task) => withSettings(task, { contrastiveSelf: false })],
    ['dropout on', (task) => withSettings(task, { dropout: 0.1 })],
    [
      'another activation',
      (task) => ({ ...task, spec: { ...task.spec, activation: 'silu' as const } }),
    ],
  ])('fails with %s', async (_, change) => {
    expect(agrees(await checkPeer(await peerWith(change), expected))).toBe(false);
  });

  it('runs as the command line does', async () => {
    const csv = new TextEncoder().encode(syntheticCsv());
    const data = await parseSafeCsv(csv, { synthetic: true });
    const spec = { latent: 3, hidden: [12, 8], projection: 6 };
    const schedules = { epochs: 25, plateauPatience: 1, learningRate: 0.03, holdout: 0 };
    const recipe = { ...RECIPE, ...spec, ...schedules };
    const set = await makeTrainingSet(data, ['harsh', 'thin'], recipe);
    const run = await prepareRun(
      { name: 'a run', recipe, data, set },
      await startWasmEngine({ load: loadWasmBuild }),
    );
    while (!run.finished) await run.nextEpoch();
    const last = run.history.at(-1);
    // The schedule did something.
    expect(last?.learningRate).toBeLessThan(0.03);

    const settings = set.rows.map(({ setting }) => setting);
    const inputs = normalise(settings, fitNormaliser('data', settings));
    const examples = { rows: set.rows.length, inputs, labels: set.labels };
    const peer = await peerWith((task) => task);
    const given = makeTask({ examples, words: 2, real: false }, { spec });
    await peer.ask({ do: 'load', task: sent(given) });
    const { total } = await peer.ask({ do: 'run', run: recipe });
    expect(total).toBeCloseTo(last?.total ?? Number.NaN, 8);
  });
});

function withSettings(task: Task, settings: Partial<Task['settings']>): Task {
  return { ...task, settings: { ...task.settings, ...settings } };
}
