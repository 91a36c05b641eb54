/** Several runs of the bench, each with other peers, as one. */
import { PEERS } from './peer';
import type { PeerResults, Results } from './results';

/**
 * A peer's figures are those of the first run that measured it; likewise what else a run has. The
 * machine and the data are the first run's, completed by what only a later one knows.
 *
 * @param runs at least one
 */
export function mergeResults([first, ...others]: readonly Results[]): Results {
  if (first === undefined) throw new Error('There are no results.');
  return others.reduce(mergeTwo, first);
}

function mergeTwo(a: Results, b: Results): Results {
  return {
    ...a,
    date: a.date > b.date ? a.date : b.date,
    quick: a.quick || b.quick,
    seconds: a.seconds + b.seconds,
    pieces: (a.pieces ?? 1) + (b.pieces ?? 1),
    machine: {
      ...a.machine,
      chromium: a.machine.chromium ?? b.machine.chromium,
      adapter: a.machine.adapter ?? b.machine.adapter,
      torch: a.machine.torch ?? b.machine.torch,
      load: Math.max(a.machine.load ?? 0, b.machine.load ?? 0),
    },
    peers: mergePeers(a.peers, b.peers),
    sweeps: a.sweeps.length > 0 ? a.sweeps : b.sweeps,
    threads: a.threads.length > 0 ? a.threads : b.threads,
    peak: a.peak ?? b.peak,
    growth: mergeGrowth(a.growth, b.growth),
  };
}

/** In the order of the tables. */
function mergePeers(a: readonly PeerResults[], b: readonly PeerResults[]): PeerResults[] {
  const measured = (peer: PeerResults | undefined): boolean => peer?.status === 'measured';
  const names = new Set([...PEERS, ...a, ...b].map(({ name }) => name));
  return [...names].flatMap((name) => {
    const [one, other] = [a, b].map((peers) => peers.find((peer) => peer.name === name));
    const chosen = measured(one) || !measured(other) ? (one ?? other) : other;
    return chosen === undefined ? [] : [chosen];
  });
}

function mergeGrowth(a: Results['growth'], b: Results['growth']): Results['growth'] {
  const same = (x: Results['growth'][number], y: Results['growth'][number]): boolean =>
    x.what === y.what && x.value === y.value;
  const both = a.map((point) => {
    const other = b.find((its) => same(its, point));
    return { ...other, ...point, speeds: { ...other?.speeds, ...point.speeds } };
  });
  return [...both, ...b.filter((point) => !a.some((its) => same(its, point)))];
}
