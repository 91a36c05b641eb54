/** What the engines must reach, as ratios within one run of the bench. */
import type { PeerName } from './peer';
import type { PeerResults, Results } from './results';

export interface Goal {
  readonly text: string;
  readonly limit: { readonly kind: 'at most' | 'at least'; readonly value: number };
  /** null: could not be measured here. */
  readonly value: number | null;
}

export function reached({ limit, value }: Goal): boolean | null {
  if (value === null) return null;
  return limit.kind === 'at most' ? value <= limit.value : value >= limit.value;
}

/** Milliseconds a step; null where the peer was not measured. */
export function medianOf(results: Results, name: PeerName): number | null {
  return peerOf(results, name)?.step?.median ?? null;
}

function peerOf(results: Results, name: PeerName): PeerResults | undefined {
  return results.peers.find((peer) => peer.name === name);
}

function sweepRatio({ sweeps }: Results): number | null {
  const many = sweeps.find(({ runs }) => runs === 64)?.milliseconds;
  const one = sweeps.find(({ runs }) => runs === 1)?.milliseconds;
  return many === undefined || one === undefined ? null : many / one;
}

function threadRatio({ threads }: Results): number | null {
  const two = threads.find(({ threads: count }) => count === 2)?.seconds;
  const one = threads.find(({ threads: count }) => count === 1)?.seconds;
  return two === undefined || one === undefined ? null : two / one;
}

export function goalsOf(results: Results): Goal[] {
  const ratio = (above: PeerName, below: PeerName): number | null => {
    const numerator = medianOf(results, above);
    const denominator = medianOf(results, below);
    return numerator === null || denominator === null ? null : numerator / denominator;
  };
  const webGpu = peerOf(results, 'fused-webgpu');
  const software = results.machine.adapter?.software ?? true;
  const onSoftware = <T>(value: T): T | null => (software ? value : null);
  const onCard = <T>(value: T): T | null => (software ? null : value);
  const atMost = (value: number) => ({ kind: 'at most', value }) as const;
  const atLeast = (value: number) => ({ kind: 'at least', value }) as const;
  return [
    {
      text: 'fused WebAssembly with 1 thread, time over PyTorch CPU with 1 thread',
      limit: atMost(0.5),
      value: ratio('fused-wasm-1', 'torch-cpu-1'),
    },
    {
      text: 'fused WebAssembly with 2 threads, time over PyTorch CPU with 1 thread',
      limit: atMost(0.33),
      value: ratio('fused-wasm-2', 'torch-cpu-1'),
    },
    {
      text: 'TensorFlow.js WebAssembly, time over fused WebAssembly with 1 thread',
      limit: atLeast(12),
      value: ratio('tfjs-wasm', 'fused-wasm-1'),
    },
    {
      text: 'on a software adapter: TensorFlow.js WebGPU, time over fused WebGPU',
      limit: atLeast(45),
      value: onSoftware(ratio('tfjs-webgpu', 'fused-webgpu')),
    },
    {
      text: 'fused WebGPU, dispatches a step',
      limit: atMost(8),
      value: webGpu?.count?.count ?? null,
    },
    {
      text: 'a sweep of short runs on two threads, time over one thread',
      limit: atMost(0.55),
      value: threadRatio(results),
    },
    {
      text: 'on a graphics card: fused WebGPU, milliseconds a step',
      limit: atMost(0.3),
      value: onCard(webGpu?.step?.median ?? null),
    },
    {
      text: 'on a graphics card: fused WebGPU, seconds of the Seed V2 run',
      limit: atMost(1),
      value: onCard(webGpu?.founding?.seconds ?? null),
    },
    {
      text: 'on a graphics card: fused WebGPU, seconds of a default run',
      limit: atMost(1),
      value: onCard(webGpu?.recipe?.seconds ?? null),
    },
    {
      text: 'on a graphics card: a sweep of 64 runs, time over one run',
      limit: atMost(3),
      value: onCard(sweepRatio(results)),
    },
  ];
}
