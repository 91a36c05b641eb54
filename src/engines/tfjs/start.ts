/** The plain engine on each of TensorFlow.js's backends. Importing this loads the library. */
import type { Engine } from '../engine';
import type { FoundAdapter } from '../webgpu/webgpu-adapter';
import { startCpu, startWasm, startWebGpu, type WasmPaths } from './backends';
import { TfjsEngine } from './tfjs-engine';

export async function startTfjsCpu(): Promise<Engine> {
  return new TfjsEngine(await startCpu());
}

/** @returns null where WebAssembly cannot be started */
export async function startTfjsWasm(paths: WasmPaths | undefined): Promise<Engine | null> {
  const backend = await startWasm(paths);
  return backend === null ? null : new TfjsEngine(backend);
}

export async function startTfjsWebGpu(found: FoundAdapter): Promise<Engine> {
  return new TfjsEngine(await startWebGpu(found));
}
