/** Threads of Node that share the runs of a sweep. */
import type { SlotAnswer, SweepThread } from '../../src/training/sweep/sweep-worker';
import { startThread } from './start-thread';

export function startSweepThread(): SweepThread {
  const worker = startThread('sweep-thread');
  let stopped = false;
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    listen: (handle, crashed) => {
      worker.on('message', (answer: SlotAnswer) => {
        handle(answer);
      });
      worker.on('error', (error) => {
        crashed(`A training thread crashed (${String(error)}).`);
      });
      worker.on('exit', () => {
        if (!stopped) crashed('A training thread ended by itself.');
      });
    },
    stop: () => {
      stopped = true;
      void worker.terminate();
    },
  };
}
