/** What the fused WebAssembly engine is made of in a browser: builds by address. */
import type { FusedWasmHost } from '../src/engines/create-engine';
import { WASM_BUILD_URLS } from '../src/engines/fused/wasm/urls';

export const FUSED_WASM_HOST: FusedWasmHost = {
  load: async (build) => {
    const response = await fetch(WASM_BUILD_URLS[build]);
    if (!response.ok) throw new Error(`The server has no ${build}.wasm.`);
    return response.arrayBuffer();
  },
  // The engine can share its work between threads, but a step is so short that on two busy cores
  // a second thread waits for its turn longer than it helps.
  startHelpers: () => Promise.resolve([]),
};
