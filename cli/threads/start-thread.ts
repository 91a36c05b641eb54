/** Further threads of Node that run the project's own code: built, or from source where it cannot be. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { builtCli } from '../../scripts/built-cli.mjs';

/** A file of this folder, without its ending. */
type ThreadFile = 'sweep-thread' | 'wasm-thread';

/** Node's threads do not take over what made their parent understand TypeScript. */
const READ_TYPESCRIPT = `
  const { file, tsx } = require('node:worker_threads').workerData;
  import(tsx).then(({ register }) => {
    register();
    return import(file);
  });
`;

/** @param data what the thread finds as its `workerData` */
export function startThread(file: ThreadFile, data: object = {}): Worker {
  const built = builtFile(file);
  if (built !== null) {
    return new Worker(built, { execArgv: ['--enable-source-maps'], workerData: data });
  }
  return new Worker(READ_TYPESCRIPT, {
    eval: true,
    execArgv: [],
    workerData: {
      ...data,
      file: new URL(`./${file}.ts`, import.meta.url).href,
      tsx: import.meta.resolve('tsx/esm/api'),
    },
  });
}

/** From the build that this runs from, where it does; null where there is none. */
function builtFile(file: ThreadFile): string | null {
  // Built files stand in one folder; no built file stands beside this one's source.
  const beside = join(import.meta.dirname, `${file}.js`);
  if (existsSync(beside)) return beside;
  const folder = builtCli();
  return folder === null ? null : join(folder, `${file}.js`);
}
