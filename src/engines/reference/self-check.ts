/** Whether an engine computes here what it should: one tiny step against float64. */
import { initialWeights } from '../../model/initialise';
import { parameterTable } from '../../model/parameter-table';
import type { ModelSpec } from '../../model/spec';
import { Stream, randomUniform } from '../../random/threefry';
import { ADAM, type Engine, type StepSettings } from '../engine';
import { Float64Tape } from './float64-tape';

const SPEC: ModelSpec = {
  latent: 3,
  hidden: [12, 7],
  activation: 'relu',
  normalisation: 'layer',
  projection: 5,
};
const ROWS = 20;
const SETTINGS: StepSettings = {
  batchSize: ROWS,
  dropout: 0.25,
  temperature: 0.2,
  contrastiveSelf: true,
  seed: 1,
};

/**
 * Largest relative difference, by norm. Rounding in float32 stays a hundred times below it, and a
 * driver or compiler that gets something wrong is far above it.
 */
const TOLERANCE = 1e-3;

/** Trains one step on made-up rows, with dropout, and compares losses and gradient. */
export async function agreesWithFloat64(engine: Engine): Promise<boolean> {
  const zeros = new Float32Array(parameterTable(SPEC).total);
  const state = {
    weights: initialWeights(SPEC, 1),
    firstMoment: zeros,
    secondMoment: zeros,
    step: 0,
  };
  const examples = {
    rows: ROWS,
    inputs: Float32Array.from({ length: ROWS * 13 }, (_, i) =>
      randomUniform(1, Stream.sample, 0, i),
    ),
    labels: Int32Array.from({ length: ROWS }, (_, row) => row % 3),
  };
  const plan = {
    order: Uint32Array.from({ length: ROWS }, (_, row) => (7 * row) % ROWS),
    learningRate: 0.001,
    contrastiveWeight: 0.3,
  };
  await engine.load(SPEC, state, examples, SETTINGS);
  const losses = await engine.trainEpoch(plan);
  const { firstMoment } = await engine.state();

  const values = { first: 0, rows: ROWS, step: 0, stepSize: 0, secondScale: 1 };
  const tape = new Float64Tape(SPEC, state, examples, SETTINGS);
  const expected = tape.gradients(plan.order, values, plan.contrastiveWeight);
  let difference = 0;
  let length = 0;
  expected.gradient.forEach((gradient, i) => {
    difference += (gradient - (firstMoment[i] ?? Number.NaN) / (1 - ADAM.beta1)) ** 2;
    length += gradient ** 2;
  });
  const errors = [
    Math.sqrt(difference / length),
    Math.abs(losses.reconstruction / expected.reconstruction - 1),
    Math.abs(losses.contrastive / expected.contrastive - 1),
  ];
  return errors.every((error) => error < TOLERANCE);
}
