/** Whether an engine computes here what it should: two tiny steps against float64. */
import { initialWeights } from '../../model/initialise';
import type { ModelSpec } from '../../model/spec';
import { Stream, randomUniform } from '../../random/threefry';
import { ADAM, type Engine, type StepSettings } from '../engine';
import { Float64Tape } from './float64-tape';

/** Between them they use every kernel. */
const TASKS: readonly { readonly spec: ModelSpec; readonly settings: StepSettings }[] = [
  {
    spec: {
      latent: 3,
      hidden: [12, 7],
      activation: 'relu',
      normalisation: 'layer',
      projection: 5,
      body: 'residual',
      variational: false,
      input: 'parameters',
      latentActivation: 'tanh',
      output: 'sigmoid',
    },
    settings: {
      batchSize: 20,
      dropout: 0.25,
      temperature: 0.2,
      contrastiveSelf: true,
      reconstruction: 'mse',
      columns: [],
      weightDecay: 0,
      seed: 1,
    },
  },
  {
    spec: {
      latent: 3,
      hidden: [12],
      activation: 'relu',
      normalisation: 'none',
      projection: null,
      body: 'plain',
      variational: true,
      input: 'parameters',
      latentActivation: 'tanh',
      output: 'sigmoid',
    },
    settings: {
      batchSize: 20,
      dropout: 0,
      temperature: 0.2,
      contrastiveSelf: false,
      reconstruction: 'mae',
      columns: [],
      weightDecay: 0,
      seed: 1,
    },
  },
];

/**
 * Largest relative difference, by norm. Rounding in float32 stays a hundred times below it, and a
 * driver or compiler that gets something wrong is far above it.
 */
const TOLERANCE = 1e-3;

/** Trains one step of each task on made-up rows, and compares losses and gradient. */
export async function agreesWithFloat64(engine: Engine): Promise<boolean> {
  for (const { spec, settings } of TASKS) {
    const errors = await errorsOf(engine, spec, settings);
    if (!errors.every((error) => error < TOLERANCE)) return false;
  }
  return true;
}

async function errorsOf(
  engine: Engine,
  spec: ModelSpec,
  settings: StepSettings,
): Promise<readonly number[]> {
  const rows = settings.batchSize;
  const weights = initialWeights(spec, 1);
  const zeros = new Float32Array(weights.length);
  const state = { weights, firstMoment: zeros, secondMoment: zeros, step: 0 };
  const examples = {
    rows,
    inputs: Float32Array.from({ length: rows * 13 }, (_, i) =>
      randomUniform(1, Stream.sample, 0, i),
    ),
    labels: Int32Array.from({ length: rows }, (_, row) => row % 3),
  };
  const plan = {
    order: Uint32Array.from({ length: rows }, (_, row) => (7 * row) % rows),
    learningRate: 0.001,
    contrastiveWeight: 0.3,
    klWeight: 0.7,
  };
  await engine.load(spec, state, examples, settings);
  const losses = await engine.trainEpoch(plan);
  const { firstMoment } = await engine.state();

  const values = { first: 0, rows, step: 0, stepSize: 0, secondScale: 1, kept: 1 };
  const expected = new Float64Tape(spec, state, examples, settings).gradients(plan, values);
  let difference = 0;
  let length = 0;
  expected.gradient.forEach((gradient, i) => {
    difference += (gradient - (firstMoment[i] ?? Number.NaN) / (1 - ADAM.beta1)) ** 2;
    length += gradient ** 2;
  });
  return [
    Math.sqrt(difference / length),
    Math.abs(losses.reconstruction / expected.reconstruction - 1),
    Math.abs(losses.contrastive / expected.contrastive - 1),
    // 0 where the model is not variational.
    Math.abs(losses.kl - expected.kl) / (expected.kl || 1),
  ];
}
