/** Further threads of Node that run the project's own source. */
import { Worker } from 'node:worker_threads';

/** Node's threads do not take over what made their parent understand TypeScript. */
const READ_TYPESCRIPT = `
  const { file, tsx } = require('node:worker_threads').workerData;
  import(tsx).then(({ register }) => {
    register();
    return import(file);
  });
`;

/** @param file what the thread runs, from this folder: "./wasm-thread.ts" */
export function startThread(file: string): Worker {
  return new Worker(READ_TYPESCRIPT, {
    eval: true,
    execArgv: [],
    workerData: {
      file: new URL(file, import.meta.url).href,
      tsx: import.meta.resolve('tsx/esm/api'),
    },
  });
}
