import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeRows, encodeRows } from '../../model/inference';
import { parameterTable } from '../../model/parameter-table';
import type { ModelSpec } from '../../recipe/model-spec';
import { Stream, randomPermutation, randomUniform } from '../../math/threefry';
import { distance, freshState, gradientErrors } from '../../testing/gradient-errors';
import { SMALL_SPEC } from '../../testing/small-spec';
import { CASES, syntheticExamples } from '../../testing/spec-grid';
import { createEngine } from '../create-engine';
import { type Engine, type EpochPlan, type StepSettings, type TrainingState } from '../engine';

const SPEC: ModelSpec = { ...SMALL_SPEC, hidden: [6, 8, 8], projection: 4 };

const SETTINGS: StepSettings = {
  batchSize: 8,
  dropout: 0.25,
  temperature: 0.1,
  contrastiveSelf: true,
  reconstruction: 'mse',
  columns: [],
  weightDecay: 0,
  beta2: 0.999,
  seed: 4_000_000_007,
};

function planOf(rows: number, epoch: number): EpochPlan {
  return {
    order: randomPermutation(1, Stream.shuffle, epoch, rows),
    learningRate: 0.01,
    contrastiveWeight: 0.3,
    klWeight: 0.7,
  };
}

function inOrder(rows: number): EpochPlan {
  return { ...planOf(rows, 0), order: Uint32Array.from({ length: rows }, (_, i) => i) };
}

describe.each(['cpu', 'tfjs-wasm'] as const)('the tfjs engine on %s', (backend) => {
  let engine: Engine;
  beforeAll(async () => {
    ({ engine } = await createEngine(backend));
  });
  afterAll(() => {
    engine.dispose();
  });

  it.each(CASES)('has the losses and gradients of float64: %s', async (_, task) => {
    const errors = await gradientErrors(engine, task);
    expect(errors.reconstruction).toBeLessThan(1e-6);
    expect(errors.contrastive).toBeLessThan(1e-5);
    expect(errors.kl).toBeLessThan(1e-5);
    expect(errors.tensor.error, errors.tensor.name).toBeLessThan(1e-5);
  });

  it('asks for votes of the rows that it trains on, and of no others', async () => {
    const asked = new Set<number>();
    const votes = {
      words: 3,
      of: (row: number) => {
        asked.add(row);
        return Float32Array.of(1, 0, 0);
      },
    };
    const spec = { ...SPEC, wordHead: 3 };
    await engine.load(spec, freshState(spec), { ...syntheticExamples(16), votes }, SETTINGS);
    expect(asked).toEqual(new Set());
    await engine.trainEpoch({ ...planOf(16, 0), order: Uint32Array.of(3, 9) });
    expect(asked).toEqual(new Set([3, 9]));
  });

  it.each([
    [0, 0.999],
    [5, 0.999],
    [0, 0.98],
  ])('takes Adam steps as float64 does: weight decay %d, β₂ %d', async (weightDecay, beta2) => {
    const examples = syntheticExamples(16);
    // Matrices decay, vectors do not.
    const decays = parameterTable(SPEC).entries.flatMap(({ shape, size }) =>
      Array.from({ length: size }, () => shape.length === 2),
    );
    let before = freshState(SPEC);
    await engine.load(SPEC, before, examples, { ...SETTINGS, batchSize: 16, weightDecay, beta2 });
    for (let epoch = 0; epoch < 3; epoch++) {
      const plan = planOf(16, epoch);
      await engine.trainEpoch(plan);
      const after = await engine.state();
      expect(after.step).toBe(epoch + 1);
      const earlier = before;
      const gradient = Float64Array.from(
        after.firstMoment,
        (moment, i) => (moment - 0.9 * (earlier.firstMoment[i] ?? 0)) / 0.1,
      );
      const second = gradient.map(
        (g, i) => beta2 * (earlier.secondMoment[i] ?? 0) + (1 - beta2) * g * g,
      );
      expect(distance(after.secondMoment, second)).toBeLessThan(1e-5);
      const weights = second.map((square, i) => {
        const mean = (after.firstMoment[i] ?? 0) / (1 - 0.9 ** after.step);
        const root = Math.sqrt(square / (1 - beta2 ** after.step));
        const kept = decays[i] === true ? 1 - plan.learningRate * weightDecay : 1;
        return kept * (earlier.weights[i] ?? 0) - (plan.learningRate * mean) / (root + 1e-8);
      });
      expect(distance(after.weights, weights)).toBeLessThan(1e-6);
      before = after;
    }
  });

  it('weighs a short last batch by its rows, down to a single row', async () => {
    const spec = {
      ...SPEC,
      variational: true,
    };
    const examples = syntheticExamples(17);
    await engine.load(spec, freshState(spec), examples, SETTINGS);
    const whole = await engine.trainEpoch(inOrder(17));

    const sums = { reconstruction: 0, contrastive: 0, kl: 0, total: 0 };
    let state = freshState(spec);
    for (const [from, to] of [
      [0, 8],
      [8, 16],
      [16, 17],
    ] as const) {
      await engine.load(spec, state, examples, { ...SETTINGS, batchSize: to - from });
      const order = inOrder(17).order.slice(from, to);
      const part = await engine.trainEpoch({ ...inOrder(17), order });
      sums.reconstruction += part.reconstruction * (to - from);
      sums.contrastive += part.contrastive * (to - from);
      sums.kl += part.kl * (to - from);
      sums.total += part.total * (to - from);
      state = await engine.state();
    }
    expect(whole.reconstruction).toBeCloseTo(sums.reconstruction / 17, 6);
    expect(whole.contrastive).toBeCloseTo(sums.contrastive / 17, 6);
    expect(whole.kl).toBeCloseTo(sums.kl / 17, 6);
    expect(whole.total).toBeCloseTo(sums.total / 17, 5);
    expect(state.step).toBe(3);
    expect(state.weights.every(Number.isFinite)).toBe(true);
  });

  it.each([true, false])('trains on rows without any partner (self: %s)', async (self) => {
    const examples = {
      ...syntheticExamples(9),
      labels: Int32Array.from({ length: 9 }, (_, i) => i),
    };
    const settings = { ...SETTINGS, contrastiveSelf: self };
    await engine.load(SPEC, freshState(SPEC), examples, settings);
    const losses = await engine.trainEpoch(inOrder(9));
    expect(losses.contrastive).toBe(0);
    expect(losses.total).toBe(losses.reconstruction);
    expect((await engine.state()).weights.every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['the reference model', SPEC],
    [
      'a plain variational one',
      {
        ...SPEC,
        body: 'plain',
        variational: true,
      },
    ],
  ] as const)('gives the same bits twice and when stopped and resumed: %s', async (_, spec) => {
    const examples = syntheticExamples(21);
    const train = async (from: number, to: number, state: TrainingState) => {
      await engine.load(spec, state, examples, SETTINGS);
      const losses = [];
      for (let epoch = from; epoch < to; epoch++) {
        losses.push(await engine.trainEpoch(planOf(21, epoch)));
      }
      return { losses, state: await engine.state() };
    };
    const first = await train(0, 6, freshState(spec));
    const second = await train(0, 6, freshState(spec));
    const half = await train(0, 3, freshState(spec));
    const resumed = await train(3, 6, half.state);
    expect(second).toStrictEqual(first);
    expect([...half.losses, ...resumed.losses]).toStrictEqual(first.losses);
    expect(resumed.state).toStrictEqual(first.state);
    expect(first.losses.at(-1)?.total).toBeLessThan(first.losses[0]?.total ?? 0);
  });

  it('gives back the state it was given, in arrays of its own', async () => {
    const { total } = parameterTable(SPEC);
    const given = {
      weights: Float32Array.from({ length: total }, (_, i) => randomUniform(1, 4, 0, i) - 0.5),
      firstMoment: Float32Array.from(
        { length: total },
        (_, i) => randomUniform(2, 4, 0, i) * 1e-30,
      ),
      secondMoment: Float32Array.from(
        { length: total },
        (_, i) => randomUniform(3, 4, 0, i) * 1e20,
      ),
      step: 77,
    };
    const kept = structuredClone(given);
    await engine.load(SPEC, given, syntheticExamples(8), SETTINGS);
    given.weights.fill(0);
    expect(await engine.state()).toStrictEqual(kept);
    (await engine.state()).weights.fill(0);
    expect(await engine.state()).toStrictEqual(kept);
  });

  it.each([
    ['the reference model', SPEC],
    [
      'a plain variational one',
      {
        ...SPEC,
        body: 'plain',
        variational: true,
      },
    ],
    ['one with heads', { ...SPEC, output: 'heads', latentActivation: 'none' }],
  ] as const)('encodes and decodes as plain TypeScript does: %s', async (_, spec) => {
    const { inputs } = syntheticExamples(5);
    const state = freshState(spec);
    await engine.load(spec, state, syntheticExamples(5), SETTINGS);
    const latents = await engine.encode(inputs);
    const outputs = await engine.decode(latents);
    expect(latents).toHaveLength(5 * spec.latent);
    expect(distance(latents, encodeRows(spec, state.weights, inputs))).toBeLessThan(1e-5);
    expect(distance(outputs, decodeRows(spec, state.weights, latents))).toBeLessThan(1e-5);
    expect(await engine.encode(new Float32Array(0))).toHaveLength(0);
  });

  it('gives the latents of the watched rows after each epoch', async () => {
    const { inputs } = syntheticExamples(5);
    await engine.load(SPEC, freshState(SPEC), syntheticExamples(17), SETTINGS, inputs);
    const before = await engine.encode(inputs);
    const { latents } = await engine.trainEpoch(planOf(17, 0));
    expect(latents).toStrictEqual(await engine.encode(inputs));
    expect(latents).not.toStrictEqual(before);
  });

  it('leaks no tensors and frees all in the end', async () => {
    const own = await createEngine(backend);
    const before = tf.memory().numTensors;
    await own.engine.load(SPEC, freshState(SPEC), syntheticExamples(17), SETTINGS);
    await own.engine.trainEpoch(planOf(17, 0));
    const loaded = tf.memory().numTensors;
    await own.engine.trainEpoch(planOf(17, 1));
    await own.engine.decode(await own.engine.encode(syntheticExamples(3).inputs));
    await own.engine.state();
    expect(tf.memory().numTensors).toBe(loaded);
    await own.engine.load(SPEC, freshState(SPEC), syntheticExamples(17), SETTINGS);
    expect(tf.memory().numTensors).toBe(loaded);
    own.engine.dispose();
    expect(tf.memory().numTensors).toBe(before);
    await expect(own.engine.state()).rejects.toThrow('holds no model');
  });
});
