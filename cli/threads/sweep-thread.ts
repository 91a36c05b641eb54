/** Runs in a further thread of Node: trains runs of a sweep. */
import { parentPort } from 'node:worker_threads';
import { createEngineGroup } from '../../src/engines/create-engine';
import { allowRelaxedSimd, loadWasmBuild } from './wasm-builds';
import { serveSlots, type SlotRequest } from '../../src/training/sweep/sweep-worker';

const fusedWasm = { load: loadWasmBuild, startHelpers: () => Promise.resolve([]) };

const receive = serveSlots(
  (choice, wanted) => {
    allowRelaxedSimd();
    return createEngineGroup(choice, wanted, { fusedWasm });
  },
  (answer, transfer) => parentPort?.postMessage(answer, transfer),
);
parentPort?.on('message', (request: SlotRequest) => void receive(request));
