/** What every fused engine must do, whatever it runs on. For tests only, in Node. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ADAM,
  type Engine,
  type EpochLosses,
  type EpochPlan,
  type StepSettings,
  type TrainingState,
} from '../engines/engine';
import { Float64Tape } from '../engines/reference/float64-tape';
import { decodeRows, encodeRows } from '../model/inference';
import { initialWeights } from '../model/initialise';
import { parameterTable } from '../model/parameter-table';
import type { ModelSpec } from '../model/spec';
import { Stream, randomPermutation, randomUniform } from '../random/threefry';
import { GOLDEN_FILES, GOLDEN_TOLERANCES, goldenErrors } from './golden-check';
import { sharedFile } from './shared-files';
import { CASES, anyTask, madeUpExamples, type GridTask } from './spec-grid';

const SPEC: ModelSpec = {
  latent: 2,
  hidden: [6, 16, 9],
  activation: 'relu',
  normalisation: 'layer',
  projection: 4,
};

const SETTINGS: StepSettings = {
  batchSize: 8,
  dropout: 0.25,
  temperature: 0.1,
  contrastiveSelf: true,
  seed: 4_000_000_007,
};

/**
 * A tensor's gradient shorter than this share of the whole one is compared as if it were so long:
 * it is what is left of larger numbers that cancel (the projection's bias), in any float32.
 */
const GRADIENT_FLOOR = 0.01;

function freshState(spec: ModelSpec, step = 0): TrainingState {
  const { total } = parameterTable(spec);
  return {
    // Twice the usual size, so that rows lie well apart and float32 gradients are not all rounding.
    weights: initialWeights(spec, 11).map((weight) => 2 * weight),
    firstMoment: new Float32Array(total),
    secondMoment: new Float32Array(total),
    step,
  };
}

function planOf(rows: number, epoch: number): EpochPlan {
  return {
    order: randomPermutation(1, Stream.shuffle, epoch, rows),
    learningRate: 0.01,
    contrastiveWeight: 0.3,
  };
}

/** Which specs are drawn. */
const DRAWN_SPECS = 2026;

/** ‖a − b‖ / ‖b‖ */
function distance(a: Float32Array, b: Float32Array | Float64Array): number {
  return lengthOf(a.map((value, i) => value - (b[i] ?? Number.NaN))) / lengthOf(b);
}

function lengthOf(x: Iterable<number>): number {
  let squares = 0;
  for (const value of x) squares += value ** 2;
  return Math.sqrt(squares);
}

/**
 * To be called within a `describe`.
 *
 * @param engine the engine, once the tests run
 * @param runs   how many specs to draw
 */
export function checkFusedEngine(engine: () => Engine, runs: number): void {
  /** One step from zero moments, against float64: losses and each tensor's gradient. */
  async function worstErrors({ spec, settings, rows }: GridTask) {
    const examples = madeUpExamples(rows);
    const state = freshState(spec, 41);
    const order = Uint32Array.from({ length: rows }, (_, i) => i);
    const plan = { ...planOf(rows, 0), order };
    await engine().load(spec, state, examples, settings);
    const losses = await engine().trainEpoch(plan);
    const { firstMoment } = await engine().state();
    const gradient = firstMoment.map((moment) => moment / (1 - ADAM.beta1));

    const tape = new Float64Tape(spec, state, examples, settings);
    const values = { first: 0, rows, step: 41, stepSize: 0, secondScale: 1 };
    const expected = tape.gradients(plan.order, values, plan.contrastiveWeight);
    const whole = lengthOf(expected.gradient);
    const tensors = parameterTable(spec).entries.map(({ name, offset, size }) => {
      const ours = gradient.subarray(offset, offset + size);
      const theirs = expected.gradient.subarray(offset, offset + size);
      const error = lengthOf(theirs.map((g, i) => g - (ours[i] ?? Number.NaN)));
      return { name, error: error / Math.max(lengthOf(theirs), GRADIENT_FLOOR * whole) };
    });
    const error = lengthOf(expected.gradient.map((g, i) => g - (gradient[i] ?? Number.NaN)));
    return {
      whole: error / whole,
      reconstruction: Math.abs(losses.reconstruction / expected.reconstruction - 1),
      contrastive: Math.abs(losses.contrastive - expected.contrastive),
      tensor: tensors.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a)),
    };
  }

  it.each(CASES)('has the losses and gradients of float64: %s', async (_, task) => {
    const errors = await worstErrors(task);
    expect(errors.reconstruction).toBeLessThan(1e-6);
    expect(errors.contrastive).toBeLessThan(1e-5);
    expect(errors.tensor.error, errors.tensor.name).toBeLessThan(1e-5);
  });

  it('has the gradients of float64 for any spec', async () => {
    await fc.assert(
      fc.asyncProperty(anyTask, async (task) => {
        const { tensor, whole } = await worstErrors(task);
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

  it('takes Adam steps as float64 does from the same gradients', async () => {
    const examples = madeUpExamples(16);
    let before = freshState(SPEC);
    await engine().load(SPEC, before, examples, { ...SETTINGS, batchSize: 16 });
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
      const second = gradient.map((g, i) => 0.999 * (earlier.secondMoment[i] ?? 0) + 0.001 * g * g);
      expect(distance(after.secondMoment, second)).toBeLessThan(1e-5);
      const weights = second.map((square, i) => {
        const mean = (after.firstMoment[i] ?? 0) / (1 - 0.9 ** after.step);
        const root = Math.sqrt(square / (1 - 0.999 ** after.step));
        return (earlier.weights[i] ?? 0) - (plan.learningRate * mean) / (root + 1e-8);
      });
      expect(distance(after.weights, weights)).toBeLessThan(1e-6);
      before = after;
    }
  });

  it('keeps the transposed copies of the weights up to date', async () => {
    const { spec, settings } = { spec: SPEC, settings: { ...SETTINGS, dropout: 0 } };
    const examples = madeUpExamples(8);
    await engine().load(spec, freshState(spec), examples, settings);
    await engine().trainEpoch(planOf(8, 0));
    const { weights } = await engine().state();
    // Encoding reads the copies.
    const latents = await engine().encode(examples.inputs);
    expect(distance(latents, encodeRows(spec, weights, examples.inputs))).toBeLessThan(1e-5);
  });

  it('weighs a short last batch by its rows, down to a single row', async () => {
    const examples = madeUpExamples(17);
    const order = Uint32Array.from({ length: 17 }, (_, i) => i);
    const train = async (from: number, to: number): Promise<EpochLosses> =>
      engine().trainEpoch({ ...planOf(17, 0), order: order.slice(from, to) });
    await engine().load(SPEC, freshState(SPEC), examples, SETTINGS);
    const whole = await train(0, 17);
    const end = await engine().state();
    expect(end.step).toBe(3);

    await engine().load(SPEC, freshState(SPEC), examples, SETTINGS);
    const parts = [await train(0, 8), await train(8, 16), await train(16, 17)];
    expect(await engine().state()).toStrictEqual(end);
    for (const loss of ['reconstruction', 'contrastive', 'total'] as const) {
      const sum = parts.reduce((total, part, i) => total + part[loss] * (i < 2 ? 8 : 1), 0);
      expect(whole[loss]).toBeCloseTo(sum / 17, 10);
    }
  });

  it.each([true, false])('trains on rows without any partner (self: %s)', async (self) => {
    const examples = { ...madeUpExamples(9), labels: Int32Array.from({ length: 9 }, (_, i) => i) };
    await engine().load(SPEC, freshState(SPEC), examples, { ...SETTINGS, contrastiveSelf: self });
    const losses = await engine().trainEpoch(planOf(9, 0));
    expect(losses.contrastive).toBe(0);
    expect(losses.total).toBe(losses.reconstruction);
    expect((await engine().state()).weights.every(Number.isFinite)).toBe(true);
  });

  it('gives the same bits twice, and the same when stopped and resumed', async () => {
    const examples = madeUpExamples(21);
    const train = async (from: number, to: number, state: TrainingState) => {
      await engine().load(SPEC, state, examples, SETTINGS);
      const losses: EpochLosses[] = [];
      for (let epoch = from; epoch < to; epoch++) {
        losses.push(await engine().trainEpoch(planOf(21, epoch)));
      }
      return { losses, state: await engine().state() };
    };
    const first = await train(0, 6, freshState(SPEC));
    const second = await train(0, 6, freshState(SPEC));
    const half = await train(0, 3, freshState(SPEC));
    const resumed = await train(3, 6, half.state);
    expect(second).toStrictEqual(first);
    expect([...half.losses, ...resumed.losses]).toStrictEqual(first.losses);
    expect(resumed.state).toStrictEqual(first.state);
    const totals = first.losses.map(({ total }) => total);
    expect(totals.at(-1)).toBeLessThan(totals[0] ?? 0);
  });

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
    await engine().load(SPEC, given, madeUpExamples(8), SETTINGS);
    given.weights.fill(0);
    expect(await engine().state()).toStrictEqual(kept);
    (await engine().state()).weights.fill(0);
    expect(await engine().state()).toStrictEqual(kept);
  });

  it('gives the latents of the watched rows after each epoch', async () => {
    const { inputs } = madeUpExamples(19);
    await engine().load(SPEC, freshState(SPEC), madeUpExamples(21), SETTINGS, inputs);
    const before = await engine().encode(inputs);
    for (let epoch = 0; epoch < 2; epoch++) {
      const { latents } = await engine().trainEpoch(planOf(21, epoch));
      expect(latents).toStrictEqual(await engine().encode(inputs));
      expect(latents).not.toStrictEqual(before);
    }
    await engine().load(SPEC, freshState(SPEC), madeUpExamples(21), SETTINGS);
    expect((await engine().trainEpoch(planOf(21, 0))).latents).toHaveLength(0);
  });

  it('encodes and decodes as plain TypeScript does, dropout off', async () => {
    const { inputs } = madeUpExamples(19);
    const state = freshState(SPEC);
    await engine().load(SPEC, state, madeUpExamples(5), SETTINGS);
    await engine().trainEpoch({ ...planOf(5, 0), learningRate: 0 });
    const latents = await engine().encode(inputs);
    const outputs = await engine().decode(latents);
    expect(latents).toHaveLength(19 * SPEC.latent);
    expect(distance(latents, encodeRows(SPEC, state.weights, inputs))).toBeLessThan(1e-6);
    expect(distance(outputs, decodeRows(SPEC, state.weights, latents))).toBeLessThan(1e-6);
    expect(await engine().encode(new Float32Array(0))).toHaveLength(0);
  });
}
