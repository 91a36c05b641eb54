/** A page that passes questions on to workers, as the real page does with its own. */
import { within } from '../../within';
import type { Answer, Question } from './numerics.worker';

declare global {
  interface Window {
    ask: (question: Question) => Promise<Answer>;
  }
}

/** Longest that an answer may take: some are ten steps, each a second on SwiftShader at its best. */
const ANSWER_MS = 240_000;

/** Asks a fresh worker. */
window.ask = (question) => {
  const worker = new Worker(new URL('./numerics.worker.ts', import.meta.url), { type: 'module' });
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      resolve(data);
    };
    worker.onerror = (event) => {
      reject(new Error(event.message));
    };
  });
  worker.postMessage(question);
  return within(ANSWER_MS, `the answer to ${JSON.stringify(question)}`, answer).finally(() => {
    worker.terminate();
  });
};
