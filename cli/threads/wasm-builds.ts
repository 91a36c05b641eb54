/** The WebAssembly engine in Node, from the folder that scripts/build-wasm fills: tests, command line. */
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { hasRelaxedSimd, type WasmBuild } from '../../src/engines/wasm/builds';

export function loadWasmBuild(build: WasmBuild): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(new URL(`../../src/engines/wasm/build/${build}.wasm`, import.meta.url));
}

/** Switches relaxed SIMD on where Node has it behind a flag. */
export function allowRelaxedSimd(): void {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
