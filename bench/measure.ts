/** One run of the bench: all peers, one after another and in turns. */
import { Stream, randomPermutation } from '../src/math/threefry';
import { agrees, checkPeer, expectedSteps, TOLERANCES, type ExpectedSteps } from './check';
import type { Candidate, Mutable } from './candidate';
import type { Effort, Part } from './effort';
import { stepFlop } from './engine-trainer';
import { growthSteps, growthPeers } from './growth';
import { reach, type Hosts } from './hosts';
import { measurePeak } from './peak';
import type { Peer, PeerKind } from './peer';
import { trainsRecipes } from './recipe-engines';
import { sent } from './protocol';
import type { PeerResults, Results } from './results';
import { spreadOf } from './statistics';
import { timeSweeps } from './sweeps';
import { growRuns, timeThreads } from './threads';
import type { Task } from './trainer';
import { timeInTurns, type Timed } from './timing';
import { fullBatches, makeTask, RECIPE, type Data } from './work';

export type Measured = Pick<
  Results,
  'peers' | 'growth' | 'peak' | 'sweeps' | 'threads' | 'steps' | 'tolerances'
>;

/** @param tell what is being done, for whoever waits */
export async function measure(
  kinds: readonly PeerKind[],
  hosts: Hosts,
  data: Data,
  effort: Effort,
  tell: (what: string) => void,
): Promise<Measured> {
  const task = makeTask(data);
  const batches = fullBatches(task);
  const steps = RECIPE.epochs * Math.ceil(task.examples.rows / task.settings.batchSize);
  const peers: Mutable<PeerResults>[] = [];
  const reached: Peer[] = [];
  const candidates = new Map<Peer, Candidate>();
  const drop = (peer: Peer, error: unknown): void => {
    const candidate = candidates.get(peer);
    if (candidate === undefined) return;
    candidate.results.status = 'failed';
    candidate.results.reason = error instanceof Error ? error.message : String(error);
    candidates.delete(peer);
    tell(`${peer.kind.name} failed: ${candidate.results.reason}`);
  };
  /** Does something with each peer that is still there. */
  const each = async (what: string, work: (candidate: Candidate) => Promise<void>) => {
    for (const candidate of [...candidates.values()]) {
      tell(`${what}: ${candidate.peer.kind.name}`);
      try {
        await work(candidate);
      } catch (error) {
        drop(candidate.peer, error);
      }
    }
  };

  tell('the first steps in float64');
  const expected = expectedSteps(task, randomPermutation(1, Stream.shuffle, 0, task.examples.rows));
  try {
    // One after the other, since a process that starts beside another slows it.
    for (const kind of kinds) {
      const results = emptyResults(kind);
      peers.push(results);
      const peer = reach(kind, hosts);
      if (typeof peer === 'string') {
        results.reason = peer;
        continue;
      }
      reached.push(peer);
      candidates.set(peer, { peer, results });
      tell(`starting and checking: ${kind.name}`);
      try {
        if (!(await startAndCheck({ peer, results }, task, expected))) candidates.delete(peer);
      } catch (error) {
        drop(peer, error);
      }
    }

    const has = (part: Part): boolean => effort.parts.includes(part);
    if (has('steps')) {
      tell(`${String(effort.rounds)} rounds`);
      const timed = await timeInTurns([...candidates.keys()], { ...effort, batches }, drop);
      for (const [peer, times] of timed) {
        const candidate = candidates.get(peer);
        if (candidate !== undefined) candidate.results.step = stepOf(times);
      }
      await each('memory', async ({ peer, results }) => {
        results.memory = await peer.ask({ do: 'memory' });
      });
    }
    if (has('runs')) await each('runs', (candidate) => timeRuns(candidate, task, steps, effort));
    const growing = growthPeers([...candidates.keys()]);
    const growth = has('growth') ? await growthSteps(growing, data, effort, drop, tell) : [];
    const peak = has('growth') ? await measurePeak() : null;
    const sweeps = has('sweeps')
      ? await timeSweeps([...candidates.values()], task, effort, tell)
      : [];
    const spread = hosts.sweeps && reached.some(({ kind }) => kind.name === 'fused-wasm-2');
    const { growthRounds } = effort;
    if (spread && has('growth')) {
      growth.push(...(await growRuns(stepFlop(task), growthRounds, tell)));
    }
    const threads = spread && has('sweeps') ? await timeThreads(growthRounds, tell) : [];
    for (const { results } of candidates.values()) results.status = 'measured';
    return {
      peers,
      growth,
      peak,
      sweeps,
      threads,
      steps: { perRun: steps, batchSize: task.settings.batchSize },
      tolerances: TOLERANCES,
    };
  } finally {
    await Promise.allSettled(reached.map((peer) => peer.close()));
  }
}

function emptyResults({ name, title, host }: PeerKind): Mutable<PeerResults> {
  return {
    name,
    title,
    host,
    status: 'absent',
    reason: null,
    device: null,
    check: null,
    step: null,
    startUp: null,
    count: null,
    memory: null,
    founding: null,
    recipe: null,
  };
}

/** @returns whether the peer's arithmetic is right */
async function startAndCheck(
  { peer, results }: Candidate,
  task: Task,
  expected: ExpectedSteps,
): Promise<boolean> {
  const { milliseconds, device } = await peer.ask({ do: 'start', task: sent(task) });
  results.startUp = milliseconds;
  results.device = device;
  results.check = await checkPeer(peer, expected);
  if (!agrees(results.check)) {
    results.status = 'wrong';
    results.reason = 'wrong: its first steps are not those of float64';
    return false;
  }
  await peer.ask({ do: 'load', task: sent(task) });
  results.count = await peer.ask({ do: 'count' });
  return true;
}

/** Whole runs: of Seed V2, and of the default recipe where the peer trains recipes. */
async function timeRuns(
  { peer, results }: Candidate,
  task: Task,
  steps: number,
  { longestRunSeconds }: Effort,
): Promise<void> {
  const seconds = ((results.step?.median ?? Number.NaN) * steps) / 1000;
  if (seconds > longestRunSeconds) {
    results.founding = { seconds, total: null };
  } else {
    await peer.ask({ do: 'load', task: sent(task) });
    const { milliseconds, total } = await peer.ask({ do: 'run', run: RECIPE });
    results.founding = { seconds: milliseconds / 1000, total };
  }
  if (!trainsRecipes(peer.kind.name)) return;
  const { milliseconds, preparing, ...epochs } = await peer.ask({
    do: 'recipe',
    seconds: longestRunSeconds,
  });
  results.recipe = { seconds: milliseconds / 1000, preparing: preparing / 1000, ...epochs };
}

function stepOf({ rounds, turn }: Timed): PeerResults['step'] {
  return {
    ...spreadOf(rounds),
    rounds: rounds.length,
    stepsPerRound: turn.epochs * turn.batches,
  };
}
