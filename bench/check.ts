/** Whether a peer computes what it is timed at: its first steps against float64. */
import { ADAM } from '../src/engines/engine';
import { stepsOf, type StepValues } from '../src/engines/tape/step-values';
import { Float64Tape } from '../src/engines/reference/float64-tape';
import type { Peer } from './peer';
import { sent } from './protocol';
import type { Task } from './trainer';

/** Steps that are compared; more, and float32 trajectories begin to part by themselves. */
const STEPS = 5;

const PLAN = { learningRate: 0.001, contrastiveWeight: 0.3, klWeight: 0 };

/** Largest errors of a peer that computes the same. Rounding stays some ten times below them. */
export const TOLERANCES = {
  /** ‖difference‖ / ‖gradient‖ of the first step. */
  gradient: 1e-4,
  /** Largest relative difference of a loss of any step. */
  loss: 1e-4,
} as const;

export interface CheckErrors {
  readonly gradient: number;
  readonly loss: number;
}

interface Losses {
  readonly reconstruction: number;
  readonly contrastive: number;
}

export interface ExpectedSteps {
  /** Dropout off: each peer has masks of its own. */
  readonly task: Task;
  readonly batches: readonly Uint32Array[];
  readonly losses: readonly Losses[];
  /** Of the first step, [total]. */
  readonly gradient: Float64Array;
}

/** The first steps in float64, on rows as they come in `order`. */
export function expectedSteps(timed: Task, order: Uint32Array): ExpectedSteps {
  const task = { ...timed, settings: { ...timed.settings, dropout: 0 } };
  const { spec, settings, examples, weights } = task;
  const rows = STEPS * settings.batchSize;
  const plan = { ...PLAN, order: order.subarray(0, rows) };
  const moving = Float32Array.from(weights);
  const tape = new Float64Tape(spec, { weights: moving }, examples, settings);
  const adam = new Float64Adam(moving);
  const results = stepsOf(plan, settings, 0).map((values) => {
    const result = tape.gradients(plan, values);
    adam.step(result.gradient, values);
    return result;
  });
  return {
    task,
    batches: results.map((_, i) =>
      plan.order.subarray(i * settings.batchSize, (i + 1) * settings.batchSize),
    ),
    losses: results.map(({ reconstruction, contrastive }) => ({ reconstruction, contrastive })),
    gradient: results[0]?.gradient ?? new Float64Array(0),
  };
}

/** Adam as the engines have it, on weights that round to float32. */
class Float64Adam {
  readonly #weights: Float32Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;

  /** @param weights to be changed in place */
  constructor(weights: Float32Array) {
    this.#weights = weights;
    this.#first = new Float64Array(weights.length);
    this.#second = new Float64Array(weights.length);
  }

  step(gradient: Float64Array, { stepSize, secondScale, beta2 }: StepValues): void {
    const { beta1, epsilon } = ADAM;
    gradient.forEach((g, i) => {
      const first = beta1 * (this.#first[i] ?? 0) + (1 - beta1) * g;
      const second = beta2 * (this.#second[i] ?? 0) + (1 - beta2) * g * g;
      this.#first[i] = first;
      this.#second[i] = second;
      const change = (stepSize * first) / (Math.sqrt(second) * secondScale + epsilon);
      this.#weights[i] = (this.#weights[i] ?? 0) - change;
    });
  }
}

/** Lets the peer take the steps, and compares. */
export async function checkPeer(peer: Peer, expected: ExpectedSteps): Promise<CheckErrors> {
  await peer.ask({ do: 'load', task: sent(expected.task) });
  let firstMoment: readonly number[] = [];
  const losses: Losses[] = [];
  for (const batch of expected.batches) {
    losses.push(await peer.ask({ do: 'step', ...PLAN, order: Array.from(batch) }));
    if (losses.length === 1) ({ firstMoment } = await peer.ask({ do: 'state' }));
  }
  return errorsOf(expected, losses, firstMoment);
}

/** @param firstMoment Adam's, after a first step from zero: 1 − β₁ times the gradient */
export function errorsOf(
  expected: Pick<ExpectedSteps, 'losses' | 'gradient'>,
  losses: readonly Losses[],
  firstMoment: readonly number[],
): CheckErrors {
  let difference = 0;
  let length = 0;
  expected.gradient.forEach((gradient, i) => {
    difference += ((firstMoment[i] ?? Number.NaN) / (1 - ADAM.beta1) - gradient) ** 2;
    length += gradient ** 2;
  });
  const relative = expected.losses.flatMap((wanted, step) => {
    const given = losses[step];
    return [
      Math.abs((given?.reconstruction ?? Number.NaN) / wanted.reconstruction - 1),
      Math.abs((given?.contrastive ?? Number.NaN) / wanted.contrastive - 1),
    ];
  });
  return { gradient: Math.sqrt(difference / length), loss: Math.max(...relative) };
}

/** A NaN does not agree with anything. */
export function agrees({ gradient, loss }: CheckErrors): boolean {
  return gradient <= TOLERANCES.gradient && loss <= TOLERANCES.loss;
}
