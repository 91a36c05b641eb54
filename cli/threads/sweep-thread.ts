/** Runs in a further thread of Node: trains runs of a sweep. */
import { parentPort, workerData } from 'node:worker_threads';
import { createEngineGroup, type FusedWasmHost } from '../../src/engines/create-engine';
import { allowRelaxedSimd, loadWasmBuild, type CompiledBuilds } from './wasm-builds';
import { serveSlots, type SlotRequest } from '../../src/training/sweep/sweep-worker';

/** What the thread is started with. */
export interface SweepThreadData {
  readonly compiled: CompiledBuilds;
}

const { compiled } = workerData as SweepThreadData;
const fusedWasm: FusedWasmHost = {
  load: (build) => Promise.resolve(compiled[build] ?? loadWasmBuild(build)),
  startHelpers: () => Promise.resolve([]),
};

const receive = serveSlots(
  (choice, wanted) => {
    allowRelaxedSimd();
    return createEngineGroup(choice, wanted, { fusedWasm });
  },
  (answer, transfer) => parentPort?.postMessage(answer, transfer),
);
parentPort?.on('message', (request: SlotRequest) => void receive(request));
