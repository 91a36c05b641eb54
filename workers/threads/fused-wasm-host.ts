/** What the fused WebAssembly engine is made of in a browser: builds by address, workers. */
import type { FusedWasmHost } from '../../src/engines/create-engine';
import { WASM_BUILD_URLS } from '../../src/engines/wasm/urls';
import { startHelperThreads } from './wasm-threads';

export const FUSED_WASM_HOST: FusedWasmHost = {
  load: async (build) => {
    const response = await fetch(WASM_BUILD_URLS[build]);
    if (!response.ok) throw new Error(`The server has no ${build}.wasm.`);
    return response.arrayBuffer();
  },
  startHelpers: startHelperThreads,
};
