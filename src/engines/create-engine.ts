/** Who does the arithmetic, and why. */
import { InputError } from '../input-error';
import type { Engine } from './engine';
import { startCpu, startWasm, startWebGpu, type Backend, type WasmPaths } from './tfjs/backends';
import { TfjsEngine } from './tfjs/tfjs-engine';
import { findAdapter } from './webgpu-adapter';

export type EngineChoice = 'auto' | 'webgpu' | 'wasm' | 'cpu';

export interface EngineOptions {
  /** The bundle's copies of TensorFlow.js's WebAssembly files; left out in Node. */
  readonly wasmPaths?: WasmPaths;
}

export interface ChosenEngine {
  readonly engine: Engine;
  /** Why this one: one sentence that names the device. */
  readonly reason: string;
}

/**
 * `auto` takes a hardware GPU, else WebAssembly, else plain JavaScript. Any other choice is taken
 * at its word.
 *
 * TensorFlow.js has one current backend a thread: dispose of an engine before making the next.
 *
 * @throws InputError when the chosen one cannot be had here
 */
export async function createEngine(
  choice: EngineChoice,
  { wasmPaths }: EngineOptions = {},
): Promise<ChosenEngine> {
  switch (choice) {
    case 'webgpu':
      return asChosen(await chosenWebGpu());
    case 'wasm': {
      const wasm = await startWasm(wasmPaths);
      if (wasm === null) throw new InputError('WebAssembly cannot be started here.');
      return asChosen(wasm);
    }
    case 'cpu':
      return asChosen(await startCpu());
    case 'auto':
      return automatic(wasmPaths);
  }
}

function asChosen(backend: Backend): ChosenEngine {
  return chosen(backend, `Trains on ${backend.device}, as chosen.`);
}

function chosen(backend: Backend, reason: string): ChosenEngine {
  return { engine: new TfjsEngine(backend), reason };
}

async function chosenWebGpu(): Promise<Backend> {
  const found = await findAdapter();
  if (typeof found === 'string') throw new InputError(`WebGPU cannot be used: ${found}.`);
  try {
    return await startWebGpu(found.adapter, found.name);
  } catch (error) {
    throw new InputError(`WebGPU cannot be used: ${found.name} does not start.`, { cause: error });
  }
}

async function automatic(wasmPaths: WasmPaths | undefined): Promise<ChosenEngine> {
  const gpu = await hardwareGpu();
  if (typeof gpu !== 'string') {
    return chosen(gpu, `Trains on ${gpu.device} through WebGPU, the fastest here.`);
  }
  const wasm = await startWasm(wasmPaths);
  if (wasm !== null) return chosen(wasm, `Trains on ${wasm.device}, because ${gpu}.`);
  const cpu = await startCpu();
  const why = `${gpu} and WebAssembly cannot be started`;
  return chosen(cpu, `Trains on ${cpu.device}, because ${why}.`);
}

/** @returns the backend, or why there is none: half a sentence that follows "because" */
async function hardwareGpu(): Promise<Backend | string> {
  const found = await findAdapter();
  if (typeof found === 'string') return found;
  const { adapter, name, software } = found;
  if (software) return `the only WebGPU adapter is slow software (${name})`;
  try {
    return await startWebGpu(adapter, name);
  } catch {
    return `the GPU (${name}) does not start`;
  }
}
