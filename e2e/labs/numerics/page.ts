/** A page that passes questions on to workers, as the real page does with its own. */
import type { Answer, Question } from './numerics.worker';

declare global {
  interface Window {
    ask: (question: Question) => Promise<Answer>;
  }
}

/** Asks a fresh worker. */
window.ask = (question) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./numerics.worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
    worker.postMessage(question);
  });
