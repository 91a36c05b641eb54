/**
 * The fused WebGPU engine in a real browser (on SwiftShader where there is no graphics card), with
 * the kernels of all profiles: the spec grid on that of graphics cards, and as much of it on
 * the others as has everything that a kernel can be asked for.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parameterTable } from '../../src/model/parameter-table';
import { checkFusedEngine } from '../../src/testing/fused-engine-checks';
import { freshState } from '../../src/testing/gradient-errors';
import { CASES, syntheticExamples, taskExamples } from '../../src/testing/spec-grid';
import { FusedSite, type FusedDevice, type RemoteEngine } from './fused/fused-site';
import { variantsOf } from './fused/variants';

/** Every operation in all its ways, and sizes that fill no tile. */
const COVERING = CASES.filter(([name]) =>
  [
    'no dropout',
    'no normalisation',
    'a batch of one row',
    'odd sizes',
    'identity skip at the latent alone',
    'variational, no projection, SiLU',
    'a plain variational body with all the rest',
    'heads',
    'heads, whose frequencies do not count',
    'the shape',
    'the response by other columns',
    'Warmbright in small',
    'Warmbright for two words in small, as it begins',
    'a linear skip to the latent',
    'a word head, a linear skip to the sphere, rows without votes',
    'the default recipe in small',
    'masked absolute errors',
    'masked squares of curves',
  ].includes(name),
);

let site: FusedSite;

beforeAll(async () => {
  site = await FusedSite.open();
});
afterAll(async () => {
  await site.close();
});

it('has every operation, in all its ways, in the cases that all profiles take', () => {
  const waysOf = (cases: typeof CASES): Set<string> =>
    new Set(cases.flatMap(([, task]) => variantsOf(task)));
  expect(waysOf(COVERING)).toEqual(waysOf(CASES));
});

describe.each([
  ['software', COVERING],
  ['hardware', CASES],
] as const)('the fused WebGPU engine, %s profile', (profile, cases) => {
  let device: FusedDevice;
  let engine: RemoteEngine;
  beforeAll(async () => {
    device = await site.newDevice(profile);
    engine = await device.start();
  });

  it('holds nothing before a model is loaded', async () => {
    await expect(engine.state()).rejects.toThrow('holds no model');
  });

  checkFusedEngine(() => engine, 10, cases);

  it('takes four dispatches a step', async () => {
    await loadSmall(engine, 40);
    const before = await engine.page.evaluate(() => window.fused.dispatches);
    await engine.trainEpoch(planOf(40));
    const after = await engine.page.evaluate(() => window.fused.dispatches);
    // Batches of 16, 16 and 8 rows.
    expect(after - before).toBe(3 * 4);
  });

  it('trains an epoch and encodes the watched rows in one submission, read back once', async () => {
    await loadSmall(engine, 40, syntheticExamples(50).inputs);
    const counted = () =>
      engine.page.evaluate(() => {
        const { submissions, readbacks } = window.fused;
        return { submissions, readbacks };
      });
    const { submissions, readbacks } = await counted();
    await engine.trainEpoch(planOf(40));
    expect(await counted()).toEqual({ submissions: submissions + 1, readbacks: readbacks + 1 });
  });

  it('trains the first steps while votes are found, to the bits of short epochs', async () => {
    const task = CASES.find(([name]) => name === 'a word head')?.[1];
    if (task === undefined) throw new Error('There is no such case.');
    const rows = 400;
    const settings = { ...task.settings, batchSize: 4 };
    const examples = taskExamples({ ...task, settings, rows });
    const state = freshState(task.spec);
    const submissions = () => engine.page.evaluate(() => window.fused.submissions);
    const { order, ...rest } = planOf(rows);

    await engine.load(task.spec, state, examples, settings);
    const before = await submissions();
    await engine.trainEpoch({ order, ...rest });
    // Of 16, 32 and the other 52 steps.
    expect(await submissions()).toBe(before + 3);
    const once = await engine.state();
    await engine.trainEpoch({ order, ...rest });
    expect(await submissions()).toBe(before + 3 + 1 + 1);

    await engine.load(task.spec, state, examples, settings);
    for (let from = 0; from < rows; from += 40) {
      await engine.trainEpoch({ order: order.subarray(from, from + 40), ...rest });
    }
    expect(await engine.state()).toEqual(once);
  });

  it('compiles without a word, and leaves no error of the GPU uncaught', async () => {
    const { messages, errors } = await engine.page.evaluate(() => ({
      messages: window.fused.messages,
      errors: window.fused.errors,
    }));
    expect(messages).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('says how much memory a model wants that does not fit', async () => {
    const hidden = [2048, 2048, 2048];
    const task = CASES[0]?.[1];
    if (task === undefined) throw new Error('There are no cases.');
    const nothing = new Float32Array(0);
    const state = { weights: nothing, firstMoment: nothing, secondMoment: nothing, step: 0 };
    await expect(
      engine.load({ ...task.spec, hidden }, state, syntheticExamples(4), task.settings),
    ).rejects.toThrow(/Training this model needs \d+ MiB of the GPU’s memory/);
  });

  // The last, since it takes away the device of all before it.
  it('says that it is lost when the device goes away', async () => {
    const other = await device.start();
    await loadSmall(other, 16);
    await device.lose();
    await expect(other.trainEpoch(planOf(16))).rejects.toThrow('The GPU stopped answering');
    await expect(other.state()).rejects.toThrow('The GPU stopped answering');
    other.dispose();
  });
});

async function loadSmall(
  engine: RemoteEngine,
  rows: number,
  watched?: Float32Array,
): Promise<void> {
  const task = CASES[0]?.[1];
  if (task === undefined) throw new Error('There are no cases.');
  const zeros = new Float32Array(parameterTable(task.spec).total);
  const state = { weights: zeros, firstMoment: zeros, secondMoment: zeros, step: 0 };
  await engine.load(task.spec, state, syntheticExamples(rows), task.settings, watched);
}

function planOf(rows: number) {
  const order = Uint32Array.from({ length: rows }, (_, i) => i);
  return { order, learningRate: 0.01, contrastiveWeight: 0.3, klWeight: 0 };
}
