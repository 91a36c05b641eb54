/** Who does the arithmetic, and why. */
import { InputError } from '../base/input-error';
import type { Engine } from './engine';
import type { EngineChoice } from './engine-choice';
import type { WasmBuild } from './wasm/builds';
import type { HelperThread } from './wasm/helper-thread';
import { startWasmEngine } from './wasm/wasm-engine';
import type { WasmPaths } from './tfjs/backends';
import { findAdapter, type FoundAdapter } from './webgpu/webgpu-adapter';

/** How the place this runs in gives what the fused WebAssembly engine is made of. */
export interface FusedWasmHost {
  /** A build of the module, compiled or its bytes. */
  readonly load: (build: WasmBuild) => Promise<WebAssembly.Module | BufferSource>;
  /**
   * Further threads beside the one that calls; none where memory cannot be shared.
   *
   * @param threads how many are asked for, the caller's included; null: as many as serve here
   */
  readonly startHelpers: (threads: number | null) => Promise<readonly HelperThread[]>;
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
 * TensorFlow.js has one current backend a thread: dispose of its engine before making the next.
 *
 * @throws InputError when the chosen one cannot be had here
 */
export async function createEngine(
  choice: EngineChoice,
  options: EngineOptions = {},
): Promise<ChosenEngine> {
  const { engines, reason } = await createEngineGroup(choice, 1, options);
  return { engine: firstOf(engines), reason };
}

/**
 * Engines for many runs of one shape at once, chosen as `createEngine` chooses. On WebGPU they are
 * `count`, one for each run, and train in the same dispatches: see `webGpuEngines` for how to drive
 * them. Otherwise it is a single one, of which the caller may make more in other threads.
 *
 * @throws InputError when the chosen one cannot be had here
 */
export async function createEngineGroup(
  choice: EngineChoice,
  count: number,
  options: EngineOptions = {},
): Promise<EngineGroup> {
  if (choice === 'auto') return automatic(count, options);
  const engines =
    choice === 'webgpu'
      ? await chosenWebGpu((found) => fusedWebGpu(found, count))
      : [await chosenEngine(choice, options)];
  return { engines, reason: `Trains on ${firstOf(engines).description.device}, as chosen.` };
}

function firstOf(engines: readonly Engine[]): Engine {
  const [first] = engines;
  if (first === undefined) throw new Error('There are no engines.');
  return first;
}

async function chosenEngine(
  choice: Exclude<EngineChoice, 'auto' | 'webgpu'>,
  { wasmPaths, fusedWasm }: EngineOptions,
): Promise<Engine> {
  switch (choice) {
    case 'tfjs-webgpu':
      return chosenWebGpu(tfjsWebGpu);
    case 'wasm':
      return chosenFusedWasm(fusedWasm, null);
    case 'wasm-1':
      return chosenFusedWasm(fusedWasm, 1);
    case 'wasm-2':
      return chosenFusedWasm(fusedWasm, 2);
    case 'tfjs-wasm': {
      const engine = await tfjsWasm(wasmPaths);
      if (engine === null)
        throw new InputError('WebAssembly cannot be started here: choose another engine.');
      return engine;
    }
    case 'cpu':
      return tfjsCpu();
  }
}

async function automatic(
  count: number,
  { wasmPaths, fusedWasm }: EngineOptions,
): Promise<EngineGroup> {
  const gpu = await hardwareGpu(count);
  if (typeof gpu !== 'string') {
    const { device } = firstOf(gpu).description;
    return { engines: gpu, reason: `Trains on ${device} through WebGPU, the fastest here.` };
  }
  const wasm = (await startFusedWasm(fusedWasm, null)) ?? (await tfjsWasm(wasmPaths));
  if (wasm !== null) {
    const reason = `Trains on ${wasm.description.device}, because ${gpu}.`;
    return { engines: [wasm], reason };
  }
  const cpu = await tfjsCpu();
  const why = `${gpu} and WebAssembly cannot be started`;
  return { engines: [cpu], reason: `Trains on ${cpu.description.device}, because ${why}.` };
}

/** @returns the engines, or why there are none: half a sentence that follows "because" */
async function hardwareGpu(count: number): Promise<readonly Engine[] | string> {
  const found = await findAdapter();
  if (typeof found === 'string') return found;
  const { name, software } = found;
  if (software) return `the only WebGPU adapter is slow software (${name})`;
  try {
    return await fusedWebGpu(found, count);
  } catch {
    return `the GPU (${name}) did not pass its check`;
  }
}

async function chosenWebGpu<T>(start: (found: FoundAdapter) => Promise<T>): Promise<T> {
  const found = await findAdapter();
  if (typeof found === 'string')
    throw new InputError(`WebGPU cannot be used: ${found}; choose another engine.`);
  try {
    return await start(found);
  } catch (error) {
    throw new InputError(`WebGPU cannot be used: ${found.name} did not pass its check.`, {
      cause: error,
    });
  }
}

/** @throws InputError where it cannot run, or not with so many threads */
async function chosenFusedWasm(
  host: FusedWasmHost | undefined,
  threads: number | null,
): Promise<Engine> {
  const engine = await startFusedWasm(host, threads);
  if (engine === null)
    throw new InputError('WebAssembly with SIMD cannot be started here: choose another engine.');
  return engine;
}

/**
 * @param threads null: as many as serve here
 * @returns null where it cannot run: no SIMD, or none of its builds here
 * @throws InputError where so many threads cannot be had
 */
async function startFusedWasm(
  host: FusedWasmHost | undefined,
  threads: number | null,
): Promise<Engine | null> {
  if (host === undefined) return null;
  const helpers = await host.startHelpers(threads);
  if (threads !== null && helpers.length !== threads - 1) {
    throw new InputError(
      `WebAssembly cannot use ${String(threads)} threads here: they do not start, or may not share memory.`,
    );
  }
  try {
    return await startWasmEngine({ load: host.load, helpers });
  } catch {
    for (const helper of helpers) helper.stop();
    return null;
  }
}

/** Apart, since its kernels are files that only a bundle has. */
async function fusedWebGpu(found: FoundAdapter, count: number): Promise<readonly Engine[]> {
  return (await import('./webgpu/start')).startFusedWebGpu(found, count);
}

// The tensor library is large, so it is loaded when it is asked for and not before.

async function tfjsCpu(): Promise<Engine> {
  return (await import('./tfjs/start')).startTfjsCpu();
}

async function tfjsWasm(paths: WasmPaths | undefined): Promise<Engine | null> {
  return (await import('./tfjs/start')).startTfjsWasm(paths);
}

async function tfjsWebGpu(found: FoundAdapter): Promise<Engine> {
  return (await import('./tfjs/start')).startTfjsWebGpu(found);
}
