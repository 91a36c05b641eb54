/** How far an engine's losses and gradients are from float64 at fixed parameters. For tests only. */
import { ADAM, type Engine, type TrainingState } from '../engines/engine';
import { Float64Tape } from '../engines/reference/float64-tape';
import { initialWeights } from '../model/initialise';
import { parameterTable } from '../model/parameter-table';
import type { ModelSpec } from '../recipe/model-spec';
import { taskExamples, taskOrder, type GridTask } from './spec-grid';

/**
 * A tensor's gradient shorter than this share of the whole one is compared as if it were so long:
 * it is what is left of larger numbers that cancel (the projection's bias), in any float32.
 */
const GRADIENT_FLOOR = 0.01;

/** Adam steps taken before the one that is compared. */
const STEP = 41;

export interface GradientErrors {
  /** ‖ours − theirs‖ / ‖theirs‖ of the whole gradient, and of the tensor furthest off. */
  readonly whole: number;
  readonly tensor: { readonly name: string; readonly error: number };
  /** Relative. */
  readonly reconstruction: number;
  /** Absolute. */
  readonly contrastive: number;
  readonly kl: number;
}

/**
 * Random weights and no moments.
 *
 * @param begun whether the weights are those that a run begins with. Others are twice the usual size,
 *   so that rows lie well apart and float32 gradients are not all rounding; behind a latent on the
 *   sphere, where a run begins steeper than that, they are usual, too: twice as steep, rounding puts
 *   an input of a ReLU on the other side of 0 now and then, and its gradient with it
 */
export function freshState(spec: ModelSpec, step = 0, begun = false): TrainingState {
  const { total } = parameterTable(spec);
  const usual = (): Float32Array => initialWeights({ ...spec, latentActivation: 'none' }, 11);
  return {
    weights: begun ? initialWeights(spec, 11) : usual().map((weight) => 2 * weight),
    firstMoment: new Float32Array(total),
    secondMoment: new Float32Array(total),
    step,
  };
}

/** One step from zero moments, against float64: losses and each tensor's gradient. */
export async function gradientErrors(engine: Engine, task: GridTask): Promise<GradientErrors> {
  const { spec, settings, rows } = task;
  const examples = taskExamples(task);
  const state = freshState(spec, STEP, task.data.begun);
  const plan = {
    order: taskOrder(task),
    learningRate: 0.01,
    contrastiveWeight: 0.3,
    klWeight: 0.7,
  };
  await engine.load(spec, state, examples, settings);
  const losses = await engine.trainEpoch(plan);
  const { firstMoment } = await engine.state();
  // After one step from zeros Adam's first moment is the gradient times 1 − β₁.
  const gradient = firstMoment.map((moment) => moment / (1 - ADAM.beta1));

  const values = { first: 0, rows, step: STEP, stepSize: 0, secondScale: 1, beta2: 0, kept: 1 };
  const expected = new Float64Tape(spec, state, examples, settings).gradients(plan, values);
  const whole = lengthOf(expected.gradient);
  const tensors = parameterTable(spec).entries.map(({ name, offset, size }) => {
    const ours = gradient.subarray(offset, offset + size);
    const theirs = expected.gradient.subarray(offset, offset + size);
    const error = lengthOf(theirs.map((g, i) => g - (ours[i] ?? Number.NaN)));
    return { name, error: error / Math.max(lengthOf(theirs), GRADIENT_FLOOR * whole) };
  });
  return {
    whole: distance(gradient, expected.gradient),
    tensor: tensors.reduce((a, b) => (b.error > a.error || Number.isNaN(b.error) ? b : a)),
    reconstruction: Math.abs(losses.reconstruction / expected.reconstruction - 1),
    contrastive: Math.abs(losses.contrastive - expected.contrastive),
    kl: Math.abs(losses.kl - expected.kl),
  };
}

/** ‖a − b‖ / ‖b‖ */
export function distance(a: Float32Array, b: Float32Array | Float64Array): number {
  return lengthOf(b.map((value, i) => value - (a[i] ?? Number.NaN))) / lengthOf(b);
}

function lengthOf(x: Iterable<number>): number {
  let squares = 0;
  for (const value of x) squares += value ** 2;
  return Math.sqrt(squares);
}
