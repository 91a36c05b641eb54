/** A worker that is one peer; its name says which. */
import type { Engine } from '../../src/engines/engine';
import type { EngineChoice } from '../../src/engines/engine-choice';
import type { CountStep } from '../engine-trainer';
import type { Command } from '../protocol';
import { PeerServer } from '../serve-peer';
import type { Trainer } from '../trainer';
import { bytesInUse, dispatchCount, startCounting } from '../counters';
import { recipeEngine } from '../recipe-engines';

async function engine(choice: EngineChoice, count: 'countTape' | 'countTfjs'): Promise<Trainer> {
  const [trainer] = await engines(choice, count, 1);
  if (trainer === undefined) throw new Error('There is no engine.');
  return trainer;
}

async function engines(
  choice: EngineChoice,
  count: 'countTape' | 'countTfjs',
  runs: number,
): Promise<readonly Trainer[]> {
  const [started, trainer] = await Promise.all([
    startEngines(choice, runs),
    import('../engine-trainer'),
  ]);
  const countStep: CountStep = trainer[count];
  return started.map((engine) => new trainer.EngineTrainer(engine, countStep));
}

async function startEngines(choice: EngineChoice, runs: number): Promise<readonly Engine[]> {
  const [{ createEngineGroup }, { FUSED_WASM_HOST }, { WASM_PATHS }] = await Promise.all([
    import('../../src/engines/create-engine'),
    import('../../workers/threads/fused-wasm-host'),
    import('../../src/engines/tfjs/wasm-paths'),
  ]);
  const options = { fusedWasm: FUSED_WASM_HOST, wasmPaths: WASM_PATHS };
  return (await createEngineGroup(choice, runs, options)).engines;
}

const jax = async (device: 'wasm' | 'webgpu'): Promise<Trainer> =>
  (await import('../peers/jax-trainer')).startJax(device);

const STARTS: Readonly<Record<string, () => Promise<Trainer>>> = {
  'fused-webgpu': () => engine('webgpu', 'countTape'),
  'fused-wasm-1-chromium': () => engine('wasm-1', 'countTape'),
  'fused-wasm-2-chromium': () => engine('wasm-2', 'countTape'),
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
  startGroup: (runs) => {
    if (self.name !== 'fused-webgpu') throw new Error('Only WebGPU trains runs together.');
    return engines('webgpu', 'countTape', runs);
  },
  startEngine: async () => {
    const [started] = await startEngines(recipeEngine(self.name), 1);
    if (started === undefined) throw new Error('There is no engine.');
    return started;
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
