/** Further threads for the WebAssembly engine in Node. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { HelperThread } from '../src/engines/fused/wasm/helper-thread';

/** Node's threads do not take over what made their parent understand TypeScript. */
const READ_TYPESCRIPT = `
  const { createRequire } = require('node:module');
  const { file, from } = require('node:worker_threads').workerData;
  createRequire(from)('tsx/cjs/api').require(file, from);
`;

/** @param count how many beside the one that calls */
export function startHelperThreads(count: number): Promise<HelperThread[]> {
  return Promise.all(Array.from({ length: count }, startHelperThread));
}

async function startHelperThread(): Promise<HelperThread> {
  const worker = new Worker(READ_TYPESCRIPT, {
    eval: true,
    execArgv: [],
    workerData: {
      file: './wasm-thread.ts',
      from: import.meta.url,
    },
  });
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
