/** What every fused engine must do, whatever it runs on. For tests only, in Node. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type Engine,
  type EpochLosses,
  type EpochPlan,
  type StepSettings,
  type TrainingState,
} from '../engines/engine';
import { decodeRows, encodeRows } from '../model/inference';
import { parameterTable } from '../model/parameter-table';
import type { ModelSpec } from '../recipe/model-spec';
import { Stream, randomPermutation, randomUniform } from '../math/threefry';
import { distance, freshState, gradientErrors } from './gradient-errors';
import { GOLDEN_FILES, GOLDEN_TOLERANCES, goldenErrors } from './golden-check';
import { sharedFile } from './shared-files';
import { SMALL_SPEC } from './small-spec';
import { CASES, anyTask, syntheticExamples } from './spec-grid';

const SPEC: ModelSpec = { ...SMALL_SPEC, hidden: [6, 16, 9], projection: 4 };

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

/** The reference model, and one that has everything it has not. */
const MODELS: readonly [string, ModelSpec, StepSettings][] = [
  ['the reference model', SPEC, SETTINGS],
  [
    'a plain variational one',
    {
      ...SPEC,
      latent: 5,
      activation: 'silu',
      body: 'plain',
      variational: true,
      input: 'parameters',
      latentActivation: 'tanh',
      output: 'sigmoid',
    },
    { ...SETTINGS, reconstruction: 'mae' },
  ],
  ['one with heads', { ...SPEC, output: 'heads', latentActivation: 'none' }, SETTINGS],
];

function planOf(rows: number, epoch: number): EpochPlan {
  return {
    order: randomPermutation(1, Stream.shuffle, epoch, rows),
    learningRate: 0.01,
    contrastiveWeight: 0.3,
    klWeight: 0.7,
  };
}

/** Whether weight decay is of each number of a model, in the table's order: of matrices alone. */
function decaying(spec: ModelSpec): boolean[] {
  return parameterTable(spec).entries.flatMap(({ shape, size }) =>
    Array.from({ length: size }, () => shape.length === 2),
  );
}

/** But for rounding in float64, relative to numbers above 1: heads give losses in squared Hz. */
function expectAlike(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThan(5e-11 * Math.max(1, expected));
}

/** Which specs are drawn. */
const DRAWN_SPECS = 2026;

/**
 * To be called within a `describe`.
 *
 * @param engine the engine, once the tests run
 * @param runs   how many specs to draw
 * @param cases  of the spec grid
 */
export function checkFusedEngine(engine: () => Engine, runs: number, cases = CASES): void {
  it.each(cases)('has the losses and gradients of float64: %s', async (_, task) => {
    const errors = await gradientErrors(engine(), task);
    expect(errors.reconstruction).toBeLessThan(1e-6);
    expect(errors.contrastive).toBeLessThan(1e-5);
    expect(errors.kl).toBeLessThan(1e-5);
    expect(errors.tensor.error, errors.tensor.name).toBeLessThan(1e-5);
  });

  it('has the gradients of float64 for any spec', async () => {
    await fc.assert(
      fc.asyncProperty(anyTask, async (task) => {
        const { tensor, whole } = await gradientErrors(engine(), task);
        expect(whole).toBeLessThan(1e-5);
        // Where numbers cancel (two rows, whose similarities sum to nothing), rounding shows.
        expect(tensor.error, tensor.name).toBeLessThan(1e-4);
      }),
      // The same specs each time: among all there are, a few cancel more than any bound allows for.
      { numRuns: runs, seed: DRAWN_SPECS },
    );
  });

  describe.each(GOLDEN_FILES)('takes the Adam steps that PyTorch took', (name) => {
    const path = sharedFile(name);
    it.skipIf(path === null)(`(needs ../shared/${name})`, async () => {
      const errors = await goldenErrors(readFileSync(path ?? ''), engine());
      expect(errors.gradient.error).toBeLessThan(GOLDEN_TOLERANCES.gradient);
      expect(errors.changeAfter1.error).toBeLessThan(GOLDEN_TOLERANCES.changeAfter1);
      expect(errors.changeAfter10.error).toBeLessThan(GOLDEN_TOLERANCES.changeAfter10);
      expect(errors.lossesTo5).toBeLessThan(GOLDEN_TOLERANCES.lossesTo5);
      expect(errors.lossesTo10).toBeLessThan(GOLDEN_TOLERANCES.lossesTo10);
    });
  });

  it.each([
    [0, 0.999],
    [5, 0.999],
    [0, 0.98],
  ])('takes Adam steps as float64 does: weight decay %d, β₂ %d', async (weightDecay, beta2) => {
    const examples = syntheticExamples(16);
    const decays = decaying(SPEC);
    let before = freshState(SPEC);
    await engine().load(SPEC, before, examples, { ...SETTINGS, batchSize: 16, weightDecay, beta2 });
    for (let epoch = 0; epoch < 3; epoch++) {
      const plan = planOf(16, epoch);
      await engine().trainEpoch(plan);
      const after = await engine().state();
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

  it.each(MODELS)('keeps the transposed copies of the weights up to date: %s', async (...model) => {
    const [, spec, settings] = model;
    const examples = syntheticExamples(8);
    await engine().load(spec, freshState(spec), examples, { ...settings, dropout: 0 });
    await engine().trainEpoch(planOf(8, 0));
    const { weights } = await engine().state();
    // Encoding reads the copies.
    const latents = await engine().encode(examples.inputs);
    expect(distance(latents, encodeRows(spec, weights, examples.inputs))).toBeLessThan(1e-5);
  });

  it.each(MODELS)('weighs a short last batch, down to a single row: %s', async (...model) => {
    const [, spec, settings] = model;
    const examples = syntheticExamples(17);
    const order = Uint32Array.from({ length: 17 }, (_, i) => i);
    const train = async (from: number, to: number): Promise<EpochLosses> =>
      engine().trainEpoch({ ...planOf(17, 0), order: order.slice(from, to) });
    await engine().load(spec, freshState(spec), examples, settings);
    const whole = await train(0, 17);
    const end = await engine().state();
    expect(end.step).toBe(3);

    await engine().load(spec, freshState(spec), examples, settings);
    const parts = [await train(0, 8), await train(8, 16), await train(16, 17)];
    expect(await engine().state()).toStrictEqual(end);
    for (const loss of ['reconstruction', 'contrastive', 'kl', 'total'] as const) {
      const sum = parts.reduce((total, part, i) => total + part[loss] * (i < 2 ? 8 : 1), 0);
      expectAlike(whole[loss], sum / 17);
    }
  });

  it('trains on an order that is longer than the examples, as in two epochs', async () => {
    const examples = syntheticExamples(11);
    const order = Uint32Array.from({ length: 40 }, (_, i) => (3 * i) % 11);
    const train = (part: Uint32Array): Promise<EpochLosses> =>
      engine().trainEpoch({ ...planOf(11, 0), order: part });
    for (const [, spec, settings] of MODELS) {
      await engine().load(spec, freshState(spec), examples, settings);
      const whole = await train(order);
      const end = await engine().state();
      await engine().load(spec, freshState(spec), examples, settings);
      const first = await train(order.slice(0, 8));
      const second = await train(order.slice(8));
      expect(await engine().state()).toStrictEqual(end);
      expect(end.step).toBe(5);
      expectAlike(whole.total, (8 * first.total + 32 * second.total) / 40);
    }
  });

  it.each([true, false])('trains on rows without any partner (self: %s)', async (self) => {
    const examples = {
      ...syntheticExamples(9),
      labels: Int32Array.from({ length: 9 }, (_, i) => i),
    };
    await engine().load(SPEC, freshState(SPEC), examples, { ...SETTINGS, contrastiveSelf: self });
    const losses = await engine().trainEpoch(planOf(9, 0));
    expect(losses.contrastive).toBe(0);
    expect(losses.kl).toBe(0);
    expect(losses.total).toBe(losses.reconstruction);
    expect((await engine().state()).weights.every(Number.isFinite)).toBe(true);
  });

  it.each(MODELS)(
    'gives the same bits twice and when stopped and resumed: %s',
    async (...model) => {
      const [, spec, settings] = model;
      const examples = syntheticExamples(21);
      const train = async (from: number, to: number, state: TrainingState) => {
        await engine().load(spec, state, examples, settings);
        const losses: EpochLosses[] = [];
        for (let epoch = from; epoch < to; epoch++) {
          losses.push(await engine().trainEpoch(planOf(21, epoch)));
        }
        return { losses, state: await engine().state() };
      };
      const first = await train(0, 6, freshState(spec));
      const second = await train(0, 6, freshState(spec));
      const half = await train(0, 3, freshState(spec));
      const resumed = await train(3, 6, half.state);
      expect(second).toStrictEqual(first);
      expect([...half.losses, ...resumed.losses]).toStrictEqual(first.losses);
      expect(resumed.state).toStrictEqual(first.state);
      const totals = first.losses.map(({ total }) => total);
      expect(totals.at(-1)).toBeLessThan(totals[0] ?? 0);
    },
  );

  it('gives back the state it was given, in arrays of its own', async () => {
    const { total } = parameterTable(SPEC);
    const numbers = (seed: number): Float32Array =>
      Float32Array.from(
        { length: total },
        (_, i) => randomUniform(seed, Stream.sample, 0, i) - 0.5,
      );
    const given = {
      weights: numbers(1),
      firstMoment: numbers(2),
      secondMoment: numbers(3),
      step: 77,
    };
    const kept = structuredClone(given);
    await engine().load(SPEC, given, syntheticExamples(8), SETTINGS);
    given.weights.fill(0);
    expect(await engine().state()).toStrictEqual(kept);
    (await engine().state()).weights.fill(0);
    expect(await engine().state()).toStrictEqual(kept);
  });

  it('gives the latents of the watched rows after each epoch', async () => {
    const { inputs } = syntheticExamples(19);
    await engine().load(SPEC, freshState(SPEC), syntheticExamples(21), SETTINGS, inputs);
    const before = await engine().encode(inputs);
    for (let epoch = 0; epoch < 2; epoch++) {
      const { latents } = await engine().trainEpoch(planOf(21, epoch));
      expect(latents).toStrictEqual(await engine().encode(inputs));
      expect(latents).not.toStrictEqual(before);
    }
    await engine().load(SPEC, freshState(SPEC), syntheticExamples(21), SETTINGS);
    expect((await engine().trainEpoch(planOf(21, 0))).latents).toHaveLength(0);
  });

  it.each(MODELS)('encodes and decodes as plain TypeScript does: %s', async (...model) => {
    const [, spec, settings] = model;
    const { inputs } = syntheticExamples(19);
    const state = freshState(spec);
    await engine().load(spec, state, syntheticExamples(5), settings);
    await engine().trainEpoch({ ...planOf(5, 0), learningRate: 0 });
    const latents = await engine().encode(inputs);
    const outputs = await engine().decode(latents);
    expect(latents).toHaveLength(19 * spec.latent);
    expect(distance(latents, encodeRows(spec, state.weights, inputs))).toBeLessThan(1e-6);
    expect(distance(outputs, decodeRows(spec, state.weights, latents))).toBeLessThan(1e-6);
    expect(await engine().encode(new Float32Array(0))).toHaveLength(0);
  });
}
