/** Further threads for the WebAssembly engine in Node. */
import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import type { HelperThread } from '../../src/engines/wasm/helper-thread';
import { startThread } from './start-thread';

/** @param count how many beside the one that calls */
export function startHelperThreads(count: number): Promise<HelperThread[]> {
  return Promise.all(Array.from({ length: count }, () => helperOf(startThread('wasm-thread'))));
}

/** @param worker has just been started, and runs wasm-thread.ts */
export async function helperOf(worker: Worker): Promise<HelperThread> {
  const ready = async (): Promise<void> => {
    await once(worker, 'message');
  };
  await ready();
  // A waiting thread must not keep the program from ending.
  worker.unref();
  return {
    post: (message) => {
      worker.postMessage(message);
    },
    ready,
    stop: () => void worker.terminate(),
  };
}
