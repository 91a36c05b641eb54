/** One run of the bench: all peers, one after another and in turns. */
import { Stream, randomPermutation } from '../src/math/threefry';
import { agrees, checkPeer, expectedSteps, TOLERANCES, type ExpectedSteps } from './check';
import type { Candidate, Mutable } from './candidate';
import type { Effort } from './effort';
import { growthSteps, growthPeers } from './growth';
import { reach, type Hosts } from './hosts';
import type { Peer, PeerKind } from './peer';
import { sent } from './protocol';
import type { PeerResults, Results } from './results';
import { spreadOf } from './statistics';
import { timeSweeps } from './sweeps';
import { timeThreads } from './threads';
import type { Task } from './trainer';
import { timeInTurns, type Timed } from './timing';
import { fullBatches, makeTask, RECIPE, type Data } from './work';

export type Measured = Pick<
  Results,
  'peers' | 'growth' | 'sweeps' | 'threads' | 'steps' | 'tolerances'
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

    tell(`${String(effort.rounds)} rounds`);
    const timed = await timeInTurns([...candidates.keys()], { ...effort, batches }, drop);
    for (const [peer, times] of timed) {
      const candidate = candidates.get(peer);
      if (candidate !== undefined) candidate.results.step = stepOf(times);
    }
    await each('memory', async ({ peer, results }) => {
      results.memory = await peer.ask({ do: 'memory' });
    });
    await each('Seed V2 run', async ({ peer, results }) => {
      const seconds = ((results.step?.median ?? Number.NaN) * steps) / 1000;
      if (seconds > effort.longestRunSeconds) {
        results.founding = { seconds, total: null };
        return;
      }
      await peer.ask({ do: 'load', task: sent(task) });
      const { milliseconds, total } = await peer.ask({ do: 'run', run: RECIPE });
      results.founding = { seconds: milliseconds / 1000, total };
    });
    const growing = growthPeers([...candidates.keys()]);
    const growth = await growthSteps(growing, data, effort, drop, tell);
    const sweeps = await timeSweeps([...candidates.values()], task, effort.growthRounds, tell);
    const threads = reached.some(({ kind }) => kind.name === 'fused-wasm-2')
      ? await timeThreads(effort.growthRounds, tell)
      : [];
    for (const { results } of candidates.values()) results.status = 'measured';
    return {
      peers,
      growth,
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

function stepOf({ rounds, turn }: Timed): PeerResults['step'] {
  return {
    ...spreadOf(rounds),
    rounds: rounds.length,
    stepsPerRound: turn.epochs * turn.batches,
  };
}
