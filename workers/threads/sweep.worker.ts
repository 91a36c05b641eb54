/** A further thread beside the training worker: trains runs of a sweep. */
import { createEngineGroup } from '../../src/engines/create-engine';
import { WASM_PATHS } from '../../src/engines/tfjs/wasm-paths';
import { laneThread, type LaneRequest } from '../../src/training/sweep/lane';
import { FUSED_WASM_HOST } from './fused-wasm-host';

const receive = laneThread(
  (choice, wanted) =>
    createEngineGroup(choice, wanted, { wasmPaths: WASM_PATHS, fusedWasm: FUSED_WASM_HOST }),
  (answer, transfer) => {
    self.postMessage(answer, { transfer });
  },
);
self.addEventListener('message', ({ data }: MessageEvent<LaneRequest>) => void receive(data));
