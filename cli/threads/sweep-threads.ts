/** Threads of Node that share the runs of a sweep. */
import type { LaneAnswer, LaneThread } from '../../src/training/sweep/lane';
import { startThread } from './typescript-thread';

export function startLaneThread(): LaneThread {
  const worker = startThread('./sweep-thread.ts');
  let stopped = false;
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    listen: (hear, crashed) => {
      worker.on('message', (answer: LaneAnswer) => {
        hear(answer);
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
