/** Runs in a further thread of Node: trains runs of a sweep. */
import { parentPort } from 'node:worker_threads';
import { createEngineGroup } from '../../src/engines/create-engine';
import { allowRelaxedSimd, loadWasmBuild } from './wasm-builds';
import { laneThread, type LaneRequest } from '../../src/training/sweep/lane';

const fusedWasm = { load: loadWasmBuild, startHelpers: () => Promise.resolve([]) };

const receive = laneThread(
  (choice, wanted) => {
    allowRelaxedSimd();
    return createEngineGroup(choice, wanted, { fusedWasm });
  },
  (answer, transfer) => parentPort?.postMessage(answer, transfer),
);
parentPort?.on('message', (request: LaneRequest) => void receive(request));
