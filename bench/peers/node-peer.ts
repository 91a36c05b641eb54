/** A process of Node that is one peer. */
import type { EngineChoice } from '../../src/engines/engine-choice';
import { allowRelaxedSimd } from '../../cli/threads/wasm-builds';
import type { Engine } from '../../src/engines/engine';
import { PeerServer } from '../serve-peer';
import type { Trainer } from '../trainer';
import { recipeEngine } from '../recipe-engines';
import { peakBytes, serveLines } from './serve-lines';

const [name = ''] = process.argv.slice(2);

async function startEngine(choice: EngineChoice): Promise<Engine> {
  const { createEngine } = await import('../../src/engines/create-engine');
  const { fusedWasmHost } = await import('../../cli/threads/fused-wasm-host');
  return (await createEngine(choice, { fusedWasm: await fusedWasmHost(1) })).engine;
}

async function engine(choice: EngineChoice, count: 'countTape' | 'countTfjs'): Promise<Trainer> {
  const trainer = await import('../engine-trainer');
  return new trainer.EngineTrainer(await startEngine(choice), trainer[count]);
}

const STARTS: Readonly<Record<string, () => Promise<Trainer>>> = {
  'fused-wasm-1': () => engine('wasm-1', 'countTape'),
  'fused-wasm-2': () => engine('wasm-2', 'countTape'),
  'tfjs-wasm': () => engine('tfjs-wasm', 'countTfjs'),
  'tfjs-cpu': () => engine('cpu', 'countTfjs'),
  'jax-wasm': async () => (await import('./jax-trainer')).startJax('wasm'),
};

const server = new PeerServer({
  start: () => {
    const start = STARTS[name];
    if (start === undefined) throw new Error(`There is no peer ${name}.`);
    // Node 20 has relaxed SIMD behind a flag.
    allowRelaxedSimd();
    return start();
  },
  startGroup: () => {
    throw new Error('Only WebGPU trains runs together.');
  },
  startEngine: async () => startEngine(recipeEngine(name)),
  memory: () => ({ bytes: peakBytes(), of: 'process' }),
  dispatches: () => 0,
});

await serveLines(server);
