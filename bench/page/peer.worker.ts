/** A worker that is one peer; its name says which. */
import type { HelperThread } from '../../src/engines/fused/wasm/helper-thread';
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { CountStep } from '../engine-trainer';
import type { Command } from '../protocol';
import { PeerServer } from '../serve-peer';
import type { Trainer } from '../trainer';
import { bytesInUse, dispatchCount, startCounting } from './counters';

async function engine(
  choice: EngineChoice,
  count: 'countTape' | 'countTfjs',
  threads = 1,
): Promise<Trainer> {
  const [{ createEngine }, trainer, { FUSED_WASM_HOST }, { WASM_PATHS }] = await Promise.all([
    import('../../src/engines/create-engine'),
    import('../engine-trainer'),
    import('../../workers/fused-wasm-host'),
    import('../../src/engines/tfjs/wasm-paths'),
  ]);
  const startHelpers = (): Promise<HelperThread[]> =>
    Promise.all(Array.from({ length: threads - 1 }, startHelper));
  const options = { fusedWasm: { ...FUSED_WASM_HOST, startHelpers }, wasmPaths: WASM_PATHS };
  const chosen = await createEngine(choice, options);
  const countStep: CountStep = trainer[count];
  return new trainer.EngineTrainer(chosen.engine, countStep);
}

async function startHelper(): Promise<HelperThread> {
  const worker = new Worker(new URL('./wasm-thread.worker.ts', import.meta.url), {
    type: 'module',
  });
  const ready = (): Promise<void> =>
    new Promise((resolve) => {
      worker.onmessage = () => {
        resolve();
      };
    });
  await ready();
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    ready,
    stop: () => {
      worker.terminate();
    },
  };
}

const jax = async (device: 'wasm' | 'webgpu'): Promise<Trainer> =>
  (await import('../peers/jax-trainer')).startJax(device);

const STARTS: Readonly<Record<string, () => Promise<Trainer>>> = {
  'fused-webgpu': () => engine('webgpu', 'countTape'),
  'fused-wasm-1-chromium': () => engine('wasm', 'countTape'),
  'fused-wasm-2-chromium': () => engine('wasm', 'countTape', 2),
  'tfjs-webgpu': () => engine('tfjs-webgpu', 'countTfjs'),
  'tfjs-wasm-chromium': () => engine('tfjs-wasm', 'countTfjs'),
  'jax-wasm-chromium': () => jax('wasm'),
  'jax-webgpu': () => jax('webgpu'),
};

startCounting();
const server = new PeerServer({
  start: () => {
    const start = STARTS[self.name];
    if (start === undefined) throw new Error(`There is no peer ${self.name}.`);
    return start();
  },
  memory: () => ({ bytes: bytesInUse(), of: 'buffers' }),
  dispatches: dispatchCount,
});

self.onmessage = ({ data }: MessageEvent<Command>) => {
  void server
    .answer(data)
    .catch((error: unknown) => ({ error: String(error) }))
    .then((answer) => {
      self.postMessage(answer);
    });
};
