/** Whether the project's own engines have become slower since an earlier run of the bench. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../src/base/input-error';
import { medianOf } from './goals';
import type { PeerName } from './peer';
import { readResults } from './read-results';
import type { Results } from './results';
import { figure, titleOf, type Table } from './tables';

/** So much more of a ratio is worse; less is what two runs on one machine differ by. */
const WORSE = 0.1;

const BASES: readonly PeerName[] = ['torch-cpu-1', 'tfjs-wasm', 'tfjs-webgpu'];

export interface Ratio {
  readonly what: string;
  /** Time over time of the same run of the bench: less is better. */
  readonly value: number;
}

interface Change extends Ratio {
  readonly before: number;
}

export interface Comparison {
  /** How many ratios both runs have. */
  readonly compared: number;
  readonly worse: readonly Change[];
}

/** The step times of the project's own engines over those of others, and what many runs gain. */
export function ratiosOf(results: Results): Ratio[] {
  const ratios: Ratio[] = [];
  for (const peer of results.peers) {
    if (!peer.name.startsWith('fused-') || peer.step === null) continue;
    for (const name of BASES) {
      const base = results.peers.find((of) => of.name === name);
      const median = medianOf(results, name);
      if (base === undefined || median === null) continue;
      const what = `a step of ${titleOf(peer)} ÷ ${titleOf(base)}`;
      ratios.push({ what, value: peer.step.median / median });
    }
  }
  const [oneRun, ...manyRuns] = results.sweeps;
  const [oneThread, ...manyThreads] = results.threads;
  if (oneRun !== undefined) {
    for (const { runs, milliseconds } of manyRuns) {
      const what = `${String(runs)} runs at once ÷ one run`;
      ratios.push({ what, value: milliseconds / oneRun.milliseconds });
    }
  }
  if (oneThread !== undefined) {
    for (const { threads, runs, seconds } of manyThreads) {
      const what = `${String(runs)} runs on ${String(threads)} threads ÷ one thread`;
      ratios.push({ what, value: seconds / oneThread.seconds });
    }
  }
  return ratios;
}

/**
 * Whether ratios of two runs say anything about the project: the same processor and, where both runs
 * had them, the same versions of what the peers run on.
 *
 * @returns half a sentence for each difference; none where the two can be compared
 */
function differencesOf(now: Results, before: Results): string[] {
  const major = (version: string | null): string | null => version?.split('.')[0] ?? null;
  const differences: string[] = [];
  const compare = (what: string, here: string | null, there: string | null): void => {
    if (here === null || there === null || here === there) return;
    differences.push(`${what} was ${there} and is ${here}`);
  };
  const [here, there] = [now.machine, before.machine];
  compare('the processor', here.processor, there.processor);
  compare('the number of cores', String(here.cores), String(there.cores));
  compare('Node', major(here.node), major(there.node));
  compare('Chromium', major(here.chromium), major(there.chromium));
  compare('the WebGPU adapter', here.adapter?.name ?? null, there.adapter?.name ?? null);
  compare('PyTorch', here.torch, there.torch);
  const effort = ({ quick }: Results): string => (quick ? 'a quick look' : 'a whole run');
  compare('the bench', effort(now), effort(before));
  const rows = ({ data }: Results): string =>
    `${String(data.rows)} ${data.real ? 'real' : 'made-up'} rows`;
  compare('the work', rows(now), rows(before));
  return differences;
}

/** @throws InputError where the two cannot be compared */
export function compareResults(now: Results, before: Results): Comparison {
  const differences = differencesOf(now, before);
  if (differences.length > 0) {
    throw new InputError(
      `The run of ${before.date} cannot be compared with this one: ${differences.join('; ')}.`,
    );
  }
  const earlier = new Map(ratiosOf(before).map(({ what, value }) => [what, value]));
  const changes = ratiosOf(now).flatMap((ratio): Change[] => {
    const before = earlier.get(ratio.what);
    return before === undefined ? [] : [{ ...ratio, before }];
  });
  if (changes.length === 0) {
    throw new InputError(`The run of ${before.date} has no ratio that this one has.`);
  }
  return {
    compared: changes.length,
    worse: changes.filter(({ value, before }) => value > before * (1 + WORSE)),
  };
}

export function comparisonTable({ worse }: Comparison): Table {
  return [
    ['what became worse', 'before', 'now', 'by'],
    ...worse.map(({ what, before, value }) => [
      what,
      figure(before),
      figure(value),
      `${String(Math.round((value / before - 1) * 100))} %`,
    ]),
  ];
}

/**
 * A recorded run: the file's, or of a folder's the last that can be compared.
 *
 * @throws InputError where there is none, or the file is none
 */
export function recordedRun(path: string, now: Results): Results {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return readResults(path);
  const before = readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .map((name) => readResults(join(path, name)))
    .filter((run) => run.date < now.date && differencesOf(now, run).length === 0)
    .toSorted((a, b) => a.date.localeCompare(b.date))
    .at(-1);
  if (before !== undefined) return before;
  throw new InputError(`${path} has no earlier run on the same kind of machine.`);
}
