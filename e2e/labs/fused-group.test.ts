/**
 * Many runs at once on the fused WebGPU engine, in a real browser (on SwiftShader where there is no
 * graphics card): whatever else is trained beside it, a run has the bits it has alone.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EpochResult, StepSettings, TrainingState } from '../../src/engines/engine';
import { PARAMETER_COUNT } from '../../src/eq/parameters';
import { GRID_POINTS } from '../../src/eq/response-grid';
import { initialWeights } from '../../src/model/initialise';
import { fromFounding } from '../../src/model/normaliser-schema';
import { parameterTable } from '../../src/model/parameter-table';
import type { ModelSpec } from '../../src/recipe/model-spec';
import { Stream, randomPermutation } from '../../src/math/threefry';
import { SMALL_SPEC } from '../../src/testing/small-spec';
import { syntheticExamples } from '../../src/testing/spec-grid';
import { FusedSite, type FusedDevice, type RemoteEngine } from './fused/fused-site';

const SPEC: ModelSpec = { ...SMALL_SPEC, latent: 3, hidden: [6, 16, 9], projection: 4 };

interface SmallRun {
  readonly rows: number;
  readonly watched: number;
  readonly learningRate: number;
  readonly settings: StepSettings;
}

const SETTINGS = {
  batchSize: 8,
  temperature: 0.1,
  contrastiveSelf: true,
  reconstruction: 'mse',
  columns: [],
  weightDecay: 0,
  beta2: 0.999,
} as const;

/** In batches of 8: three steps, the last of 5 rows; two whole ones; one short one. */
const RUNS: readonly SmallRun[] = [
  {
    rows: 21,
    watched: 30,
    learningRate: 0.01,
    settings: { ...SETTINGS, seed: 1, dropout: 0.25 },
  },
  {
    rows: 16,
    watched: 0,
    learningRate: 0.003,
    settings: { ...SETTINGS, seed: 4_000_000_007, dropout: 0, temperature: 0.5 },
  },
  {
    rows: 6,
    watched: 9,
    learningRate: 0.02,
    settings: { ...SETTINGS, seed: 3, dropout: 0.5, contrastiveSelf: false },
  },
];

/** The same by response curves, each with column scales, weight decay and β₂ of its own. */
const CURVE_RUNS: readonly SmallRun[] = RUNS.map((run, i) => ({
  ...run,
  settings: {
    ...run.settings,
    reconstruction: 'response',
    columns: fromFounding({
      gainDb: [-12, 6 + 3 * i],
      frequencyLog10: [1.5, 4 + 0.1 * i],
      frequencyOffsetHz: i,
      qLog10: [-0.5, 0.1 + 0.2 * i],
    }).columns,
    weightDecay: 0.5 * i,
    beta2: 0.999 - 0.01 * i,
  },
}));

let site: FusedSite;
beforeAll(async () => {
  site = await FusedSite.open();
});
afterAll(async () => {
  await site.close();
});

function load(engine: RemoteEngine, { rows, watched, settings }: SmallRun): Promise<void> {
  const zeros = new Float32Array(parameterTable(SPEC).total);
  const weights = initialWeights(SPEC, settings.seed);
  const state = { weights, firstMoment: zeros, secondMoment: zeros, step: 0 };
  // Rows of its own, so that one run cannot train on or watch another's unnoticed.
  const first = settings.seed % 100;
  const { inputs } = syntheticExamples(first + rows + watched);
  const own = inputs.subarray(first * PARAMETER_COUNT);
  const examples = {
    rows,
    inputs: own.slice(0, rows * PARAMETER_COUNT),
    ...(settings.reconstruction === 'response'
      ? { targets: Float32Array.from({ length: rows * GRID_POINTS }, (_, i) => (first + i) % 13) }
      : {}),
    labels: Int32Array.from({ length: rows }, (_, row) => (row * settings.seed) % 5),
  };
  return engine.load(SPEC, state, examples, settings, own.slice(rows * PARAMETER_COUNT));
}

function train(engine: RemoteEngine, run: SmallRun, epoch: number): Promise<EpochResult> {
  return engine.trainEpoch({
    order: randomPermutation(run.settings.seed, Stream.shuffle, epoch, run.rows),
    learningRate: run.learningRate,
    contrastiveWeight: 0.1 * (epoch + 1) * run.settings.seed,
    klWeight: 0,
  });
}

interface Trained {
  readonly epochs: EpochResult[];
  readonly state: TrainingState;
}

async function trainAll(engine: RemoteEngine, run: SmallRun, epochs: number): Promise<Trained> {
  await load(engine, run);
  const results: EpochResult[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) results.push(await train(engine, run, epoch));
  return { epochs: results, state: await engine.state() };
}

/** Drives the engines side by side, each with a run of its own. */
function together<T>(
  engines: readonly RemoteEngine[],
  drive: (engine: RemoteEngine, run: SmallRun, i: number) => Promise<T>,
  runs = RUNS,
): Promise<T[]> {
  return Promise.all(
    runs.map((run, i) => {
      const engine = engines[i];
      if (engine === undefined) throw new Error('There are fewer engines than runs.');
      return drive(engine, run, i);
    }),
  );
}

function three<T>([first, second, third]: readonly T[]): [T, T, T] {
  if (first === undefined || second === undefined || third === undefined) {
    throw new Error('There are fewer than three.');
  }
  return [first, second, third];
}

describe.each(['software', 'hardware'] as const)('runs at once, %s profile', (profile) => {
  const EPOCHS = 3;
  const [one, two, last] = three(RUNS);
  const alone: Trained[] = [];
  let device: FusedDevice;
  let single: RemoteEngine;
  let engines: RemoteEngine[];

  beforeAll(async () => {
    device = await site.newDevice(profile);
    single = await device.start();
    engines = await device.startGroup(RUNS.length);
    for (const run of RUNS) alone.push(await trainAll(single, run, EPOCHS));
  });

  it('have the bits that each has alone', async () => {
    const trained = await together(engines, (engine, run) => trainAll(engine, run, EPOCHS));
    expect(trained).toStrictEqual(alone);
    expect(alone.map(({ state }) => state.step)).toEqual([9, 6, 3]);
    expect(alone.map(({ epochs }) => epochs[0]?.latents.length)).toEqual([90, 0, 27]);
  });

  it('have the bits that each has alone with its own column scales, weight decay and β₂', async () => {
    const trained = await together(
      engines,
      (engine, run) => trainAll(engine, run, EPOCHS),
      CURVE_RUNS,
    );
    for (const [i, run] of CURVE_RUNS.entries()) {
      expect(await trainAll(single, run, EPOCHS)).toStrictEqual(trained[i]);
    }
  });

  it('encode and decode each with its own weights, while others wait', async () => {
    await together(engines, (engine, run) => load(engine, run));
    const [first, second, third] = three(engines);
    const { inputs } = syntheticExamples(11);
    const use = async (engine: RemoteEngine): Promise<Float32Array[]> => {
      const latents = await engine.encode(inputs);
      return [latents, await engine.decode(latents)];
    };
    const used = await together(engines, use);
    const waiting = [train(second, two, 0), train(third, last, 0)];
    expect(await use(first)).toStrictEqual(used[0]);
    await Promise.all([train(first, one, 0), ...waiting]);
    for (const [i, run] of RUNS.entries()) {
      await load(single, run);
      expect(await use(single)).toStrictEqual(used[i]);
    }
  });

  it('are spread over several buffers, in one submission, where one cannot hold them all', async () => {
    const small = await device.startGroup(RUNS.length);
    const costOfEpoch = async (of: readonly RemoteEngine[]) => {
      const { page } = device;
      const count = (): Promise<{ submissions: number; dispatches: number }> =>
        page.evaluate(() => ({
          submissions: window.fused.submissions,
          dispatches: window.fused.dispatches,
        }));
      await together(of, (engine, run) => load(engine, run));
      const before = await count();
      await together(of, (engine, run) => train(engine, run, 0));
      const after = await count();
      return {
        submissions: after.submissions - before.submissions,
        dispatches: after.dispatches - before.dispatches,
      };
    };
    const whole = await costOfEpoch(engines);
    // Room for one or two of them.
    const { divided, trained } = await device.withBuffersOf(120_000, async () => ({
      divided: await costOfEpoch(small),
      trained: await together(small, (engine, run) => trainAll(engine, run, EPOCHS)),
    }));
    expect(divided.submissions).toBe(1);
    expect(divided.dispatches).toBeGreaterThan(whole.dispatches);
    expect(trained).toStrictEqual(alone);
  });

  it('must be of one shape', async () => {
    const loads = together(engines, (engine, run, i) =>
      load(engine, { ...run, settings: { ...run.settings, batchSize: 8 + i } }),
    );
    await expect(loads).rejects.toThrow('the same model, the same batch size');
  });

  it('go on to the same bits when one is taken out', async () => {
    const [first, second, third] = three(engines);
    await together(engines, (engine, run) => load(engine, run));
    const results = await together(engines, (engine, run) => train(engine, run, 0));
    // Two wait already when the one that they wait for ends.
    const waiting = [train(first, one, 1), train(third, last, 1)];
    second.dispose();
    results.push(...(await Promise.all(waiting)));
    expect(results).toStrictEqual([
      ...alone.map(({ epochs }) => epochs[0]),
      alone[0]?.epochs[1],
      alone[2]?.epochs[1],
    ]);
    await expect(second.state()).rejects.toThrow('holds no model');
    await Promise.all([train(first, one, 2), train(third, last, 2)]);
    expect(await first.state()).toStrictEqual(alone[0]?.state);
    expect(await third.state()).toStrictEqual(alone[2]?.state);
  });

  it('leave no error of the GPU uncaught', async () => {
    expect(await device.page.evaluate(() => window.fused.errors)).toEqual([]);
  });

  // The last, since it takes away the device of all before it.
  it('all hear of it when the device goes away, who waits and who does not', async () => {
    const [first, second, third] = three(await device.startGroup(RUNS.length));
    await together([first, second, third], (engine, run) => load(engine, run));
    const waiting = [
      expect(train(first, one, 0)).rejects.toThrow('The GPU stopped answering'),
      expect(train(second, two, 0)).rejects.toThrow('The GPU stopped answering'),
    ];
    await device.lose();
    await Promise.all(waiting);
    await expect(train(third, last, 0)).rejects.toThrow('The GPU stopped answering');
  });
});
