/** Threads of a browser that share the runs of a sweep. */
import type { SlotAnswer, SweepThread } from '../../src/training/sweep/sweep-worker';
import type { WorkerRole } from '../shared/start-worker';

/** More would wait for memory rather than compute. */
const MOST_THREADS = 8;

export function threadsHere(): number {
  return Math.min(navigator.hardwareConcurrency, MOST_THREADS);
}

/** To be called in a worker, whose own script is started again in another role. */
export function startSweepThread(): SweepThread {
  const name: WorkerRole = 'sweep';
  const worker = new Worker(self.location.href, { type: 'module', name });
  const stop = (): void => {
    worker.terminate();
  };
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
    // Kept, it would hold memory of a page that may never train a sweep again.
    release: stop,
    stop,
  };
}
