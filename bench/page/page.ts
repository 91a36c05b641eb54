/** A page that holds a worker for each peer that runs in a browser, and passes commands on. */
import { findAdapter } from '../../src/engines/webgpu/webgpu-adapter';
import type { BenchPage } from '../bench-page';

const workers = new Map<string, Worker>();

function workerOf(peer: string): Worker {
  const known = workers.get(peer);
  if (known !== undefined) return known;
  const worker = new Worker(new URL('./peer.worker.ts', import.meta.url), {
    type: 'module',
    name: peer,
  });
  workers.set(peer, worker);
  return worker;
}

const bench: BenchPage = {
  adapter: async () => {
    const found = await findAdapter();
    return typeof found === 'string' ? found : { name: found.name, software: found.software };
  },
  ask: (peer, command) =>
    new Promise((resolve, reject) => {
      const worker = workerOf(peer);
      worker.onmessage = ({ data }: MessageEvent<unknown>) => {
        resolve(data);
      };
      worker.onerror = (event) => {
        reject(new Error(event.message));
      };
      worker.postMessage(command);
    }),
  stop: (peer) => {
    workers.get(peer)?.terminate();
    workers.delete(peer);
  },
};
window.bench = bench;
