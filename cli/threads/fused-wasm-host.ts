/** What the fused WebAssembly engine is made of in Node: builds from disk, worker threads. */
import buildWasm from '../../scripts/build-wasm.mjs';
import type { FusedWasmHost } from '../../src/engines/create-engine';
import { allowRelaxedSimd, loadWasmBuild } from './wasm-builds';
import { startHelperThreads } from './wasm-threads';

/**
 * Compiles the engine first where that has not been done since its source changed.
 *
 * @param threads how many share the work, at least 1; the result is the same, bit for bit
 */
export async function fusedWasmHost(threads: number): Promise<FusedWasmHost> {
  await buildWasm();
  allowRelaxedSimd();
  return {
    load: loadWasmBuild,
    startHelpers: (asked) => startHelperThreads((asked ?? threads) - 1),
  };
}
