/** Addresses of the fused engine's builds in the bundle. For the browser only. */
import relaxed from './build/relaxed.wasm?url';
import relaxedThreads from './build/relaxed-threads.wasm?url';
import simd from './build/simd.wasm?url';
import simdThreads from './build/simd-threads.wasm?url';
import type { WasmBuild } from './builds';

export const WASM_BUILD_URLS: Readonly<Record<WasmBuild, string>> = {
  relaxed,
  'relaxed-threads': relaxedThreads,
  simd,
  'simd-threads': simdThreads,
};
