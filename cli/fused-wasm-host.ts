/** What the fused WebAssembly engine is made of in Node: builds from disk, worker threads. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import buildWasm from '../scripts/build-wasm.mjs';
import type { FusedWasmHost } from '../src/engines/create-engine';
import { startHelperThreads } from './wasm-threads';

const BUILDS = new URL('../src/engines/fused/wasm/build/', import.meta.url);

/**
 * Compiles the engine first where that has not been done since its source changed.
 *
 * @param threads how many share the work, at least 1; the result is the same, bit for bit
 */
export async function fusedWasmHost(threads: number): Promise<FusedWasmHost> {
  await buildWasm();
  return {
    load: (build) => readFile(fileURLToPath(new URL(`${build}.wasm`, BUILDS))),
    startHelpers: (asked) => startHelperThreads((asked ?? threads) - 1),
  };
}
