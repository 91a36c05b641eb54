/** Further threads for the WebAssembly engine in a browser: workers of the training worker. */
import type { HelperThread } from '../../src/engines/wasm/helper-thread';

/** A step is so short that a second thread helps only where page and compositor need neither. */
const CORES_FOR_TWO = 4;
/** A thread that has not answered after so many milliseconds never will. */
const PATIENCE = 5000;

/**
 * @param threads how many are asked for, the caller's included; null: as many as serve here
 * @returns the others; none where memory cannot be shared or they do not start
 */
export async function startHelperThreads(threads: number | null): Promise<HelperThread[]> {
  const wanted = threads ?? (navigator.hardwareConcurrency >= CORES_FOR_TWO ? 2 : 1);
  // Only a page that its server isolates may share memory.
  if (!crossOriginIsolated) return [];
  const helpers = Array.from({ length: wanted - 1 }, startHelperThread);
  try {
    await Promise.all(helpers.map(({ started }) => started));
    return helpers;
  } catch {
    for (const { stop } of helpers) stop();
    return [];
  }
}

function startHelperThread(): HelperThread & { readonly started: Promise<void> } {
  const worker = new Worker(new URL('./wasm-thread.worker.ts', import.meta.url), {
    type: 'module',
  });
  const ready = (): Promise<void> => nextMessage(worker);
  return {
    started: ready(),
    post: (message) => {
      worker.postMessage(message);
    },
    ready,
    stop: () => {
      worker.terminate();
    },
  };
}

function nextMessage(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error('A thread of the WebAssembly engine does not answer.'));
    }, PATIENCE);
    worker.onmessage = () => {
      clearTimeout(timer);
      resolve();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(timer);
      reject(new Error(`A thread of the WebAssembly engine failed (${event.message}).`));
    };
  });
}
