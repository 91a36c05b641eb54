/** What the fused WebAssembly engine is made of in a browser: builds by address, nested workers. */
import type { FusedWasmHost } from '../src/engines/create-engine';
import type { HelperThread } from '../src/engines/fused/wasm/helper-thread';
import { WASM_BUILD_URLS } from '../src/engines/fused/wasm/urls';

/**
 * Threads beside the worker's own. The gain of a second one is measured; more than that waits at
 * the barriers of a step this small.
 */
const HELPERS = 1;

export const FUSED_WASM_HOST: FusedWasmHost = {
  load: async (build) => {
    const response = await fetch(WASM_BUILD_URLS[build]);
    if (!response.ok) throw new Error(`The server has no ${build}.wasm.`);
    return response.arrayBuffer();
  },
  startHelpers: () => {
    // Memory can be shared only where the server sends the isolation headers.
    const possible = self.crossOriginIsolated && navigator.hardwareConcurrency > 1;
    return Promise.all(Array.from({ length: possible ? HELPERS : 0 }, startHelper));
  },
};

async function startHelper(): Promise<HelperThread> {
  const worker = new Worker(new URL('./wasm-thread.worker.ts', import.meta.url), {
    type: 'module',
  });
  const ready = (): Promise<void> =>
    new Promise((resolve, reject) => {
      worker.onmessage = () => {
        resolve();
      };
      worker.onerror = ({ message }) => {
        reject(new Error(`A thread of the engine failed: ${message}`));
      };
    });
  await ready();
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    ready,
    stop: () => {
      worker.terminate();
    },
  };
}
