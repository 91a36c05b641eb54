/** How cost grows: steps a second as latent size, width, batch or rows change. */
import type { Effort } from './effort';
import type { Peer, PeerName } from './peer';
import { sent } from './protocol';
import type { Results } from './results';
import { spreadOf } from './statistics';
import { timeInTurns } from './timing';
import { stepFlop } from './engine-trainer';
import { fullBatches, makeTask, RECIPE, type Changes, type Data } from './work';

const GROWN: readonly PeerName[] = [
  'fused-webgpu',
  'fused-wasm-1',
  'fused-wasm-2',
  'torch-cpu-1',
  'torch-cpu-2',
  'torch-cuda',
  'torch-cuda-compiled',
  'jax',
  'tfjs-wasm',
];

interface Point {
  readonly what: string;
  readonly value: string;
  readonly changes: Changes;
}

/** Around the Seed V2 run's size, which stands in each row of points. */
const POINTS: readonly Point[] = [
  ...[2, 8, 32, 64, 128].map((latent) => point('latent', latent, { spec: { latent } })),
  ...[0.5, 1, 2, 4].map((factor) => {
    const hidden = RECIPE.hidden.map((width) => width * factor);
    return point('hidden', hidden.join('-'), { spec: { hidden } });
  }),
  ...[16, 64, 256, 1024].map((batchSize) => point('batch', batchSize, { batchSize })),
  ...[320, 1283, 10_000, 100_000, 500_000].map((rows) => point('rows', rows, { rows })),
];

function point(what: string, value: string | number, changes: Changes): Point {
  return { what, value: String(value), changes };
}

export function growthPeers(peers: readonly Peer[]): Peer[] {
  return peers.filter(({ kind }) => GROWN.some((name) => name === kind.name));
}

export async function growthSteps(
  peers: readonly Peer[],
  data: Data,
  { growthRounds, growthMilliseconds }: Effort,
  failed: (peer: Peer, error: unknown) => void,
  tell: (what: string) => void,
): Promise<Results['growth']> {
  const growth: Results['growth'] = [];
  let working = [...peers];
  const drop = (peer: Peer, error: unknown): void => {
    working = working.filter((other) => other !== peer);
    failed(peer, error);
  };
  for (const { what, value, changes } of working.length === 0 ? [] : POINTS) {
    tell(`growth: ${what} ${value}`);
    const task = makeTask(data, changes);
    for (const peer of [...working]) {
      try {
        await peer.ask({ do: 'load', task: sent(task) });
      } catch (error) {
        drop(peer, error);
      }
    }
    const timed = await timeInTurns(
      working,
      { rounds: growthRounds, milliseconds: growthMilliseconds, batches: fullBatches(task) },
      drop,
    );
    const speeds = Array.from(timed, ([{ kind }, { rounds }]): [string, number] => [
      kind.name,
      1000 / spreadOf(rounds).median,
    ]);
    growth.push({ what, value, flop: stepFlop(task), speeds: Object.fromEntries(speeds) });
  }
  return growth;
}
