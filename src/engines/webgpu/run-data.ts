/** What runs are loaded with, how many fit into one session, and how their data lie there. */
import { PARAMETER_COUNT } from '../../eq/parameters';
import { GRID_POINTS } from '../../eq/response-grid';
import { inputWidth } from '../../model/inputs';
import type { ModelSpec } from '../../recipe/model-spec';
import { EngineLostError, type Examples, type StepSettings, type TrainingState } from '../engine';
import { buildTape, tapeOptions } from '../tape/build-tape';
import { GRID_COTANGENTS } from '../tape/response-table';
import { LOSS_SUMS, type Tape } from '../tape/tape';
import type { Kernels } from './kernels';
import { LAYOUT } from './profiles';
import type { ExamplePlaces } from './program';

/** Floats of padding behind the matrices: the last tiles read a little beyond them. */
export const BEYOND = 1024;

/** What a run is loaded with. */
export interface RunData {
  readonly state: TrainingState;
  readonly examples: Examples;
  readonly settings: StepSettings;
  /** [watched rows, input width] */
  readonly watched: Float32Array;
}

/**
 * Runs in as many parts as it takes for each to go into one session.
 *
 * @throws EngineLostError when the device has not memory enough for a single one
 */
export function divideRuns(
  { limits }: GPUDevice,
  kernels: Kernels,
  spec: ModelSpec,
  runs: readonly RunData[],
): RunData[][] {
  const { arenaSize } = tapeOf(kernels, spec, runs);
  const bytes = Math.max(
    ...runs.map((run) => {
      const { examples, settings, watched } = run;
      const sums = LOSS_SUMS * Math.ceil(examples.rows / settings.batchSize);
      const latents = (watched.length / inputWidth(spec)) * spec.latent;
      return 4 * Math.max(arenaSize, floatsOf(run), sums + latents);
    }),
  );
  const most = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const together = Math.floor((most - BEYOND * 4) / bytes);
  if (together < 1) throw tooLarge(bytes);
  return Array.from({ length: Math.ceil(runs.length / together) }, (_, i) =>
    runs.slice(i * together, (i + 1) * together),
  );
}

export function tooLarge(bytes: number): EngineLostError {
  const size = String(Math.ceil(bytes / 2 ** 20));
  return new EngineLostError(
    `Training this model needs ${size} MiB of the GPU’s memory, more than it gives.`,
  );
}

/** The tape of the run of that number, from that place on. */
export function tapeOf(
  { profile }: Kernels,
  spec: ModelSpec,
  runs: readonly RunData[],
  number = 0,
  start = 0,
): Tape {
  const run = runs[number];
  if (run === undefined) throw new Error(`There is no run ${String(number)}.`);
  const options = tapeOptions(run.settings, run.examples);
  return buildTape(spec, {
    ...options,
    // Workgroups write whole groups of rows.
    batchSize: Math.ceil(options.batchSize / profile.rows) * profile.rows,
    // A run without it has factors of 1, which change nothing.
    dropout: runs.some(({ settings }) => settings.dropout > 0),
    layout: LAYOUT,
    start,
  });
}

/** What the device keeps of all runs' examples, end to end. */
interface Joined {
  readonly all: Float32Array<ArrayBuffer>;
  /** Of each run. */
  readonly places: readonly ExamplePlaces[];
}

/**
 * Inputs of all runs and of their watched rows, so that these too have numbers; then labels,
 * targets, masks and room for the votes of all runs; last what the response loss needs.
 *
 * @param votes floats of all runs' votes, which come later
 */
export function joined(runs: readonly RunData[], votes: number): Joined {
  const parts: ArrayLike<number>[] = [];
  let end = 0;
  const put = (part: ArrayLike<number>): number => {
    const place = end;
    parts.push(part);
    end += part.length;
    return place;
  };
  /** Place of the first run's: an operation counts rows from there. */
  const putAll = (of: (run: RunData) => ArrayLike<number> | undefined): number => {
    const place = end;
    for (const run of runs) put(of(run) ?? []);
    return place;
  };
  putAll(({ examples }) => examples.inputs);
  putAll(({ watched }) => watched);
  const common = {
    labels: putAll(({ examples }) => examples.labels),
    targets: putAll(({ examples }) => examples.targets),
    mask: putAll(({ examples }) => examples.mask),
    votes: put(new Float32Array(votes)),
    cotangents: put(GRID_COTANGENTS),
  };
  const places = runs.map(({ settings }) => ({ ...common, columns: put(columnWords(settings)) }));
  const all = new Float32Array(end);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return { all, places };
}

/** What a run adds to the examples, or a little more. */
function floatsOf({ examples, watched }: RunData): number {
  const { rows, inputs, labels, targets = [], mask = [], votes } = examples;
  const sizes = [inputs, labels, targets, mask, watched].map(({ length }) => length);
  const ofVotes = rows * (votes?.words ?? 0);
  return sizes.reduce((sum, size) => sum + size, ofVotes + GRID_POINTS + 4 * PARAMETER_COUNT);
}

/** Four numbers a column, as response.wgsl reads them. */
function columnWords({ columns }: StepSettings): number[] {
  return columns.flatMap(({ scale, offset, from, to }) =>
    scale === 'linear'
      ? [0, 0, from, to - from]
      : [1, offset, 10 ** ((from + to) / 2), (to - from) * Math.LN10],
  );
}
