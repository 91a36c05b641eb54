/**
 * What the bench and its peers say to each other: one command, one answer, both JSON, so that a
 * process of Node, one of Python and a browser's worker all understand it.
 */
import * as v from 'valibot';
import type { StepSettings } from '../src/engines/engine';
import { PARAMETER_COUNT } from '../src/eq/parameters';
import type { ModelSpec } from '../src/recipe/model-spec';
import type { Task } from './trainer';

/** A task on its way. */
export interface SentTask {
  readonly spec: ModelSpec;
  readonly settings: StepSettings;
  readonly rows: number;
  /** How many of them there are before they begin again at the first. */
  readonly distinct: number;
  /** [distinct, 13] */
  readonly inputs: readonly number[];
  /** [distinct] */
  readonly labels: readonly number[];
  /** [total] */
  readonly weights: readonly number[];
}

/** The schedules of a whole run. */
export interface RunSettings {
  readonly epochs: number;
  readonly learningRate: number;
  readonly plateauPatience: number;
  readonly contrastiveStart: number;
  readonly contrastiveEnd: number;
}

export type Command =
  /** Loads the peer's code, compiles, loads the task and takes a first step. */
  | { readonly do: 'start'; readonly task: SentTask }
  | { readonly do: 'load'; readonly task: SentTask }
  /** One step on the batch of these rows. */
  | {
      readonly do: 'step';
      readonly order: readonly number[];
      readonly learningRate: number;
      readonly contrastiveWeight: number;
      readonly klWeight: number;
    }
  | { readonly do: 'state' }
  /** So many epochs of so many full batches, each of freshly shuffled rows. */
  | { readonly do: 'train'; readonly epochs: number; readonly batches: number }
  /** A whole run over all rows with its schedules, and all rows' latents at its end. */
  | { readonly do: 'run'; readonly run: RunSettings }
  /** So many runs of the task at once, differing in seed, for so many full batches each. */
  | {
      readonly do: 'sweep';
      readonly task: SentTask;
      readonly runs: number;
      readonly batches: number;
    }
  /** A run of the default recipe on the project's sample; what takes longer is extrapolated. */
  | { readonly do: 'recipe'; readonly seconds: number }
  | { readonly do: 'count' }
  | { readonly do: 'memory' };

const number = v.pipe(v.number(), v.finite());
const milliseconds = v.pipe(number, v.minValue(0));

export const ANSWERS = {
  start: v.object({ milliseconds, device: v.string() }),
  load: v.object({ loaded: v.literal(true) }),
  step: v.object({ reconstruction: number, contrastive: number }),
  state: v.object({ weights: v.array(number), firstMoment: v.array(number) }),
  train: v.object({ milliseconds }),
  sweep: v.object({ milliseconds }),
  /** Of a whole run, of which so many epochs were trained; those before the first epoch apart. */
  recipe: v.object({ milliseconds, preparing: milliseconds, trained: number, epochs: number }),
  run: v.object({ milliseconds, total: number }),
  /** How many of what a step takes. */
  count: v.object({ count: number, of: v.string() }),
  /** At its peak. */
  memory: v.object({ bytes: number, of: v.string() }),
} as const satisfies Record<Command['do'], v.GenericSchema>;

export type Answer<Name extends Command['do']> = v.InferOutput<(typeof ANSWERS)[Name]>;

/** Rows that begin again go over the line once. */
export function sent({ spec, settings, examples, distinct, weights }: Task): SentTask {
  const { rows, inputs, labels } = examples;
  return {
    spec,
    settings,
    rows,
    distinct,
    inputs: Array.from(inputs.subarray(0, distinct * PARAMETER_COUNT)),
    labels: Array.from(labels.subarray(0, distinct)),
    weights: Array.from(weights),
  };
}

export function received(task: SentTask): Task {
  const { spec, settings, rows, distinct, inputs, labels, weights } = task;
  return {
    spec,
    settings,
    examples: {
      rows,
      inputs: Float32Array.from(beginningAgain(inputs, rows * PARAMETER_COUNT)),
      labels: Int32Array.from(beginningAgain(labels, rows)),
    },
    distinct,
    weights: Float32Array.from(weights),
  };
}

/** So many of the values, which after the last begin again at the first. */
export function beginningAgain(values: ArrayLike<number>, wanted: number): Iterable<number> {
  return {
    *[Symbol.iterator]() {
      for (let i = 0; i < wanted; i++) yield values[i % values.length] ?? 0;
    },
  };
}
