/**
 * Starting TensorFlow.js backends. Each is loaded only when asked for; TensorFlow.js keeps them
 * in a registry of its own, one a name and thread.
 */
import * as tf from '@tensorflow/tfjs';
import { borrowDevice, type FoundAdapter } from '../webgpu/webgpu-adapter';

/** Where the browser finds TensorFlow.js's WebAssembly files: URLs of our own bundle. */
export interface WasmPaths {
  readonly plain: string;
  readonly simd: string;
}

export interface Backend {
  readonly name: 'webgpu' | 'wasm' | 'cpu';
  /** What it runs on, for people. */
  readonly device: string;
  /** Settles, with the reason, when the device is gone; null for backends that cannot lose it. */
  readonly lost: Promise<string> | null;
  /** Gives the device back. Tensors must have been disposed of. */
  stop(): void;
}

// Silences advice on the console that is not for this program's users.
tf.enableProdMode();

export async function startCpu(): Promise<Backend> {
  await tf.setBackend('cpu');
  return { name: 'cpu', device: 'plain JavaScript', lost: null, stop: () => undefined };
}

/**
 * @param paths absent in Node, where TensorFlow.js finds the files beside its own code
 * @returns null when WebAssembly cannot be started
 */
export async function startWasm(paths: WasmPaths | undefined): Promise<Backend | null> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  // One thread: the same bits everywhere, and no worker made from a blob, which the content
  // security policy forbids.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (paths !== undefined) {
    setWasmPaths({
      'tfjs-backend-wasm.wasm': paths.plain,
      'tfjs-backend-wasm-simd.wasm': paths.simd,
      // Wanted by name, never loaded.
      'tfjs-backend-wasm-threaded-simd.wasm': paths.simd,
    });
  }
  if (!(await tf.setBackend('wasm'))) return null;
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const device = simd === true ? 'WebAssembly SIMD' : 'WebAssembly';
  return { name: 'wasm', device, lost: null, stop: () => undefined };
}

export async function startWebGpu(found: FoundAdapter): Promise<Backend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  const { device, giveBack } = await borrowDevice(found);
  // Small tensors that happen to have been read back must not be computed on the CPU, or a run
  // that saves checkpoints would differ in its last bits from one that does not.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  // Importing the module registers, once, a backend that would pick an adapter by itself.
  if ('webgpu' in tf.engine().registryFactory) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, found.adapter.info));
  await tf.setBackend('webgpu');
  return {
    name: 'webgpu',
    device: found.name,
    lost: device.lost.then(({ reason, message }) => message || reason),
    stop: () => {
      tf.removeBackend('webgpu');
      giveBack();
    },
  };
}
