/** Results of a run of the bench that nobody measured. For tests only. */
import { PEERS, type PeerName } from '../peer';
import type { PeerResults, Results } from '../results';

/** @param median milliseconds a step; all else is made up, or as said */
export function measuredPeer(
  name: PeerName,
  median: number,
  more: Partial<PeerResults> = {},
): PeerResults {
  const kind = PEERS.find((peer) => peer.name === name) ?? PEERS[0];
  return {
    ...kind,
    status: 'measured',
    reason: null,
    device: 'a device',
    check: { gradient: 1e-6, loss: 2e-7 },
    step: { median, smallest: median / 2, largest: 2 * median, rounds: 7, stepsPerRound: 40 },
    startUp: 250,
    count: { count: 4, of: 'dispatches' },
    memory: { bytes: 3 * 2 ** 20, of: 'buffers' },
    founding: { seconds: 3.15 * median, total: null },
    ...more,
  };
}

/** A run without peers, but for what is given. */
export function sampleResults(changes: Partial<Results> = {}): Results {
  return {
    version: 1,
    date: '2026-01-02T03:04:05.000Z',
    quick: false,
    seconds: 90,
    machine: {
      processor: 'A processor',
      cores: 2,
      memoryBytes: 8 * 2 ** 30,
      system: 'Linux 6',
      node: 'v20.1.0',
      chromium: 'Chrome/156.0.1',
      adapter: { name: 'SwiftShader', software: true },
      torch: '1.13',
    },
    data: { real: true, rows: 1283, words: 14 },
    steps: { perRun: 3150, batchSize: 64 },
    tolerances: { gradient: 1e-4, loss: 1e-4 },
    peers: [],
    sweeps: [
      { runs: 1, milliseconds: 2 },
      { runs: 64, milliseconds: 5 },
    ],
    threads: [],
    growth: [],
    ...changes,
  };
}
