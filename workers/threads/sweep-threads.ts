/** Threads of a browser that share the runs of a sweep. */
import type { LaneAnswer, LaneThread } from '../../src/training/sweep/lane';

/** More would wait for memory rather than compute. */
const MOST_THREADS = 8;

export function threadsHere(): number {
  return Math.min(navigator.hardwareConcurrency, MOST_THREADS);
}

export function startLaneThread(): LaneThread {
  const worker = new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    listen: (hear, crashed) => {
      worker.addEventListener('message', ({ data }: MessageEvent<LaneAnswer>) => {
        hear(data);
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
