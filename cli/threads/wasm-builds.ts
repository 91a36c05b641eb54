/** The WebAssembly engine in Node, from the folder that scripts/build-wasm fills: tests, command line. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { hasRelaxedSimd, type WasmBuild } from '../../src/engines/wasm/builds';

export function loadWasmBuild(build: WasmBuild): Promise<Uint8Array<ArrayBuffer>> {
  return readFile(urlOf(build));
}

function urlOf(build: WasmBuild): URL {
  return new URL(`../../src/engines/wasm/build/${build}.wasm`, import.meta.url);
}

/** Builds by their names, compiled; such are handed to threads as they are. */
export type CompiledBuilds = Readonly<Partial<Record<WasmBuild, WebAssembly.Module>>>;

let compiled: CompiledBuilds | null = null;

/** The build for one thread, compiled at the first call; none where it is not there. */
export function compiledBuilds(): CompiledBuilds {
  if (compiled === null) {
    allowRelaxedSimd();
    const build = hasRelaxedSimd() ? 'relaxed' : 'simd';
    try {
      compiled = { [build]: new WebAssembly.Module(readFileSync(urlOf(build))) };
    } catch {
      // The thread that needs it says so.
      compiled = {};
    }
  }
  return compiled;
}

/** Switches relaxed SIMD on where Node has it behind a flag. */
export function allowRelaxedSimd(): void {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
