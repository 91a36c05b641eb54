/** Threads of Node that share the runs of a sweep. A thread is kept for the next sweep. */
import type { Worker } from 'node:worker_threads';
import type { SlotAnswer, SweepThread } from '../../src/training/sweep/sweep-worker';
import { startThread } from './start-thread';
import type { SweepThreadData } from './sweep-thread';
import { compiledBuilds } from './wasm-builds';

interface KeptThread {
  readonly worker: Worker;
  /** Of who has it now; null while nobody has. */
  listener: {
    readonly handle: (answer: SlotAnswer) => void;
    readonly crashed: (reason: string) => void;
  } | null;
}

/** Threads that nobody has. */
const idle = new Set<KeptThread>();

/** One that is idle, or a new one. */
export function startSweepThread(): SweepThread {
  const [kept = start()] = idle;
  idle.delete(kept);
  const { worker } = kept;
  worker.ref();
  return {
    post: (request) => {
      worker.postMessage(request);
    },
    listen: (handle, crashed) => {
      kept.listener = { handle, crashed };
    },
    release: () => {
      kept.listener = null;
      idle.add(kept);
      // A waiting thread must not keep the program from ending.
      worker.unref();
    },
    stop: () => {
      kept.listener = null;
      void worker.terminate();
    },
  };
}

function start(): KeptThread {
  const data: SweepThreadData = { compiled: compiledBuilds() };
  const kept: KeptThread = { worker: startThread('sweep-thread', data), listener: null };
  kept.worker.on('message', (answer: SlotAnswer) => kept.listener?.handle(answer));
  kept.worker.on('error', (error) => {
    kept.listener?.crashed(`A training thread crashed (${String(error)}).`);
  });
  kept.worker.on('exit', () => {
    idle.delete(kept);
    kept.listener?.crashed('A training thread ended by itself.');
  });
  return kept;
}
