/** Who does the arithmetic, and why. */
import { InputError } from '../input-error';
import type { Engine } from './engine';
import type { EngineChoice } from './engine-choice';
import type { WasmBuild } from './fused/wasm/builds';
import type { HelperThread } from './fused/wasm/helper-thread';
import { startWasmEngine } from './fused/wasm/wasm-engine';
import type { WasmPaths } from './tfjs/backends';
import { findAdapter, type FoundAdapter } from './webgpu-adapter';

/** How the place this runs in gives what the fused WebAssembly engine is made of. */
export interface FusedWasmHost {
  /** The bytes of a build of the module. */
  readonly load: (build: WasmBuild) => Promise<BufferSource>;
  /** Further threads beside the one that calls; none where memory cannot be shared. */
  readonly startHelpers: () => Promise<readonly HelperThread[]>;
}

export interface EngineOptions {
  /** The bundle's copies of TensorFlow.js's WebAssembly files; left out in Node. */
  readonly wasmPaths?: WasmPaths | undefined;
  /** Left out where the fused WebAssembly engine cannot be had. */
  readonly fusedWasm?: FusedWasmHost | undefined;
}

export interface ChosenEngine {
  readonly engine: Engine;
  /** Why this one: one sentence that names the device. */
  readonly reason: string;
}

/** Engines that train different runs at the same time. */
export interface EngineGroup {
  readonly engines: readonly Engine[];
  /** Why these: one sentence that names the device. */
  readonly reason: string;
}

/**
 * `auto` takes the fused engine on a hardware GPU, else on WebAssembly, else TensorFlow.js on what there
 * is. Any other choice is taken at its word.
 *
 * TensorFlow.js has one current backend a thread: dispose of an engine before making the next.
 *
 * @throws InputError when the chosen one cannot be had here
 */
export async function createEngine(
  choice: EngineChoice,
  options: EngineOptions = {},
): Promise<ChosenEngine> {
  if (choice === 'auto') return automatic(options);
  const engine = await chosenEngine(choice, options);
  return { engine, reason: `Trains on ${engine.description.device}, as chosen.` };
}

/**
 * Engines for runs to be trained at once on one device.
 *
 * @param _count how many there should be; there are fewer where the device trains one at a time
 * @throws InputError when the chosen one cannot be had here
 */
export async function createEngineGroup(
  choice: EngineChoice,
  _count: number,
  options: EngineOptions = {},
): Promise<EngineGroup> {
  const { engine, reason } = await createEngine(choice, options);
  return { engines: [engine], reason };
}

async function chosenEngine(
  choice: Exclude<EngineChoice, 'auto'>,
  { wasmPaths, fusedWasm }: EngineOptions,
): Promise<Engine> {
  switch (choice) {
    case 'webgpu':
      return chosenWebGpu(fusedWebGpu);
    case 'tfjs-webgpu':
      return chosenWebGpu(tfjsWebGpu);
    case 'wasm': {
      const engine = await startFusedWasm(fusedWasm);
      if (engine === null) throw new InputError('WebAssembly with SIMD cannot be started here.');
      return engine;
    }
    case 'tfjs-wasm': {
      const engine = await tfjsWasm(wasmPaths);
      if (engine === null) throw new InputError('WebAssembly cannot be started here.');
      return engine;
    }
    case 'cpu':
      return tfjsCpu();
  }
}

async function automatic({ wasmPaths, fusedWasm }: EngineOptions): Promise<ChosenEngine> {
  const gpu = await hardwareGpu();
  if (typeof gpu !== 'string') {
    return {
      engine: gpu,
      reason: `Trains on ${gpu.description.device} through WebGPU, the fastest here.`,
    };
  }
  const wasm = (await startFusedWasm(fusedWasm)) ?? (await tfjsWasm(wasmPaths));
  if (wasm !== null) {
    return { engine: wasm, reason: `Trains on ${wasm.description.device}, because ${gpu}.` };
  }
  const cpu = await tfjsCpu();
  const why = `${gpu} and WebAssembly cannot be started`;
  return { engine: cpu, reason: `Trains on ${cpu.description.device}, because ${why}.` };
}

/** @returns the engine, or why there is none: half a sentence that follows "because" */
async function hardwareGpu(): Promise<Engine | string> {
  const found = await findAdapter();
  if (typeof found === 'string') return found;
  const { name, software } = found;
  if (software) return `the only WebGPU adapter is slow software (${name})`;
  try {
    return await fusedWebGpu(found);
  } catch {
    return `the GPU (${name}) did not pass its check`;
  }
}

async function chosenWebGpu(start: (found: FoundAdapter) => Promise<Engine>): Promise<Engine> {
  const found = await findAdapter();
  if (typeof found === 'string') throw new InputError(`WebGPU cannot be used: ${found}.`);
  try {
    return await start(found);
  } catch (error) {
    throw new InputError(`WebGPU cannot be used: ${found.name} did not pass its check.`, {
      cause: error,
    });
  }
}

/** @returns null where it cannot run: no SIMD, or none of its builds here */
async function startFusedWasm(host: FusedWasmHost | undefined): Promise<Engine | null> {
  if (host === undefined) return null;
  try {
    return await startWasmEngine({ load: host.load, helpers: await host.startHelpers() });
  } catch {
    return null;
  }
}

/** Apart, since its kernels are files that only a bundle has. */
async function fusedWebGpu(found: FoundAdapter): Promise<Engine> {
  return (await import('./fused/webgpu/start')).startFusedWebGpu(found);
}

// The tensor library is large, so it is loaded when it is asked for and not before.

async function tfjsCpu(): Promise<Engine> {
  return (await import('./tfjs/start')).startTfjsCpu();
}

async function tfjsWasm(paths: WasmPaths | undefined): Promise<Engine | null> {
  return (await import('./tfjs/start')).startTfjsWasm(paths);
}

async function tfjsWebGpu({ adapter, name }: FoundAdapter): Promise<Engine> {
  return (await import('./tfjs/start')).startTfjsWebGpu(adapter, name);
}
