/** Threads of a browser that share the runs of a sweep. */
import type { SlotAnswer, SweepThread } from '../../src/training/sweep/sweep-worker';

/** More would wait for memory rather than compute. */
const MOST_THREADS = 8;

export function threadsHere(): number {
  return Math.min(navigator.hardwareConcurrency, MOST_THREADS);
}

export function startSweepThread(): SweepThread {
  const worker = new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    listen: (handle, crashed) => {
      worker.addEventListener('message', ({ data }: MessageEvent<SlotAnswer>) => {
        handle(data);
      });
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        crashed(`A training thread crashed (${event.message}).`);
      });
    },
    stop: () => {
      worker.terminate();
    },
  };
}
