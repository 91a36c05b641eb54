/** A process of the kit that is one peer of Node; or, asked for the adapter, says which there is. */
import { readFile } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { allowRelaxedSimd } from '../../cli/threads/wasm-builds';
import { helperOf } from '../../cli/threads/wasm-threads';
import { createEngineGroup, type FusedWasmHost } from '../../src/engines/create-engine';
import type { Engine } from '../../src/engines/engine';
import { findAdapter } from '../../src/engines/webgpu/webgpu-adapter';
import { bytesInUse, dispatchCount, startCounting } from '../counters';
import { countTape, EngineTrainer } from '../engine-trainer';
import { offerWebGpu } from '../node-webgpu/node-gpu';
import { peakBytes, serveLines } from '../peers/serve-lines';
import { recipeEngine } from '../recipe-engines';
import { PeerServer } from '../serve-peer';
import { ADAPTER } from './adapter';

/** The files that the kit has beside this one. */
const FUSED_WASM: FusedWasmHost = {
  load: (build) => readFile(new URL(`./wasm/${build}.wasm`, import.meta.url)),
  startHelpers: (threads) =>
    Promise.all(
      Array.from({ length: (threads ?? 1) - 1 }, () =>
        helperOf(new Worker(new URL('./wasm-thread.js', import.meta.url))),
      ),
    ),
};

async function startEngines(name: string, runs: number): Promise<readonly Engine[]> {
  return (await createEngineGroup(recipeEngine(name), runs, { fusedWasm: FUSED_WASM })).engines;
}

async function startOne(name: string): Promise<Engine> {
  const [engine] = await startEngines(name, 1);
  if (engine === undefined) throw new Error('There is no engine.');
  return engine;
}

async function serve(name: string): Promise<void> {
  const onGpu = name.endsWith('-webgpu');
  if (onGpu) {
    offerWebGpu();
    startCounting();
  } else {
    allowRelaxedSimd();
  }
  const server = new PeerServer({
    start: async () => new EngineTrainer(await startOne(name), countTape),
    startGroup: async (runs) =>
      (await startEngines(name, runs)).map((engine) => new EngineTrainer(engine, countTape)),
    startEngine: () => startOne(name),
    memory: () =>
      onGpu ? { bytes: bytesInUse(), of: 'buffers' } : { bytes: peakBytes(), of: 'process' },
    dispatches: dispatchCount,
  });
  await serveLines(server);
}

async function sayAdapter(): Promise<void> {
  offerWebGpu();
  const found = await findAdapter();
  const answer =
    typeof found === 'string' ? { reason: found } : { name: found.name, software: found.software };
  // A device driver may not let the process end by itself.
  process.stdout.write(JSON.stringify(answer), () => process.exit());
}

const [name = ''] = process.argv.slice(2);
await (name === ADAPTER ? sayAdapter() : serve(name));
