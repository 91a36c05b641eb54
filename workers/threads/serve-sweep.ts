/** A further thread beside the training worker: trains runs of a sweep. */
import { createEngineGroup } from '../../src/engines/create-engine';
import { WASM_PATHS } from '../../src/engines/tfjs/wasm-paths';
import { serveSlots, type SlotRequest } from '../../src/training/sweep/sweep-worker';
import { FUSED_WASM_HOST } from './fused-wasm-host';

/** @returns what takes the training worker's messages */
export function serveSweep(): (event: MessageEvent<SlotRequest>) => Promise<void> {
  const receive = serveSlots(
    (choice, wanted) =>
      createEngineGroup(choice, wanted, { wasmPaths: WASM_PATHS, fusedWasm: FUSED_WASM_HOST }),
    (answer, transfer) => {
      self.postMessage(answer, { transfer });
    },
  );
  return ({ data }) => receive(data);
}
