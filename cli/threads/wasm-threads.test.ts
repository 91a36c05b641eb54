import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engines/engine';
import { startWasmEngine } from '../../src/engines/wasm/wasm-engine';
import { initialWeights } from '../../src/model/initialise';
import { Stream, randomPermutation } from '../../src/math/threefry';
import { CASES, taskExamples } from '../../src/testing/spec-grid';
import { loadWasmBuild } from './wasm-builds';
import { startHelperThreads } from './wasm-threads';

const ROWS = 53;

async function train(engine: Engine, task: (typeof CASES)[number][1]) {
  const weights = initialWeights(task.spec, 3);
  const zeros = new Float32Array(weights.length);
  const state = { weights, firstMoment: zeros, secondMoment: zeros, step: 0 };
  const examples = taskExamples({ ...task, rows: ROWS });
  await engine.load(task.spec, state, examples, task.settings);
  const losses = [];
  for (let epoch = 0; epoch < 3; epoch++) {
    const drawn = randomPermutation(1, Stream.shuffle, epoch, ROWS);
    const order = drawn.map((row) => row % examples.rows);
    const weights = { contrastiveWeight: 0.3, klWeight: 0.7 };
    losses.push(await engine.trainEpoch({ order, learningRate: 0.01, ...weights }));
  }
  const { weights: trained, firstMoment, secondMoment, step } = await engine.state();
  // Digests, since telling all differences of long arrays takes minutes.
  return { losses, state: [trained, firstMoment, secondMoment].map(digest), step };
}

function digest(values: Float32Array): string {
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex');
}

describe.each([2, 3])('the WebAssembly engine with %i threads', async (threads) => {
  const helpers = await startHelperThreads(threads - 1);
  const single = await startWasmEngine({ load: loadWasmBuild });
  const several = await startWasmEngine({ load: loadWasmBuild, helpers });
  afterAll(() => {
    several.dispose();
  });

  it('says how many threads it has', () => {
    expect(several.description.device).toContain(`${String(threads)} threads`);
  });

  it.each(CASES)('gives the same bits as with one: %s', async (_, task) => {
    expect(await train(several, task)).toStrictEqual(await train(single, task));
  });
});
