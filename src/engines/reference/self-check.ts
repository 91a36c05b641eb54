/** Whether an engine computes here what it should: three tiny steps against float64. */
import { PARAMETER_COUNT } from '../../eq/parameters';
import { GRID_POINTS } from '../../eq/response-grid';
import { initialWeights } from '../../model/initialise';
import { inputWidth } from '../../model/inputs';
import { fromFounding } from '../../model/normaliser-schema';
import type { ModelSpec } from '../../recipe/model-spec';
import { Stream, randomUniform } from '../../math/threefry';
import { ADAM, type Engine, type StepSettings } from '../engine';
import { knownVotes } from '../votes';
import { Float64Tape } from './float64-tape';

interface CheckTask {
  readonly spec: ModelSpec;
  readonly settings: StepSettings;
  /** Whether some parameters do not count. */
  readonly masked: boolean;
}

const SPEC: ModelSpec = {
  latent: 3,
  hidden: [12, 7],
  activation: 'relu',
  normalisation: 'layer',
  projection: 5,
  body: 'residual',
  variational: false,
  input: 'parameters',
  latentActivation: 'tanh',
  latentSkip: false,
  wordHead: 0,
  output: 'sigmoid',
};

const SETTINGS: StepSettings = {
  batchSize: 20,
  dropout: 0.25,
  temperature: 0.2,
  contrastiveSelf: true,
  reconstruction: 'mse',
  columns: fromFounding({
    gainDb: [-12, 12],
    frequencyLog10: [1.5, 4],
    frequencyOffsetHz: 1,
    qLog10: [-0.5, 0.5],
  }).columns,
  weightDecay: 0,
  beta2: 0.999,
  seed: 1,
};

const PLAIN_SPEC: ModelSpec = {
  ...SPEC,
  hidden: [12],
  normalisation: 'none',
  projection: null,
  body: 'plain',
};

/** Between them they use every kernel; all with one activation, since kernels are compiled for it. */
const TASKS: readonly CheckTask[] = [
  { spec: SPEC, settings: SETTINGS, masked: true },
  {
    spec: { ...PLAIN_SPEC, variational: true, output: 'heads' },
    settings: { ...SETTINGS, dropout: 0, contrastiveSelf: false, reconstruction: 'mae' },
    masked: false,
  },
  {
    spec: { ...PLAIN_SPEC, input: 'response', latentActivation: 'none' },
    settings: { ...SETTINGS, dropout: 0, reconstruction: 'shape' },
    masked: false,
  },
  {
    spec: { ...PLAIN_SPEC, latentActivation: 'none', latentSkip: true, wordHead: 5 },
    settings: { ...SETTINGS, dropout: 0 },
    masked: false,
  },
];

/**
 * Largest relative difference, by norm. Rounding in float32 stays a hundred times below it, and a
 * driver or compiler that gets something wrong is far above it.
 */
const TOLERANCE = 1e-3;

/** Trains one step of each task on augmented rows, and compares losses and gradient. */
export async function agreesWithFloat64(engine: Engine): Promise<boolean> {
  for (const task of TASKS) {
    const errors = await errorsOf(engine, task);
    if (!errors.every((error) => error < TOLERANCE)) return false;
  }
  return true;
}

async function errorsOf(
  engine: Engine,
  { spec, settings, masked }: CheckTask,
): Promise<readonly number[]> {
  const rows = settings.batchSize;
  const weights = initialWeights(spec, 1);
  const zeros = new Float32Array(weights.length);
  const state = { weights, firstMoment: zeros, secondMoment: zeros, step: 0 };
  const examples = {
    rows,
    inputs: madeUp(rows * inputWidth(spec), 0),
    // Curves in dB; losses of parameters have the inputs.
    ...(settings.reconstruction === 'shape'
      ? { targets: madeUp(rows * GRID_POINTS, 1).map((u) => 24 * u - 12) }
      : {}),
    ...(masked ? { mask: madeUp(rows * PARAMETER_COUNT, 2).map((u) => (u < 0.3 ? 0 : 1)) } : {}),
    ...(spec.wordHead > 0 ? { votes: knownVotes(shares(rows, spec.wordHead), spec.wordHead) } : {}),
    // Some rows have no word.
    labels: Int32Array.from({ length: rows }, (_, row) => (row % 4) - 1),
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

  const values = { first: 0, rows, step: 0, stepSize: 0, secondScale: 1, beta2: 0, kept: 1 };
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

/** Shares that sum to 1, some of them 0. */
function shares(rows: number, words: number): Float32Array {
  const parts = madeUp(rows * words, 3).map((u) => Math.max(0, u - 0.3));
  return parts.map((part, at) => {
    const start = at - (at % words);
    return part / parts.subarray(start, start + words).reduce((sum, other) => sum + other, 0);
  });
}

/** Numbers from 0 to 1. */
function madeUp(length: number, stream: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => randomUniform(1, Stream.sample, stream, i));
}
