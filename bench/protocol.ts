/**
 * What the bench and its peers say to each other: one command, one answer, both JSON, so that a
 * process of Node, one of Python and a browser's worker all understand it.
 */
import * as v from 'valibot';
import type { StepSettings } from '../src/engines/engine';
import type { ModelSpec } from '../src/recipe/model-spec';
import type { Task } from './trainer';

/** A task on its way. */
export interface SentTask {
  readonly spec: ModelSpec;
  readonly settings: StepSettings;
  readonly rows: number;
  /** [rows, 13] */
  readonly inputs: readonly number[];
  /** [rows] */
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
  run: v.object({ milliseconds, total: number }),
  /** How many of what a step takes. */
  count: v.object({ count: number, of: v.string() }),
  /** At its peak. */
  memory: v.object({ bytes: number, of: v.string() }),
} as const satisfies Record<Command['do'], v.GenericSchema>;

export type Answer<Name extends Command['do']> = v.InferOutput<(typeof ANSWERS)[Name]>;

export function sent({ spec, settings, examples, weights }: Task): SentTask {
  return {
    spec,
    settings,
    rows: examples.rows,
    inputs: Array.from(examples.inputs),
    labels: Array.from(examples.labels),
    weights: Array.from(weights),
  };
}

export function received({ spec, settings, rows, inputs, labels, weights }: SentTask): Task {
  return {
    spec,
    settings,
    examples: { rows, inputs: Float32Array.from(inputs), labels: Int32Array.from(labels) },
    weights: Float32Array.from(weights),
  };
}
